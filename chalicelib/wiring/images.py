"""Use cases around images, from their arrival to their answer."""

# ruff: noqa: PLC0415  # imports inside functions are the purpose here: a 304 pays for no Pillow

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.wiring.outside import Outside

if TYPE_CHECKING:
    from chalicelib.services.images.access import ImageAccess
    from chalicelib.services.images.editing import ImageEditing
    from chalicelib.services.images.finder import ImageFinder
    from chalicelib.services.images.processing import OriginalProcessing
    from chalicelib.services.images.removal import OriginalRemoval
    from chalicelib.services.intake.inbox import Inbox
    from chalicelib.services.intake.settlement import TicketSettlement
    from chalicelib.services.intake.tickets import UploadTickets
    from chalicelib.services.remote.artwork import RemoteArtwork
    from chalicelib.services.sweep.sweep import Sweep
    from chalicelib.services.variants.maker import VariantMaker
    from chalicelib.services.variants.variants import Variants


class Images(Outside):
    """What the product does with images."""

    @cached_property
    def image_finder(self) -> "ImageFinder":
        """Return the use case of every image request; it needs the catalog alone."""
        from chalicelib.services.images.finder import ImageFinder

        return ImageFinder(self.catalog)

    @cached_property
    def image_access(self) -> "ImageAccess":
        """Return images as clients are shown them, and who may fetch them."""
        from chalicelib.domain.images.grants import GrantSigner
        from chalicelib.services.images.access import ImageAccess

        keys = self.settings.image_url_keys
        signer = GrantSigner(keys) if self.settings.images_are_restricted else None
        return ImageAccess(self.catalog, self.clock, signer, self.settings.image_url_seconds)

    @cached_property
    def item_images(self) -> "ImageEditing":
        """Return the use cases that change images."""
        from chalicelib.services.images.editing import ImageEditing

        return ImageEditing(
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
        from chalicelib.services.variants.variants import Variants

        return Variants(
            self._maker,
            self.guard,
            self.limits,
            self.settings.max_inline_bytes,
            self.settings.max_variants_per_image,
        )

    @cached_property
    def originals(self) -> "OriginalProcessing":
        """Return the use case that follows an original's arrival."""
        from chalicelib.domain.variants.ladder import parse_ladder
        from chalicelib.domain.variants.popular import Popular
        from chalicelib.services.images.processing import OriginalProcessing

        return OriginalProcessing(
            self.catalog,
            self._maker,
            self.clock,
            parse_ladder(self.settings.ladder),
            Popular.parse(self.settings.popular),
            self.limits,
        )

    @cached_property
    def departures(self) -> "OriginalRemoval":
        """Return the use case that follows an original's departure."""
        from chalicelib.services.images.removal import OriginalRemoval

        return OriginalRemoval(
            self.catalog, self.originals_store, self.variants_store, self.guard, self.clock
        )

    @cached_property
    def sweep(self) -> "Sweep":
        """Return the use case that puts right what was left behind."""
        from chalicelib.services.sweep.sweep import Sweep

        return Sweep(self.departures, self.table_scan, self.queue)

    @cached_property
    def _maker(self) -> "VariantMaker":
        from chalicelib.services.variants.maker import VariantMaker

        return VariantMaker(self.originals_store, self.variants_store, self.renderer)

    @cached_property
    def upload_tickets(self) -> "UploadTickets":
        """Return the use cases that give out and show upload tickets."""
        from chalicelib.services.intake.tickets import UploadTickets

        limit, seconds = self.settings.max_ticket_upload_bytes, self.settings.upload_ticket_seconds
        return UploadTickets(
            self.image_finder, self.upload_ticket_store, self.originals_store, self.clock, limit, seconds
        )

    @cached_property
    def arrivals(self) -> "TicketSettlement":
        """Return the use case that makes objects sent by tickets images."""
        from chalicelib.services.intake.settlement import TicketSettlement

        return TicketSettlement(
            self.item_images,
            self.upload_ticket_store,
            self.originals_store,
            self.settings.max_ticket_upload_bytes,
        )

    @cached_property
    def inbox(self) -> "Inbox":
        """Return the use case that takes dropped objects."""
        from chalicelib.services.intake.folder_matching import FolderMatching
        from chalicelib.services.intake.inbox import Inbox

        return Inbox(
            self.arrivals,
            FolderMatching(self.library),
            self.upload_ticket_store,
            self.originals_store,
            self.clock,
        )

    @cached_property
    def remote_images(self) -> "RemoteArtwork":
        """Return the use cases of artwork that other sites offer."""
        from chalicelib.adapters.providers.active import active_providers
        from chalicelib.services.remote.artwork import RemoteArtwork
        from chalicelib.services.remote.offers import OfferCollector

        remote = self.settings.remote
        return RemoteArtwork(
            self.library,
            active_providers(remote),
            OfferCollector(self.offer_cache, self.clock, timedelta(seconds=remote.remote_fresh_seconds)),
            self.image_fetcher,
            self.item_images,
            timedelta(seconds=remote.remote_list_seconds),
            timedelta(seconds=remote.remote_download_seconds),
        )
