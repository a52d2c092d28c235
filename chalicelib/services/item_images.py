"""What changes the images of an owner: upload, delete, reorder."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from random import uniform
from time import sleep

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images import ORIGINALS, ImageType, OwnerImages, StoredImage
from chalicelib.domain.owners import OwnerKey
from chalicelib.errors import ConflictError, InvalidInputError, LimitExceededError
from chalicelib.services.image_finder import ImageFinder
from chalicelib.services.ports import Blob, BlobStore, Claim, Clock, ImageCatalog, OriginalsQueue, Renderer

_ATTEMPTS = 30
_LONGEST_PAUSE = 0.4

type Change = Callable[[OwnerImages], OwnerImages]

type Save = Callable[[OwnerImages, StoredImage], OwnerImages]
"""Writes an owner's images after one was added, as the catalog's `save` does."""


@dataclass(frozen=True, slots=True)
class ItemImages:
    """Changes to the images of items, users and named items alike.

    Write order: claim, blob, row, so that a crash leaves at worst a blob without a row, never a row without its
    blob. `max_per_type` bounds the images of one type on one owner.
    """

    finder: ImageFinder
    catalog: ImageCatalog
    originals: BlobStore
    renderer: Renderer
    queue: OriginalsQueue
    clock: Clock
    max_per_type: int

    def upload(  # noqa: PLR0913  # the last three are keywords that few callers need
        self,
        owner: OwnerKey,
        image_type: ImageType,
        data: bytes,
        *,
        index: int | None = None,
        deadline: Deadline = NO_DEADLINE,
        save: Save | None = None,
    ) -> StoredImage:
        """Make bytes an image of an owner: at an index that exists it replaces that image, else it is appended.

        Raises InvalidImageError and LimitExceededError before anything is stored. `save` may write more than the
        images in the same transaction.
        """
        self._check_room(self.finder.list(owner), image_type, index)
        image = self._checked(image_type, data, deadline)
        self.catalog.claim(image.original, owner, image.modified)
        self.originals.put(image.original, Blob(data, image.facts.format.mime_type))
        self._change(
            owner,
            lambda images: self._with_image(images, image, index),
            deadline,
            (lambda images: save(images, image)) if save else None,
        )
        return image

    def delete(
        self, owner: OwnerKey, image_type: ImageType, index: int = 0, deadline: Deadline = NO_DEADLINE
    ) -> None:
        """Drop an image; those above shift down; a missing one is no error, as in Jellyfin."""
        self._change(owner, lambda images: images.without(image_type, index), deadline)

    def swap(
        self,
        owner: OwnerKey,
        image_type: ImageType,
        first: int,
        second: int,
        deadline: Deadline = NO_DEADLINE,
    ) -> None:
        """Exchange two images of a type that holds several; a missing index changes nothing, as in Jellyfin."""
        if not image_type.holds_several:
            raise InvalidInputError(
                "imageType", f"{image_type} holds one image; there is no order to change."
            )
        self._change(owner, lambda images: images.swapped(image_type, first, second), deadline)

    def _checked(self, image_type: ImageType, data: bytes, deadline: Deadline) -> StoredImage:
        facts = self.renderer.probe(data)
        self.renderer.verify(data, deadline)
        digest = hashlib.sha256(data).hexdigest()
        return StoredImage(image_type, digest[:32], original_key(digest), len(data), facts, self.clock.now())

    def _with_image(self, images: OwnerImages, image: StoredImage, index: int | None) -> OwnerImages:
        self._check_room(images, image.image_type, index)
        return images.with_image(image, index)

    def _check_room(self, images: OwnerImages, image_type: ImageType, index: int | None) -> None:
        if not image_type.holds_several or (index is not None and images.find(image_type, index)):
            return
        count = len(images.of_type(image_type)) + 1
        if count > self.max_per_type:
            raise LimitExceededError("imageType", f"number of {image_type} images", count, self.max_per_type)

    def _change(
        self, owner: OwnerKey, change: Change, deadline: Deadline, save: Change | None = None
    ) -> None:
        before, after = self._changed(owner, change, deadline, save or self.catalog.save)
        gone = before.originals().keys() - after.originals().keys()
        for image in before.images:
            if image.original in gone:
                self.catalog.release(image.original, Claim(owner, image.modified))
        if gone:
            self.queue.released(sorted(gone))

    def _changed(
        self, owner: OwnerKey, change: Change, deadline: Deadline, save: Change
    ) -> tuple[OwnerImages, OwnerImages]:
        """Read, change and write until no other writer comes between; unchanged images are not written."""
        for attempt in range(1, _ATTEMPTS + 1):
            before = self.finder.list(owner)
            after = change(before)
            if after == before:
                return before, before
            try:
                return before, save(after)
            except ConflictError:
                deadline.check()
                sleep(uniform(0, min(_LONGEST_PAUSE, 0.02 * 2**attempt)))  # noqa: S311  # jitter, no secret
        raise ConflictError(f"The images of {owner} are being changed by too many at once; try again.")


def original_key(digest: str) -> str:
    """Return the key of an original's blob: its SHA-256, spread over prefixes."""
    return f"{ORIGINALS}{digest[:2]}/{digest}"
