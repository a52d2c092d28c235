"""What the answers of images need of the container; each use case is loaded when it is first touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.variants.limits import Limits
    from chalicelib.services.accounts.authentication import Authentication
    from chalicelib.services.images.access import ImageAccess
    from chalicelib.services.images.found import ImageLookup
    from chalicelib.services.variants.public_traffic import PublicTraffic
    from chalicelib.services.variants.variants import Variants
    from chalicelib.settings import Settings


class ImageUseCases(Protocol):
    """The use cases around images."""

    @property
    def lookup(self) -> ImageLookup:
        """Return the use case that finds what is asked for by its metadata."""
        ...

    @property
    def access(self) -> ImageAccess:
        """Return images as they are shown, with their grants; touched only where images are restricted."""
        ...

    @property
    def limits(self) -> Limits:
        """Return the bounds of what is decoded."""
        ...

    @property
    def variants(self) -> Variants:
        """Return the use case that reads and makes pictures; touched only when bytes must be sent."""
        ...

    @property
    def public_traffic(self) -> PublicTraffic:
        """Return what counts large pictures that are sent to strangers; touched only for those."""
        ...


class AccountUseCases(Protocol):
    """The use cases around accounts."""

    @property
    def authentication(self) -> Authentication:
        """Return the use case that identifies callers; touched only when a token must be looked up."""
        ...


class ImageSources(Protocol):
    """Where images, and decisions on access to them, come from."""

    @property
    def settings(self) -> Settings:
        """Return the settings."""
        ...

    @property
    def images(self) -> ImageUseCases:
        """Return the use cases around images."""
        ...

    @property
    def accounts(self) -> AccountUseCases:
        """Return the use cases around accounts."""
        ...
