"""What changes the images of an owner: upload, delete, reorder."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.originals import original_key, tag_of
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.images.upstream import UpstreamMark
from chalicelib.domain.intake.tickets import Ticket
from chalicelib.errors import ClaimLostError, InvalidInputError, LimitExceededError, ServiceError
from chalicelib.services.images.finder import ImageFinder
from chalicelib.services.ports import Blob, BlobStore, Clock, ImageCatalog, OriginalsQueue, Renderer
from chalicelib.services.retries import retry_on_conflict

_MOST_CLAIMS = 5


@dataclass(frozen=True, slots=True)
class _Upload:
    """An image on its way into the catalog, with the ticket that it settles, where there is one.

    `version` is that of the owner's row when the upload began. `upstream` is the owner's new mark, if any.
    """

    owner: OwnerKey
    image: StoredImage
    blob: Blob
    index: int | None
    ticket: Ticket | None
    version: int | None
    upstream: UpstreamMark | None = None

    def is_in(self, images: OwnerImages) -> bool:
        """Tell whether a write that seemed to fail was done after all: only its answer was lost."""
        is_newer = images.version != self.version
        return is_newer and any(known.is_same_upload(self.image) for known in images.images)


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

    def upload(  # noqa: PLR0913  # the last four are keywords that few callers need
        self,
        owner: OwnerKey,
        image_type: ImageType,
        data: bytes,
        *,
        index: int | None = None,
        deadline: Deadline = NO_DEADLINE,
        ticket: Ticket | None = None,
        upstream: UpstreamMark | None = None,
    ) -> StoredImage:
        """Make bytes an image of an owner: at an index that exists it replaces that image, else it is appended.

        A ticket is settled in the write that adds the image. Raises InvalidImageError and LimitExceededError
        before anything is stored, SettledError when the ticket was settled before.
        """
        before = self.finder.list(owner)
        self._check_room(before, image_type, index)
        image = self._checked(image_type, data, deadline)
        blob, done = Blob(data, image.facts.format.mime_type), ticket and ticket.done(image.tag)
        upload = _Upload(owner, image, blob, index, done, before.version, upstream)
        try:
            self._store(upload, deadline)
        except ServiceError:
            self.queue.released([image.original])
            raise
        return image

    def delete(
        self, owner: OwnerKey, image_type: ImageType, index: int = 0, deadline: Deadline = NO_DEADLINE
    ) -> None:
        """Drop an image; those above shift down; a missing one is no error, as in Jellyfin."""
        self._edit(owner, lambda images: images.without(image_type, index), deadline)

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
        self._edit(owner, lambda images: images.swapped(image_type, first, second), deadline)

    def _store(self, upload: _Upload, deadline: Deadline) -> None:
        """Store the blob and the row; start again when the claim was withdrawn meanwhile for being old."""
        retry_on_conflict(
            lambda: self._store_once(upload, deadline), deadline, attempts=_MOST_CLAIMS, on=ClaimLostError
        )

    def _store_once(self, upload: _Upload, deadline: Deadline) -> None:
        claim = self.catalog.claim(upload.image.original, upload.owner, self.clock.now())
        self.originals.put(upload.image.original, upload.blob)
        try:
            change = retry_on_conflict(lambda: self._add(upload, claim), deadline)
        except ClaimLostError:
            raise
        except ServiceError:
            # What is not written by now never will be; if it was, only its answer lost, the claim stands.
            self.catalog.release(claim)
            raise
        self._release_dropped(change)

    def _add(self, upload: _Upload, claim: Claim) -> Change:
        before = self.finder.list(upload.owner)
        if upload.is_in(before):
            return Change(before)
        self._check_room(before, upload.image.image_type, upload.index)
        after = before.with_image(upload.image, upload.index)
        marked = replace(after, upstream=upload.upstream or after.upstream)
        return self._save(before, Change.between(before, marked, claim), upload.ticket)

    def _checked(self, image_type: ImageType, data: bytes, deadline: Deadline) -> StoredImage:
        facts = self.renderer.probe(data)
        self.renderer.verify(data, deadline)
        original = original_key(data)
        return StoredImage(image_type, tag_of(original), original, len(data), facts, self.clock.now())

    def _check_room(self, images: OwnerImages, image_type: ImageType, index: int | None) -> None:
        if not image_type.holds_several or (index is not None and images.find(image_type, index)):
            return
        count = len(images.of_type(image_type)) + 1
        if count > self.max_per_type:
            raise LimitExceededError("imageType", f"number of {image_type} images", count, self.max_per_type)

    def _edit(self, owner: OwnerKey, edit: Callable[[OwnerImages], OwnerImages], deadline: Deadline) -> None:
        def attempt() -> Change:
            before = self.finder.list(owner)
            return self._save(before, Change.between(before, edit(before)))

        self._release_dropped(retry_on_conflict(attempt, deadline))

    def _save(self, before: OwnerImages, change: Change, ticket: Ticket | None = None) -> Change:
        """Save a change that changes something."""
        if change.images != before:
            self.catalog.save(change, ticket)
        return change

    def _release_dropped(self, change: Change) -> None:
        if change.dropped:
            self.queue.released(sorted(change.dropped))
