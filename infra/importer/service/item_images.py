"""The images that one item of the service has, while pictures are sent to it."""

from collections.abc import Iterable

from chalicelib.domain.images.images import ImageType
from infra.importer.service.client import RemoteImage, ServiceClient


class ItemImages:
    """The images of an item; they are listed beforehand, and read anew before the first is sent.

    `is_fresh` tells that nobody can have changed them, since the item is new.
    """

    def __init__(
        self, service: ServiceClient, item_id: str, images: Iterable[RemoteImage], *, is_fresh: bool
    ) -> None:
        self._service = service
        self._item_id = item_id
        self._images = list(images)
        self._is_fresh = is_fresh

    def has(self, image_type: ImageType, tag: str | None) -> bool:
        """Tell whether the item has an image of those bytes."""
        return any((image.image_type, image.tag) == (image_type, tag) for image in self._images)

    def index_of(self, image_type: ImageType, tag: str | None) -> int | None:
        """Return the index of the image of a tag, None when there is none, or the type has none."""
        same = (image for image in self._images if (image.image_type, image.tag) == (image_type, tag))
        return next((image.index for image in same), None)

    def count(self, image_type: ImageType) -> int:
        """Return how many images of a type the item has."""
        return sum(image.image_type is image_type for image in self._images)

    def refresh(self) -> None:
        """Read what the item has, once: lists may be behind."""
        if not self._is_fresh:
            self._images = self._service.images(self._item_id)
            self._is_fresh = True

    def add(self, image_type: ImageType, tag: str, index: int | None) -> None:
        """Know of an image that was sent, at the end when it has no index."""
        if image_type.holds_several and index is None:
            index = self.count(image_type)
        others = [image for image in self._images if (image.image_type, image.index) != (image_type, index)]
        self._images = [*others, RemoteImage(image_type, index, tag)]
