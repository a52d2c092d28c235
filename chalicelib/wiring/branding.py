"""Use cases around what clients show before anybody has signed in."""

# ruff: noqa: PLC0415  # each use case is imported when it is first used

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.services.branding.finder import SplashscreenFinder
    from chalicelib.services.branding.splashscreen import Splashscreen
    from chalicelib.wiring.adapters import Adapters
    from chalicelib.wiring.images import ImageUseCases
    from chalicelib.wiring.library import LibraryUseCases


@dataclass(frozen=True, eq=False)
class BrandingUseCases:
    """The use cases of services/branding."""

    adapters: "Adapters"
    images: "ImageUseCases"
    library: "LibraryUseCases"

    @cached_property
    def finder(self) -> "SplashscreenFinder":
        """Return what finds the splash screen; it needs the catalog alone."""
        from chalicelib.services.branding.finder import SplashscreenFinder

        return SplashscreenFinder(self.adapters.catalog)

    @cached_property
    def splashscreen(self) -> "Splashscreen":
        """Return the use cases that change the splash screen."""
        from chalicelib.services.branding.splashscreen import Splashscreen

        return Splashscreen(
            self.finder,
            replace(self.images.editing, finder=self.finder),
            self.adapters.catalog,
            self.adapters.originals_store,
            self.images.maker,
            self.library.lists,
            self.adapters.splash_painter,
            self.adapters.clock,
            self.images.limits,
        )
