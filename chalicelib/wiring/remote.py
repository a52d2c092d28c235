"""Use cases around the artwork of other sites."""

# ruff: noqa: PLC0415  # each use case is imported when it is first used: a download builds no provider

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.services.remote.download import ArtworkDownload
    from chalicelib.services.remote.search import ArtworkSearch
    from chalicelib.settings import Settings
    from chalicelib.wiring.adapters import Adapters
    from chalicelib.wiring.images import ImageUseCases


@dataclass(frozen=True, eq=False)
class RemoteUseCases:
    """The use cases of services/remote."""

    settings: "Settings"
    adapters: "Adapters"
    images: "ImageUseCases"

    @cached_property
    def search(self) -> "ArtworkSearch":
        """Return the use cases that list what providers offer."""
        from chalicelib.services.remote.offers import OfferCollector
        from chalicelib.services.remote.search import ArtworkSearch

        adapters, remote = self.adapters, self.settings.remote
        fresh = timedelta(seconds=remote.remote_fresh_seconds)
        return ArtworkSearch(
            adapters.library,
            adapters.image_providers,
            OfferCollector(adapters.offer_cache, adapters.clock, fresh),
            timedelta(seconds=remote.remote_list_seconds),
        )

    @cached_property
    def download(self) -> "ArtworkDownload":
        """Return the use case that makes a remote picture an image."""
        from chalicelib.services.remote.download import ArtworkDownload

        return ArtworkDownload(
            self.images.finder,
            self.images.editing,
            self.adapters.image_fetcher,
            timedelta(seconds=self.settings.remote.remote_download_seconds),
        )
