"""Use cases around images, from upload to answer."""

# ruff: noqa: PLC0415  # each use case is imported when it is first used: a 304 loads neither Pillow nor S3

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.domain.variants.allowances import Allowances
    from chalicelib.domain.variants.limits import Limits
    from chalicelib.services.images.access import ImageAccess
    from chalicelib.services.images.editing import ImageEditing
    from chalicelib.services.images.finder import ImageFinder
    from chalicelib.services.images.found import ImageLookup
    from chalicelib.services.images.processing import OriginalProcessing
    from chalicelib.services.images.removal import OriginalRemoval
    from chalicelib.services.variants.budget import Budget
    from chalicelib.services.variants.maker import VariantMaker
    from chalicelib.services.variants.public_traffic import PublicTraffic
    from chalicelib.services.variants.variants import Variants
    from chalicelib.settings import Settings
    from chalicelib.wiring.adapters import Adapters
    from chalicelib.wiring.upstream import UpstreamUseCases


@dataclass(frozen=True, eq=False)
class ImageUseCases:
    """The use cases of services/images and services/variants."""

    settings: "Settings"
    adapters: "Adapters"

    @cached_property
    def finder(self) -> "ImageFinder":
        """Return the use case that finds our own images; it needs the catalog alone."""
        from chalicelib.services.images.finder import ImageFinder

        return ImageFinder(self.adapters.catalog)

    @cached_property
    def lookup(self) -> "ImageLookup":
        """Return the use case of every image request: our own images, or those of the server behind us."""
        return self.upstream.lookup if self.upstream else self.finder

    @cached_property
    def upstream(self) -> "UpstreamUseCases | None":
        """Return the use cases of standing in front of a Jellyfin server; None where there is none."""
        if not self.settings.jellyfin.jellyfin_url:
            return None
        from chalicelib.wiring.upstream import UpstreamUseCases

        return UpstreamUseCases(self.settings, self.adapters)

    @cached_property
    def access(self) -> "ImageAccess":
        """Return the use case that shows images with their grants."""
        from chalicelib.domain.images.grants import GrantSigner
        from chalicelib.services.images.access import ImageAccess

        keys = self.settings.image_url_keys
        signer = GrantSigner(keys) if self.settings.images_are_restricted else None
        adapters = self.adapters
        return ImageAccess(adapters.catalog, adapters.clock, signer, self.settings.image_url_seconds)

    @cached_property
    def editing(self) -> "ImageEditing":
        """Return the use cases that change an owner's images."""
        from chalicelib.services.images.editing import ImageEditing

        return ImageEditing(
            self.finder,
            self.adapters.catalog,
            self.adapters.originals_store,
            self.adapters.renderer,
            self.adapters.queue,
            self.adapters.clock,
            self.settings.max_images_per_type,
        )

    @cached_property
    def limits(self) -> "Limits":
        """Return the bounds of what is decoded."""
        from chalicelib.wiring.limits import limits_of

        return limits_of(self.settings)

    @cached_property
    def variants(self) -> "Variants":
        """Return the use case that answers pictures."""
        from chalicelib.services.variants.delivery import Delivery
        from chalicelib.services.variants.stored import StoredVariants
        from chalicelib.services.variants.unstored import UnstoredVariants
        from chalicelib.services.variants.variants import Variants

        adapters, most, allowances = self.adapters, self.settings.max_inline_bytes, self._allowances
        delivery = Delivery(adapters.variants_store, most)
        return Variants(
            Delivery(adapters.originals_store, most),
            StoredVariants(
                delivery, self.maker, adapters.guard, self._budget, allowances.stored, allowances.all_work
            ),
            UnstoredVariants(delivery, self.maker, self._budget, allowances),
        )

    @cached_property
    def public_traffic(self) -> "PublicTraffic":
        """Return what counts large pictures that are sent to strangers."""
        from chalicelib.domain.variants.allowances import TrafficAllowances
        from chalicelib.services.variants.public_traffic import PublicTraffic

        allowances = TrafficAllowances.of(self.settings.max_public_megabytes)
        return PublicTraffic(self._budget, allowances, self.settings.max_public_picture_bytes)

    @cached_property
    def processing(self) -> "OriginalProcessing":
        """Return the use case that follows an upload."""
        from chalicelib.domain.variants.ladder import parse_ladder
        from chalicelib.domain.variants.popular import Popular
        from chalicelib.services.images.processing import OriginalProcessing

        return OriginalProcessing(
            self.adapters.catalog,
            self.adapters.originals_store,
            self.adapters.variants_store,
            self.adapters.renderer,
            self.maker,
            self.adapters.clock,
            parse_ladder(self.settings.ladder),
            Popular.parse(self.settings.popular),
            self.limits,
        )

    @cached_property
    def removal(self) -> "OriginalRemoval":
        """Return the use case that follows the release of an original."""
        from chalicelib.services.images.removal import OriginalRemoval

        adapters = self.adapters
        return OriginalRemoval(
            adapters.catalog,
            adapters.originals_store,
            adapters.variants_store,
            adapters.guard,
            adapters.clock,
        )

    @cached_property
    def _budget(self) -> "Budget":
        from chalicelib.services.variants.budget import Budget

        return Budget(self.adapters.guard, self.adapters.clock)

    @cached_property
    def _allowances(self) -> "Allowances":
        from chalicelib.domain.variants.allowances import Allowances

        return Allowances.of(
            variants=self.settings.max_variants_per_image,
            variant_days=self.settings.variant_days,
            megapixels=self.settings.max_unstored_megapixels,
            all_megapixels=self.settings.max_rendered_megapixels,
        )

    @cached_property
    def maker(self) -> "VariantMaker":
        """Return what makes variants."""
        from chalicelib.services.variants.maker import VariantMaker

        adapters = self.adapters
        return VariantMaker(adapters.originals_store, adapters.variants_store, adapters.renderer)
