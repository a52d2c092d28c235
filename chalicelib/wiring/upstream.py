"""Use cases of standing in front of a Jellyfin server."""

# ruff: noqa: PLC0415  # each use case is imported when it is first used: what is stored and current needs the lookup alone

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.domain.upstream.bounds import Bounds
from chalicelib.services.upstream.breaker import CircuitBreaker
from chalicelib.services.upstream.keeping import PlaceFinder, UpstreamKeeping
from chalicelib.services.upstream.lookup import UpstreamLookup
from chalicelib.services.upstream.verbatim import VerbatimPictures

if TYPE_CHECKING:
    from chalicelib.services.images.editing import ImageEditing
    from chalicelib.services.sweep.gone import GoneImages
    from chalicelib.services.upstream.naming import UpstreamNames
    from chalicelib.services.upstream.state import UpstreamStatus
    from chalicelib.settings import Settings
    from chalicelib.web.upstream.passing import UpstreamForwarder
    from chalicelib.wiring.adapters import Adapters


@dataclass(frozen=True, eq=False)
class UpstreamUseCases:
    """The use cases of services/upstream."""

    settings: "Settings"
    adapters: "Adapters"

    @cached_property
    def lookup(self) -> UpstreamLookup:
        """Return the use case of every image request."""
        adapters = self.adapters
        memory, most_bytes = adapters.upstream_memory, self.settings.max_inline_bytes
        verbatim = VerbatimPictures(adapters.variants_store, memory, self._bounds, most_bytes)
        return UpstreamLookup(self._keeping, verbatim, memory, adapters.clock, self._bounds)

    @cached_property
    def named_owners(self) -> "UpstreamNames":
        """Return who knows whom a name means."""
        from chalicelib.services.upstream.naming import UpstreamNames

        return UpstreamNames()

    @cached_property
    def forwarder(self) -> "UpstreamForwarder":
        """Return what passes requests on."""
        from chalicelib.services.upstream.passing import PassingOn
        from chalicelib.web.upstream.passing import UpstreamForwarder

        adapters = self.adapters
        return UpstreamForwarder(
            PassingOn(
                adapters.jellyfin,
                self._keeping,
                adapters.upstream_images,
                adapters.upstream_memory,
                adapters.clock,
            )
        )

    @cached_property
    def status(self) -> "UpstreamStatus":
        """Return the use case that tells how it stands with the server."""
        from chalicelib.services.upstream.state import UpstreamStatus

        return UpstreamStatus(self.adapters.upstream_memory, self.adapters.clock, self._bounds)

    @cached_property
    def gone(self) -> "GoneImages":
        """Return the use case that lets go of what the server has no more."""
        from chalicelib.services.sweep.gone import GoneImages
        from chalicelib.services.upstream.inquiry import KeptInquiry

        adapters = self.adapters
        grace = timedelta(days=self.settings.jellyfin.jellyfin_grace_days)
        inquiry = KeptInquiry(self._keeping, self._bounds)
        return GoneImages(adapters.catalog, adapters.queue, adapters.clock, inquiry, grace)

    @cached_property
    def _keeping(self) -> UpstreamKeeping:
        adapters = self.adapters
        return UpstreamKeeping(
            adapters.catalog,
            self._editing,
            adapters.jellyfin,
            adapters.upstream_memory,
            CircuitBreaker(adapters.upstream_memory, adapters.clock, self._bounds),
            adapters.clock,
        )

    @cached_property
    def _editing(self) -> "ImageEditing":
        from chalicelib.services.images.editing import ImageEditing

        adapters = self.adapters
        return ImageEditing(
            PlaceFinder(adapters.catalog),
            adapters.catalog,
            adapters.originals_store,
            adapters.renderer,
            adapters.queue,
            adapters.clock,
            self.settings.max_images_per_type,
        )

    @cached_property
    def _bounds(self) -> Bounds:
        chosen = self.settings.jellyfin
        return Bounds.of(
            fresh_seconds=chosen.jellyfin_fresh_seconds, unknown=chosen.jellyfin_unknown_per_minute
        )
