"""The one place where use cases meet adapters; heavy imports happen here, when a thing is first needed."""

# ruff: noqa: PLC0415  # imports inside functions are this module's purpose: a 304 pays for no Pillow

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING

from chalicelib.domain.accounts import Identity
from chalicelib.domain.limits import Limits
from chalicelib.settings import Settings, settings
from chalicelib.web.auth import identify
from chalicelib.web.request import Request

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

    from chalicelib.services.access import Access
    from chalicelib.services.account_ports import Accounts, LoginAttempts, Passwords, Tokens
    from chalicelib.services.api_keys import ApiKeys
    from chalicelib.services.arrivals import Arrivals
    from chalicelib.services.departures import Departures
    from chalicelib.services.guard_ports import RenderGuard
    from chalicelib.services.image_access import Gallery
    from chalicelib.services.image_finder import ImageFinder
    from chalicelib.services.inbox import Inbox
    from chalicelib.services.item_images import ItemImages
    from chalicelib.services.library_editing import LibraryEditing
    from chalicelib.services.library_lists import LibraryLists
    from chalicelib.services.library_ports import Library
    from chalicelib.services.library_removal import LibraryRemoval
    from chalicelib.services.making import VariantMaker
    from chalicelib.services.originals import Originals
    from chalicelib.services.password_gate import PasswordGate
    from chalicelib.services.ports import BlobStore, Clock, ImageCatalog, OriginalsQueue, Renderer
    from chalicelib.services.remote_images import RemoteImages
    from chalicelib.services.remote_ports import ImageFetcher, OfferCache
    from chalicelib.services.sign_in import SignIn
    from chalicelib.services.sweep import Sweep
    from chalicelib.services.sweep_ports import SweepMemory, TableScan
    from chalicelib.services.ticket_ports import Tickets
    from chalicelib.services.upload_tickets import UploadTickets
    from chalicelib.services.users import Users
    from chalicelib.services.variants import Variants


class Container:
    """Everything that the process needs, each made once, when first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    # What the product does.

    @cached_property
    def image_finder(self) -> "ImageFinder":
        """Return the use case of every image request; it needs the catalog alone."""
        from chalicelib.services.image_finder import ImageFinder

        return ImageFinder(self.catalog)

    @cached_property
    def gallery(self) -> "Gallery":
        """Return images as clients are shown them, and who may fetch them."""
        from chalicelib.domain.image_leave import LeaveSigner
        from chalicelib.services.image_access import Gallery

        keys = self.settings.image_url_keys
        signer = LeaveSigner(keys) if self.settings.images_are_restricted else None
        return Gallery(self.catalog, self.clock, signer, self.settings.image_url_seconds)

    @cached_property
    def item_images(self) -> "ItemImages":
        """Return the use cases that change images."""
        from chalicelib.services.item_images import ItemImages

        return ItemImages(
            self.image_finder,
            self.catalog,
            self.originals_store,
            self.renderer,
            self.queue,
            self.clock,
            self.settings.max_images_per_type,
        )

    @cached_property
    def variants(self) -> "Variants":
        """Return the use case that answers pictures."""
        from chalicelib.services.variants import Variants

        return Variants(
            self._maker,
            self.guard,
            self.limits,
            self.settings.max_inline_bytes,
            self.settings.max_variants_per_image,
        )

    @cached_property
    def originals(self) -> "Originals":
        """Return the use case that follows an original's arrival."""
        from chalicelib.domain.ladder import parse_ladder
        from chalicelib.domain.popular import Popular
        from chalicelib.services.originals import Originals

        return Originals(
            self.catalog,
            self._maker,
            self.clock,
            parse_ladder(self.settings.ladder),
            Popular.parse(self.settings.popular),
            self.limits,
        )

    @cached_property
    def departures(self) -> "Departures":
        """Return the use case that follows an original's departure."""
        from chalicelib.services.departures import Departures

        return Departures(self.catalog, self.originals_store, self.variants_store, self.guard, self.clock)

    @cached_property
    def sweep(self) -> "Sweep":
        """Return the use case that puts right what was left behind."""
        from chalicelib.services.sweep import Sweep

        return Sweep(self.departures, self.table_scan, self.queue)

    @cached_property
    def _maker(self) -> "VariantMaker":
        from chalicelib.services.making import VariantMaker

        return VariantMaker(self.originals_store, self.variants_store, self.renderer)

    @cached_property
    def upload_tickets(self) -> "UploadTickets":
        """Return the use cases that give out and show upload tickets."""
        from chalicelib.services.upload_tickets import UploadTickets

        limit, seconds = self.settings.max_ticket_upload_bytes, self.settings.upload_ticket_seconds
        return UploadTickets(
            self.image_finder, self.upload_ticket_store, self.originals_store, self.clock, limit, seconds
        )

    @cached_property
    def arrivals(self) -> "Arrivals":
        """Return the use case that makes objects sent by tickets images."""
        from chalicelib.services.arrivals import Arrivals

        return Arrivals(
            self.item_images,
            self.upload_ticket_store,
            self.originals_store,
            self.settings.max_ticket_upload_bytes,
        )

    @cached_property
    def inbox(self) -> "Inbox":
        """Return the use case that takes dropped objects."""
        from chalicelib.services.inbox import Inbox
        from chalicelib.services.item_names import ItemNames

        return Inbox(
            self.arrivals,
            ItemNames(self.library),
            self.upload_ticket_store,
            self.originals_store,
            self.clock,
        )

    @cached_property
    def library_lists(self) -> "LibraryLists":
        """Return the use cases that read the library."""
        from chalicelib.services.library_lists import LibraryLists

        return LibraryLists(self.library, self.gallery)

    @cached_property
    def library_editing(self) -> "LibraryEditing":
        """Return the use cases that add and change items."""
        from chalicelib.services.library_editing import LibraryEditing

        return LibraryEditing(self.library, self.clock)

    @cached_property
    def library_removal(self) -> "LibraryRemoval":
        """Return the use case that removes items."""
        from chalicelib.services.library_removal import LibraryRemoval

        return LibraryRemoval(self.library, self.catalog, self.queue)

    @cached_property
    def remote_images(self) -> "RemoteImages":
        """Return the use cases of artwork that other sites offer."""
        from chalicelib.adapters.providers.active import active_providers
        from chalicelib.services.remote_images import RemoteImages
        from chalicelib.services.survey import Survey

        remote = self.settings.remote
        return RemoteImages(
            self.library,
            active_providers(remote),
            Survey(self.offer_cache, self.clock, timedelta(seconds=remote.remote_fresh_seconds)),
            self.image_fetcher,
            self.item_images,
            timedelta(seconds=remote.remote_list_seconds),
            timedelta(seconds=remote.remote_download_seconds),
        )

    @cached_property
    def access(self) -> "Access":
        """Return the use case that finds out who calls."""
        from chalicelib.services.access import Access

        return Access(self.accounts, self.tokens, self.clock)

    @cached_property
    def password_gate(self) -> "PasswordGate":
        """Return the check of passwords."""
        from chalicelib.services.password_gate import PasswordGate

        return PasswordGate(self.passwords, self.login_attempts, self.tokens, self.clock)

    @cached_property
    def sign_in(self) -> "SignIn":
        """Return the use cases that open and close sessions."""
        from chalicelib.services.sign_in import SignIn

        lifetime = timedelta(days=self.settings.session_days)
        return SignIn(self.accounts, self.tokens, self.password_gate, self.clock, lifetime)

    @cached_property
    def api_keys(self) -> "ApiKeys":
        """Return the use cases around API keys."""
        from chalicelib.services.api_keys import ApiKeys

        return ApiKeys(self.tokens, self.clock)

    @cached_property
    def users(self) -> "Users":
        """Return the use cases around users."""
        from chalicelib.services.users import Users

        return Users(
            self.accounts,
            self.tokens,
            self.password_gate,
            self.catalog,
            self.queue,
            self.clock,
            self.settings.min_password_length,
        )

    @cached_property
    def limits(self) -> Limits:
        """Return the bounds of what is decoded."""
        return Limits(
            max_bytes=max(self.settings.max_upload_bytes, self.settings.max_ticket_upload_bytes),
            max_side=self.settings.max_image_side,
            max_pixels=self.settings.max_image_pixels,
            max_frames=self.settings.max_image_frames,
            max_animation_pixels=self.settings.max_animation_pixels,
            max_rendered_animation_pixels=self.settings.max_redrawn_pixels,
        )

    # The outside world behind the ports.

    @cached_property
    def catalog(self) -> "ImageCatalog":
        """Return the catalog of images."""
        from chalicelib.adapters.dynamodb.image_catalog import DynamoImageCatalog

        self._bind_table()
        return DynamoImageCatalog()

    @cached_property
    def library(self) -> "Library":
        """Return the items."""
        from chalicelib.adapters.dynamodb.library import DynamoLibrary

        self._bind_table()
        return DynamoLibrary(self.clock)

    @cached_property
    def upload_ticket_store(self) -> "Tickets":
        """Return the upload tickets."""
        from chalicelib.adapters.dynamodb.tickets import DynamoTickets

        self._bind_table()
        return DynamoTickets()

    @cached_property
    def accounts(self) -> "Accounts":
        """Return the users."""
        from chalicelib.adapters.dynamodb.accounts import DynamoAccounts

        self._bind_table()
        return DynamoAccounts()

    @cached_property
    def tokens(self) -> "Tokens":
        """Return the access tokens and API keys."""
        from chalicelib.adapters.dynamodb.tokens import DynamoTokens

        self._bind_table()
        return DynamoTokens()

    @cached_property
    def login_attempts(self) -> "LoginAttempts":
        """Return what is remembered of failed logins."""
        from chalicelib.adapters.dynamodb.login_attempts import DynamoLoginAttempts

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
        from chalicelib.adapters.dynamodb.offer_cache import DynamoOfferCache

        self._bind_table()
        return DynamoOfferCache(timedelta(seconds=self.settings.remote.remote_kept_seconds))

    @cached_property
    def image_fetcher(self) -> "ImageFetcher":
        """Return the way to pictures on the public internet."""
        from chalicelib.adapters.fetching.images import HttpImageFetcher
        from chalicelib.adapters.providers.active import picture_client

        return HttpImageFetcher(picture_client(self.settings.remote), self.settings.max_upload_bytes)

    @cached_property
    def originals_store(self) -> "BlobStore":
        """Return the bucket of originals."""
        from chalicelib.adapters.s3 import S3BlobStore

        return S3BlobStore(self._s3, self.settings.originals_bucket)

    @cached_property
    def variants_store(self) -> "BlobStore":
        """Return the bucket of variants."""
        from chalicelib.adapters.s3 import S3BlobStore

        return S3BlobStore(self._s3, self.settings.variants_bucket)

    @cached_property
    def renderer(self) -> "Renderer":
        """Return the maker of pictures; Pillow is imported when one is made."""
        from chalicelib.services.deferred import DeferredRenderer

        return DeferredRenderer(self._pillow_renderer)

    @cached_property
    def table_scan(self) -> "TableScan":
        """Return all rows, for the sweep."""
        from chalicelib.adapters.dynamodb.sweep_rows import DynamoTableScan

        self._bind_table()
        return DynamoTableScan()

    @cached_property
    def sweep_memory(self) -> "SweepMemory":
        """Return where a sweep leaves word of how far it came."""
        from chalicelib.adapters.dynamodb.sweep_rows import DynamoSweepMemory

        self._bind_table()
        return DynamoSweepMemory()

    @cached_property
    def guard(self) -> "RenderGuard":
        """Return what keeps variants from being made too often."""
        from chalicelib.adapters.dynamodb.render_guard import DynamoRenderGuard

        self._bind_table()
        return DynamoRenderGuard(self.clock, timedelta(days=self.settings.variant_days))

    @cached_property
    def queue(self) -> "OriginalsQueue":
        """Return the queue of work that follows a change."""
        from chalicelib.adapters.clients import sqs_client
        from chalicelib.adapters.sqs import SqsOriginalsQueue

        return SqsOriginalsQueue(sqs_client(), self.settings.queue_url)

    @cached_property
    def clock(self) -> "Clock":
        """Return the clock."""
        from chalicelib.adapters.clock import SystemClock

        return SystemClock()

    @cached_property
    def _s3(self) -> "S3Client":
        from chalicelib.adapters.clients import s3_client

        return s3_client()

    def _pillow_renderer(self) -> "Renderer":
        from chalicelib.imaging.renderer import PillowRenderer

        return PillowRenderer(self.limits)

    def _bind_table(self) -> None:
        from chalicelib.adapters.dynamodb.models import bind

        bind(self.settings.table)


_installed: ContextVar[Container | None] = ContextVar("container", default=None)


def container() -> Container:
    """Return the container in force: the one installed, else the process's own."""
    return _installed.get() or _own()


@contextmanager
def installed(replacement: Container) -> Iterator[None]:
    """Put another container in force for a block, such as one with fakes behind the ports."""
    token = _installed.set(replacement)
    try:
        yield
    finally:
        _installed.reset(token)


def identity_of(request: Request) -> Identity | None:
    """Find out who sends a request; None for an anonymous caller or a token that is not valid."""
    legacy = container().settings.legacy_authorization
    return identify(container().access, request.headers, request.query, legacy=legacy)


@cache
def _own() -> Container:
    return Container(settings())
