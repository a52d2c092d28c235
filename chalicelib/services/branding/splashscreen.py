"""The splash screen: the picture that an administrator sent, else one made of the library's newest artwork."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.heads import ImageHead
from chalicelib.domain.images.images import ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import SPLASHSCREEN, OwnerKey
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.queries import ItemQuery, Order, SortBy
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import make_plan
from chalicelib.errors import NotFoundError, ServiceError
from chalicelib.services.branding.finder import CUSTOM, MADE, SplashscreenFinder
from chalicelib.services.branding.ports import SplashPainter
from chalicelib.services.images.editing import ImageEditing
from chalicelib.services.library.lists import LibraryLists
from chalicelib.services.ports import BlobStore, Clock, ImageCatalog
from chalicelib.services.variants.maker import VariantMaker

QUIET = timedelta(minutes=5)
"""How long a picture that was made stays at least: an import of thousands must not make it thousands of times."""

_NEWEST = ItemQuery(
    recursive=True,
    types=frozenset({ItemType.MOVIE, ItemType.SERIES}),
    order=(Order(SortBy.DATE_CREATED, descending=True),),
    limit=48,
    count_all=False,
)
_SECONDS_TO_PAINT = 10.0
_POSTER = ImageProcessingOptions(fill_width=200, fill_height=300, quality=90, format=RequestedFormat.JPG)
_BACKDROP = ImageProcessingOptions(fill_width=534, fill_height=300, quality=90, format=RequestedFormat.JPG)


@dataclass(frozen=True, slots=True)
class Splashscreen:
    """Changes of the splash screen; `editing` finds its owner by SplashscreenFinder."""

    finder: SplashscreenFinder
    editing: ImageEditing
    catalog: ImageCatalog
    originals: BlobStore
    maker: VariantMaker
    lists: LibraryLists
    painter: SplashPainter
    clock: Clock
    limits: Limits

    def take(self, data: bytes, deadline: Deadline) -> None:
        """Make bytes the splash screen; raises as an upload does."""
        self.editing.upload(SPLASHSCREEN, CUSTOM, data, deadline=deadline)

    def restore(self, deadline: Deadline) -> None:
        """Drop the picture that was sent; a missing one is no error."""
        self.editing.delete(SPLASHSCREEN, CUSTOM, 0, deadline)

    def renew(self, deadline: Deadline) -> None:
        """Make the picture anew, unless that was done a moment ago; without artwork there is none."""
        made = self._made()
        is_fresh = made is not None and self.clock.now() - made.modified < QUIET
        if is_fresh or deadline.remaining < _SECONDS_TO_PAINT:
            return
        posters, backdrops = self._artwork(deadline)
        if posters or backdrops:
            painted = self.painter.paint(posters, backdrops)
            self.editing.upload(SPLASHSCREEN, MADE, painted.data, deadline=deadline)
        elif made:
            self.editing.delete(SPLASHSCREEN, MADE, 0, deadline)

    def clear(self, deadline: Deadline) -> None:
        """Drop the picture that was made once nothing is left of what it could show, however new it is."""
        if self._made() and not self.lists.page(replace(_NEWEST, limit=1)).items:
            self.editing.delete(SPLASHSCREEN, MADE, 0, deadline)

    def _made(self) -> ImageHead | None:
        heads = self.catalog.find_heads(SPLASHSCREEN)
        return heads.find(MADE, 0) if heads else None

    def _artwork(self, deadline: Deadline) -> tuple[list[bytes], list[bytes]]:
        """Return the newest posters and backdrops, no larger than they are shown."""
        owners = [OwnerKey.item(item.id) for item in self.lists.page(_NEWEST).items]
        found = self.catalog.find_many(owners)
        rows = [found[owner] for owner in owners if owner in found]
        posters = self._tiles(rows, ImageType.PRIMARY, _POSTER, deadline)
        return list(posters), list(self._tiles(rows, ImageType.BACKDROP, _BACKDROP, deadline))

    def _tiles(
        self,
        rows: Sequence[OwnerImages],
        image_type: ImageType,
        options: ImageProcessingOptions,
        deadline: Deadline,
    ) -> Iterator[bytes]:
        """Yield each owner's picture; one that is gone or cannot be drawn is left out."""
        for row in rows:
            image = row.find(image_type)
            if image and deadline.remaining > _SECONDS_TO_PAINT:
                with suppress(ServiceError):
                    yield self._tile(image, options, deadline)

    def _tile(self, image: StoredImage, options: ImageProcessingOptions, deadline: Deadline) -> bytes:
        if plan := make_plan(image.facts, options, self.limits):
            return self.maker.make(image, plan, deadline).data
        if (blob := self.originals.open(image.original)) is None:
            raise NotFoundError("The image's file is gone.")
        return blob.read()
