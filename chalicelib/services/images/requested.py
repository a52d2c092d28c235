"""The image that a request means: its head is read, the rest when a picture must be made or the original sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.errors import NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.images.heads import ImageHead
    from chalicelib.domain.images.images import ImageDetails, ImageFacts, ImageType, StoredImage
    from chalicelib.domain.images.owners import OwnerKey
    from chalicelib.services.ports import ImageCatalog


class RequestedImage:
    """ServableImage that reads what its head does not hold once, when it is first asked for.

    The bytes follow from the tag, so any image of the owner with that tag will do, wherever it is by then.
    """

    __slots__ = ("_catalog", "_owner", "_stored", "facts", "image_type", "modified", "size", "tag")

    def __init__(self, catalog: ImageCatalog, owner: OwnerKey, head: ImageHead) -> None:
        self._catalog = catalog
        self._owner = owner
        self._stored: StoredImage | None = None
        self.image_type: ImageType = head.image_type
        self.tag: str = head.tag
        self.size: int = head.size
        self.facts: ImageFacts = head.facts
        self.modified: datetime = head.modified

    @property
    def original(self) -> str:
        """Return the key of the original's blob."""
        return self._whole().original

    @property
    def details(self) -> ImageDetails | None:
        """Return what was found out since the upload."""
        return self._whole().details

    def _whole(self) -> StoredImage:
        if self._stored is None:
            found = self._catalog.find(self._owner)
            same = (image for image in (found.images if found else ()) if image.tag == self.tag)
            self._stored = next(same, None)
        if self._stored is None:
            raise NotFoundError("The image was deleted meanwhile.")
        return self._stored
