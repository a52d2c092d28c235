"""Reading the catalog: which images an owner has, and which one a request means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.errors import NotFoundError

if TYPE_CHECKING:
    from chalicelib.domain.images.images import ImageType, OwnerImages, StoredImage
    from chalicelib.domain.images.owners import OwnerKey
    from chalicelib.services.ports import ImageCatalog


@dataclass(frozen=True, slots=True)
class ImageFinder:
    """Find images at the cost of one read."""

    catalog: ImageCatalog

    def list(self, owner: OwnerKey) -> OwnerImages:
        """Return an owner with its images."""
        if (found := self.catalog.find(owner)) is None:
            raise NotFoundError(f"No {owner.kind} has the id {owner.id}.")
        return found

    def find(
        self, owner: OwnerKey, image_type: ImageType, index: int | None = None, tag: str = ""
    ) -> StoredImage:
        """Return one image; without an index the one with that tag, else the first.

        The TypeScript SDK asks for each backdrop by its tag alone. The error's text is Jellyfin's.
        """
        images = self.list(owner)
        if index is None and (tagged := _tagged(images, image_type, tag)):
            return tagged
        if (image := images.find(image_type, index or 0)) is None:
            raise NotFoundError(f"{images.name} does not have an image of type {image_type}")
        return image


def _tagged(images: OwnerImages, image_type: ImageType, tag: str) -> StoredImage | None:
    return next((image for image in images.of_type(image_type) if image.tag == tag), None)
