"""Adapters behind the ports of the services."""

# ruff: noqa: PLC0415  # each adapter is imported when it is first used: a 304 loads neither Pillow nor S3

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from botocore.session import Session
    from mypy_boto3_s3 import S3Client

    from chalicelib.services.accounts.ports import Accounts, LoginAttempts, Passwords, Preferences, Tokens
    from chalicelib.services.branding.ports import SplashPainter
    from chalicelib.services.intake.ports import Tickets
    from chalicelib.services.library.ports import Library, UserDataStore
    from chalicelib.services.ports import BlobStore, Clock, ImageCatalog, OriginalsQueue, Renderer
    from chalicelib.services.remote.ports import ImageFetcher, OfferCache, RemoteImageProvider
    from chalicelib.services.status.ports import EventQueues, TableFacts
    from chalicelib.services.sweep.ports import SweepProgressStore, TableScan
    from chalicelib.services.upstream.ports import Jellyfin, UpstreamImages, UpstreamMemory
    from chalicelib.services.variants.ports import RenderGuard
    from chalicelib.settings import Settings


class Adapters:
    """The adapters that the settings choose, each made when it is first used."""

    def __init__(self, settings: "Settings") -> None:
        self.settings = settings

    @cached_property
    def catalog(self) -> "ImageCatalog":
        """Return the catalog of images."""
        from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog

        self._bind_table()
        return DynamoImageCatalog()

    @cached_property
    def library(self) -> "Library":
        """Return the items."""
        from chalicelib.adapters.dynamodb.library.library import DynamoLibrary

        self._bind_table()
        return DynamoLibrary(self.clock)

    @cached_property
    def user_data(self) -> "UserDataStore":
        """Return what users have done with items."""
        from chalicelib.adapters.dynamodb.library.user_data import DynamoUserData

        self._bind_table()
        return DynamoUserData()

    @cached_property
    def tickets(self) -> "Tickets":
        """Return the upload tickets."""
        from chalicelib.adapters.dynamodb.images.tickets import DynamoTickets

        self._bind_table()
        return DynamoTickets()

    @cached_property
    def accounts(self) -> "Accounts":
        """Return the users."""
        from chalicelib.adapters.dynamodb.accounts.accounts import DynamoAccounts

        self._bind_table()
        return DynamoAccounts()

    @cached_property
    def tokens(self) -> "Tokens":
        """Return the access tokens and API keys."""
        from chalicelib.adapters.dynamodb.accounts.tokens import DynamoTokens

        self._bind_table()
        return DynamoTokens()

    @cached_property
    def preferences(self) -> "Preferences":
        """Return the display preferences."""
        from chalicelib.adapters.dynamodb.accounts.preferences import DynamoPreferences

        self._bind_table()
        return DynamoPreferences()

    @cached_property
    def login_attempts(self) -> "LoginAttempts":
        """Return what is remembered of failed logins."""
        from chalicelib.adapters.dynamodb.accounts.login_attempts import DynamoLoginAttempts

        self._bind_table()
        return DynamoLoginAttempts()

    @cached_property
    def passwords(self) -> "Passwords":
        """Return the hashes of passwords."""
        from chalicelib.adapters.argon2_passwords import Argon2Passwords

        return Argon2Passwords()

    @cached_property
    def offer_cache(self) -> "OfferCache":
        """Return the memory of what providers offered."""
        from chalicelib.adapters.dynamodb.library.offer_cache import DynamoOfferCache

        self._bind_table()
        return DynamoOfferCache(timedelta(seconds=self.settings.remote.remote_kept_seconds))

    @cached_property
    def image_fetcher(self) -> "ImageFetcher":
        """Return the way to pictures on the public internet."""
        from chalicelib.adapters.fetching.clients import picture_client
        from chalicelib.adapters.fetching.images import HttpImageFetcher

        return HttpImageFetcher(picture_client(self.settings.remote), self.settings.max_upload_bytes)

    @cached_property
    def jellyfin(self) -> "Jellyfin":
        """Return the server in front of which the service stands."""
        from chalicelib.adapters.upstream.jellyfin import HttpJellyfin

        settings = self.settings
        return HttpJellyfin.at(
            settings.jellyfin.jellyfin_url,
            max_bytes=settings.max_upload_bytes,
            max_reply=settings.max_inline_bytes,
        )

    @cached_property
    def upstream_memory(self) -> "UpstreamMemory":
        """Return what is remembered of asking that server."""
        from chalicelib.adapters.dynamodb.upstream.memory import DynamoUpstreamMemory

        self._bind_table()
        return DynamoUpstreamMemory(self.clock)

    @cached_property
    def upstream_images(self) -> "UpstreamImages":
        """Return the images kept for owners of that server."""
        from chalicelib.adapters.dynamodb.upstream.images import DynamoUpstreamImages

        self._bind_table()
        return DynamoUpstreamImages()

    @cached_property
    def image_providers(self) -> "tuple[RemoteImageProvider, ...]":
        """Return the sites that offer artwork."""
        from chalicelib.adapters.providers.active import active_providers

        return active_providers(self.settings.remote)

    @cached_property
    def originals_store(self) -> "BlobStore":
        """Return the bucket of originals."""
        from chalicelib.adapters.aws.s3 import S3BlobStore

        return S3BlobStore(self._s3, self.settings.originals_bucket)

    @cached_property
    def variants_store(self) -> "BlobStore":
        """Return the bucket of variants."""
        from chalicelib.adapters.aws.s3 import S3BlobStore

        return S3BlobStore(self._s3, self.settings.variants_bucket)

    @cached_property
    def renderer(self) -> "Renderer":
        """Return the maker of pictures; Pillow is imported when one is made."""
        from chalicelib.services.variants.lazy_renderer import LazyRenderer

        return LazyRenderer(self._pillow_renderer)

    @cached_property
    def splash_painter(self) -> "SplashPainter":
        """Return what paints the splash screen; Pillow is imported with it."""
        from chalicelib.imaging.splashscreen import PillowSplashPainter

        return PillowSplashPainter()

    @cached_property
    def guard(self) -> "RenderGuard":
        """Return what keeps variants from being made too often."""
        from chalicelib.adapters.dynamodb.images.render_guard import DynamoRenderGuard

        self._bind_table()
        return DynamoRenderGuard(self.clock)

    @cached_property
    def table_scan(self) -> "TableScan":
        """Return the scans of the whole table."""
        from chalicelib.adapters.dynamodb.sweep.scan import DynamoTableScan

        self._bind_table()
        return DynamoTableScan()

    @cached_property
    def sweep_progress(self) -> "SweepProgressStore":
        """Return the store of a sweep's progress."""
        from chalicelib.adapters.dynamodb.sweep.progress import DynamoSweepProgressStore

        self._bind_table()
        return DynamoSweepProgressStore()

    @cached_property
    def queue(self) -> "OriginalsQueue":
        """Return the queue of work that follows a change."""
        from chalicelib.adapters.aws.clients import sqs_client
        from chalicelib.adapters.aws.sqs import SqsOriginalsQueue

        return SqsOriginalsQueue(sqs_client(self._session), self.settings.queue_url)

    @cached_property
    def event_queues(self) -> "EventQueues":
        """Return the queue and its dead letters, to be counted."""
        from chalicelib.adapters.aws.clients import sqs_client
        from chalicelib.adapters.aws.sqs import SqsEventQueues

        urls = (self.settings.queue_url, self.settings.dead_letter_queue_url)
        return SqsEventQueues(sqs_client(self._session), *urls)

    @cached_property
    def table_facts(self) -> "TableFacts":
        """Return what the database says of itself."""
        from chalicelib.adapters.dynamodb.table.facts import DynamoTableFacts

        self._bind_table()
        return DynamoTableFacts()

    @cached_property
    def clock(self) -> "Clock":
        """Return the clock."""
        from chalicelib.adapters.clock import SystemClock

        return SystemClock()

    @cached_property
    def page_folder(self) -> Path:
        """Return where the deployment laid down the page's files."""
        return Path(__file__).parents[2] / "pages"

    def _pillow_renderer(self) -> "Renderer":
        from chalicelib.imaging.renderer import PillowRenderer
        from chalicelib.wiring.limits import limits_of

        return PillowRenderer(limits_of(self.settings))

    @cached_property
    def _s3(self) -> "S3Client":
        from chalicelib.adapters.aws.clients import s3_client

        return s3_client(self._session)

    @cached_property
    def _session(self) -> "Session":
        """Return the session of the table's client, for the other clients too."""
        from chalicelib.adapters.dynamodb.table.models import connection

        self._bind_table()
        return connection().session

    def _bind_table(self) -> None:
        from chalicelib.adapters.dynamodb.table.models import bind

        bind(self.settings.table)
