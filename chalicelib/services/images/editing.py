"""What changes the images of an owner: upload, delete, reorder."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import chain, repeat
from random import uniform
from time import sleep

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.claims import Claim, ClaimChanges
from chalicelib.domain.images.images import ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.originals import original_key, tag_of
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import (
    ClaimLostError,
    ConflictError,
    InvalidInputError,
    LimitExceededError,
    ServiceError,
)
from chalicelib.services.images.finder import ImageFinder
from chalicelib.services.ports import Blob, BlobStore, Clock, ImageCatalog, OriginalsQueue, Renderer

_ATTEMPTS = 30
_CLAIMS = 5
_LONGEST_PAUSE = 0.4

type Change = Callable[[OwnerImages], OwnerImages]

type Write = Callable[[OwnerImages, Collection[str]], object]

type Save = Callable[[OwnerImages, ClaimChanges, StoredImage], object]
"""Writes an owner's images after one was added, as the catalog's `save` does."""


@dataclass(frozen=True, slots=True)
class _Upload:
    """An image on its way into the catalog."""

    owner: OwnerKey
    image: StoredImage
    blob: Blob
    index: int | None
    save: Save


@dataclass(frozen=True, slots=True)
class ImageEditing:
    """Changes to the images of items, users and named items alike.

    Write order: claim, blob, row, so that a crash leaves at worst a blob without a row, never a row without its
    blob. The row is written only while the claim still stands, so whoever removes what nobody claims can make
    an upload start again but never make it lose its blob. `max_per_type` bounds the images of one type on one
    owner.
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
        blob = Blob(data, image.facts.format.mime_type)
        try:
            self._store(_Upload(owner, image, blob, index, save or self._save), deadline)
        except ServiceError:
            self.queue.released([image.original])
            raise
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

    def _store(self, upload: _Upload, deadline: Deadline) -> None:
        """Claim, put and commit; again from the claim when it was withdrawn meanwhile for being old."""
        original = upload.image.original
        for _ in range(_CLAIMS):
            claim = self.catalog.claim(original, upload.owner, self.clock.now())
            self.originals.put(original, upload.blob)
            try:
                self._commit(upload, claim, deadline)
            except ClaimLostError:
                deadline.check_wait()
            except ServiceError:
                # What is not written by now never will be; if it was, only its answer lost, the claim stands.
                self.catalog.release(claim)
                raise
            else:
                return
        raise ClaimLostError(f"The upload of {original} took too long, again and again.")

    def _commit(self, upload: _Upload, claim: Claim, deadline: Deadline) -> None:
        is_repeated = chain([False], repeat(object=True))
        self._change(
            upload.owner,
            lambda images: self._with_image(images, upload, is_repeated=next(is_repeated)),
            deadline,
            lambda images, dropped: upload.save(images, ClaimChanges(claim, dropped), upload.image),
        )

    def _save(self, images: OwnerImages, claims: ClaimChanges, _: StoredImage) -> OwnerImages:
        return self.catalog.save(images, claims)

    def _checked(self, image_type: ImageType, data: bytes, deadline: Deadline) -> StoredImage:
        facts = self.renderer.probe(data)
        self.renderer.verify(data, deadline)
        original = original_key(data)
        return StoredImage(image_type, tag_of(original), original, len(data), facts, self.clock.now())

    def _with_image(self, images: OwnerImages, upload: _Upload, *, is_repeated: bool) -> OwnerImages:
        """Put an image in its place; a write that failed may yet have been done, if its answer was lost."""
        if is_repeated and any(known.is_same_upload(upload.image) for known in images.images):
            return images
        self._check_room(images, upload.image.image_type, upload.index)
        return images.with_image(upload.image, upload.index)

    def _check_room(self, images: OwnerImages, image_type: ImageType, index: int | None) -> None:
        if not image_type.holds_several or (index is not None and images.find(image_type, index)):
            return
        count = len(images.of_type(image_type)) + 1
        if count > self.max_per_type:
            raise LimitExceededError("imageType", f"number of {image_type} images", count, self.max_per_type)

    def _change(
        self, owner: OwnerKey, change: Change, deadline: Deadline, write: Write | None = None
    ) -> None:
        """Read, change and write until no other writer comes between; unchanged images are not written."""
        write = write or (lambda images, dropped: self.catalog.save(images, ClaimChanges(None, dropped)))
        for attempt in range(1, _ATTEMPTS + 1):
            before = self.finder.list(owner)
            after = change(before)
            if after == before:
                return
            gone = before.originals().keys() - after.originals().keys()
            try:
                write(after, gone)
            except ClaimLostError:
                raise
            except ConflictError:
                deadline.check_wait()
                sleep(uniform(0, min(_LONGEST_PAUSE, 0.02 * 2**attempt)))  # noqa: S311  # jitter, no secret
            else:
                self._announce(gone)
                return
        raise ConflictError(f"The images of {owner} stayed busy until the deadline; try again.")

    def _announce(self, gone: Collection[str]) -> None:
        if gone:
            self.queue.released(sorted(gone))
