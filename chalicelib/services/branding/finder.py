"""Finding the splash screen."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.images import ImageType, OwnerImages
from chalicelib.errors import NotFoundError
from chalicelib.services.images.finder import ImageFinder

if TYPE_CHECKING:
    from chalicelib.domain.images.owners import OwnerKey
    from chalicelib.services.images.found import Found

CUSTOM, MADE = ImageType.PRIMARY, ImageType.THUMB
"""Which image of the owner is the one that was sent, and which the one that was made."""


class SplashscreenFinder(ImageFinder):
    """Finds the pictures of an owner that begins to exist with its first one."""

    def list(self, owner: OwnerKey) -> OwnerImages:
        """Return the owner with its pictures, or with none yet."""
        return self.catalog.find(owner) or OwnerImages(owner, "Splashscreen")

    def look_up(
        self,
        owner: OwnerKey,
        image_type: ImageType,  # noqa: ARG002  # of ImageLookup; there is one picture, of either type
        index: int | None = None,
        tag: str = "",
        deadline: Deadline = NO_DEADLINE,
    ) -> Found:
        """Return the picture that was sent, else the one that was made."""
        with suppress(NotFoundError):
            return super().look_up(owner, CUSTOM, index, tag, deadline)
        with suppress(NotFoundError):
            return super().look_up(owner, MADE, index, tag, deadline)
        raise NotFoundError("There is no splash screen yet; one is made when the first poster arrives.")
