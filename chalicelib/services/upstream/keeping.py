"""Keeping the upstream server's images as if they had been uploaded here."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.images import OwnerImages, StoredImage
from chalicelib.domain.images.originals import original_key
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.images.upstream import UpstreamMark, first_mark
from chalicelib.domain.upstream.places import Place
from chalicelib.errors import InvalidInputError, NotFoundError, UnreadableImageError
from chalicelib.services.images.editing import ImageEditing
from chalicelib.services.images.finder import ImageFinder
from chalicelib.services.ports import Clock, ImageCatalog
from chalicelib.services.retries import retry_on_conflict
from chalicelib.services.upstream.breaker import CircuitBreaker
from chalicelib.services.upstream.ports import Jellyfin, Known, Original, UpstreamMemory
from chalicelib.telemetry.ledger import note, timed

type Remark = Callable[[UpstreamMark], UpstreamMark]


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored image of the server, and what is known of its counterpart there."""

    image: StoredImage
    mark: UpstreamMark

    @classmethod
    def of(cls, images: OwnerImages | None) -> "Kept | None":
        """Return the one image of an owner that stands for a place; None where there is none."""
        if images is None or not images.images:
            return None
        return cls(images.images[0], images.upstream or UpstreamMark())

    @property
    def is_in_doubt(self) -> bool:
        """Tell whether something may have changed the image since the server was last asked."""
        return self.mark.checked is None


class PlaceFinder(ImageFinder):
    """Finds the owner that stands for a place, which begins to exist with its image."""

    def list(self, owner: OwnerKey) -> OwnerImages:
        """Return the owner with its one image, or with none yet."""
        return self.catalog.find(owner) or OwnerImages(owner, Place.parse(owner).subject)


@dataclass(frozen=True, slots=True)
class UpstreamKeeping:
    """Asks the server for an image and keeps what it says; `editing` finds owners by PlaceFinder."""

    catalog: ImageCatalog
    editing: ImageEditing
    jellyfin: Jellyfin
    memory: UpstreamMemory
    breaker: CircuitBreaker
    clock: Clock

    def find(self, place: Place) -> Kept | None:
        """Return what is stored for a place, by one read."""
        return Kept.of(self.catalog.find(place.owner))

    def ask(self, place: Place, known: Kept | None, tag: str, deadline: Deadline) -> Kept:
        """Return the server's image, stored and marked; `known` is what was stored before.

        Raises NotFoundError when the server has none, UnreadableImageError when it has one that cannot be read,
        UpstreamError when it fails.
        """
        asked = self.clock.now()
        try:
            with self.breaker.request(), timed("upstream"):
                original = self.jellyfin.fetch(place, known_of(place, known), deadline)
        except NotFoundError:
            note("upstream", "absent")
            self.remark(place.owner, lambda mark: mark.missed(asked))
            raise
        if known is None or (original and original_key(original.data) != known.image.original):
            assert original is not None, "a server that was told of nothing has nothing to compare"  # noqa: S101
            mark = first_mark(asked, tag, original.etag, original.last_modified)
            kept = self._stored(place, original, mark, deadline)
        else:
            note("upstream", "unchanged")
            kept = (
                self.remark(place.owner, lambda mark: _renewed(mark, original).confirmed(asked, tag)) or known
            )
        touched = self.memory.touched(place.subject)
        if touched and touched >= asked:
            self.remark(place.owner, UpstreamMark.doubted)
        return kept

    def remark(self, owner: OwnerKey, remark: Remark) -> Kept | None:
        """Change what is known of a stored image; None when there is none."""

        def attempt() -> Kept | None:
            before = self.catalog.find(owner)
            if before is None or (kept := Kept.of(before)) is None:
                return None
            changed = replace(before, upstream=remark(kept.mark))
            self.catalog.save(Change(changed))
            return Kept.of(changed)

        return retry_on_conflict(attempt)

    def _stored(self, place: Place, original: Original, mark: UpstreamMark, deadline: Deadline) -> Kept:
        note("upstream", "fetched")
        note("upstream_bytes", len(original.data))
        owner, kind = place.owner, place.image_type
        try:
            image = self.editing.upload(owner, kind, original.data, index=0, deadline=deadline, upstream=mark)
        except InvalidInputError as error:
            note("upstream", "refused")
            self.remark(owner, lambda known: known.missed(mark.checked or self.clock.now()))
            message = f"The picture of the Jellyfin server cannot be shown. {error}"
            raise UnreadableImageError(message, original.data, original.content_type) from error
        return Kept(image, mark)


def known_of(place: Place, kept: Kept | None) -> Known:
    """Return what to compare with.

    No date tells of a change among several images, which change places, or right after a change was passed on:
    HTTP's dates have whole seconds, and both images may be of the same one (RFC 9110 §8.8.2.2).
    """
    if kept is None:
        return Known()
    is_dated = not (place.image_type.holds_several or kept.is_in_doubt)
    return Known(kept.mark.etag, kept.mark.last_modified if is_dated else "")


def _renewed(mark: UpstreamMark, original: Original | None) -> UpstreamMark:
    if original is None:
        return mark
    return replace(mark, etag=original.etag, last_modified=original.last_modified)
