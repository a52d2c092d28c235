"""Forget the variants of an item: each is made anew when somebody asks for it."""

from dataclasses import dataclass

from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.variants.keys import variant_prefix
from chalicelib.services.images.finder import ImageFinder
from chalicelib.services.ports import BlobInfo, BlobStore
from chalicelib.services.variants.ports import RenderGuard


@dataclass(frozen=True, slots=True)
class Purge:
    """Removes stored variants; originals and the steps of the ladder stay."""

    finder: ImageFinder
    variants: BlobStore
    guard: RenderGuard

    def of_item(self, item_id: str) -> list[BlobInfo]:
        """Remove what was made of an item's images and return it; raises NotFoundError for no such item."""
        removed: list[BlobInfo] = []
        for tag in dict.fromkeys(image.tag for image in self.finder.list(OwnerKey.item(item_id)).images):
            found = list(self.variants.list(variant_prefix(tag)))
            self.variants.delete(blob.key for blob in found)
            self.guard.forget(tag)
            removed += found
        return removed
