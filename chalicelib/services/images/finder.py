"""Reading the catalog: which images an owner has, and which one a request means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.errors import NotFoundError
from chalicelib.services.images.found import Found
from chalicelib.services.images.requested import RequestedImage

if TYPE_CHECKING:
    from chalicelib.domain.images.images import ImageType, OwnerImages
    from chalicelib.domain.images.owners import OwnerKey
    from chalicelib.services.ports import ImageCatalog


@dataclass(frozen=True, slots=True)
class ImageFinder:
    """Find images at the cost of one read."""

    catalog: ImageCatalog

    def list(self, owner: OwnerKey) -> OwnerImages:
        """Return an owner with its images."""
        if (found := self.catalog.find(owner)) is None:
            raise _unknown(owner)
        return found

    def find(
        self, owner: OwnerKey, image_type: ImageType, index: int | None = None, tag: str = ""
    ) -> RequestedImage:
        """Return one image; without an index the one with that tag, else the first.

        The TypeScript SDK asks for each backdrop by its tag alone. The error's text is Jellyfin's.
        """
        if (heads := self.catalog.find_heads(owner)) is None:
            raise _unknown(owner)
        head = heads.tagged(image_type, tag) if index is None and tag else None
        if (head := head or heads.find(image_type, index or 0)) is None:
            raise NotFoundError(f"{heads.name} does not have an image of type {image_type}")
        return RequestedImage(self.catalog, owner, head)

    def look_up(
        self,
        owner: OwnerKey,
        image_type: ImageType,
        index: int | None = None,
        tag: str = "",
        deadline: Deadline = NO_DEADLINE,  # noqa: ARG002  # of ImageLookup; one read needs none
    ) -> Found:
        """Return one image of our own; its tag names its bytes."""
        image = self.find(owner, image_type, index, tag)
        return Found(image, is_named=image.tag == tag)


def _unknown(owner: OwnerKey) -> NotFoundError:
    return NotFoundError(f"No {owner.kind} has the id {owner.id}.")
