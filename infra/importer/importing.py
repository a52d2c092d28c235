"""One found item: its pictures are compared with the service's images, and sent where they differ."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event

from chalicelib.domain.variants.limits import Limits
from chalicelib.errors import InvalidInputError
from chalicelib.imaging.renderer import PillowRenderer
from infra.importer.found import FoundItem, FoundPicture
from infra.importer.matching import Items
from infra.importer.retries import StoppedError, UnreachableError
from infra.importer.service_client import LateError, RefusedError, RemoteImage, ServiceClient
from infra.importer.state import State
from infra.importer.summary import Outcome, Summary

_LIMITS = Limits()
"""Those of a deployment that has not chosen others."""

type Advance = Callable[[FoundPicture], None]


@dataclass(frozen=True, slots=True)
class Importing:
    """What all workers share; `advance` is told of every picture that is done with."""

    service: ServiceClient
    items: Items
    state: State
    summary: Summary
    stop: Event
    advance: Advance
    dry_run: bool = False

    def take(self, found: FoundItem) -> None:
        """Import one item; its pictures go one after the other, so that backdrops keep their order.

        Raises UnreachableError, after which there is no use in going on.
        """
        with suppress(StoppedError):
            self._take(found)

    def _take(self, found: FoundItem) -> None:
        try:
            item_id = self.items.id_of(found)
            images = self.service.images(item_id) if item_id else []
        except RefusedError as error:
            for picture in found.pictures:
                self._count(Outcome.REFUSED, picture, str(error))
            return
        for picture in found.pictures:
            if self.stop.is_set():
                return
            self._take_picture(item_id, picture, images)

    def _take_picture(self, item_id: str | None, picture: FoundPicture, images: list[RemoteImage]) -> None:
        try:
            outcome = self._settled(item_id, picture, images)
        except RefusedError as error:
            self._count(Outcome.REFUSED, picture, str(error))
        except LateError as error:
            self._count(Outcome.FAILED, picture, str(error))
        except OSError as error:
            self._count(Outcome.FAILED, picture, f"the file cannot be read: {error.strerror}")
        except UnreachableError as error:
            self._count(Outcome.FAILED, picture, str(error))
            raise
        else:
            self._count(outcome, picture)

    def _settled(self, item_id: str | None, picture: FoundPicture, images: list[RemoteImage]) -> Outcome:
        tag = self.state.tag_of(picture.path)
        if any((image.image_type, image.tag) == (picture.image_type, tag) for image in images):
            self.state.remember(picture.path, tag)
            return Outcome.UNCHANGED
        if self.dry_run:
            _check(picture)
        elif item_id:
            index = self._index_before(picture, images)
            self.service.upload(item_id, picture.image_type, index, picture.path, tag)
            self.state.remember(picture.path, tag)
        return Outcome.TAKEN

    def _index_before(self, picture: FoundPicture, images: list[RemoteImage]) -> int | None:
        """Return the index of the image that the file was before it changed."""
        before = self.state.sent(picture.path)
        same = (image for image in images if (image.image_type, image.tag) == (picture.image_type, before))
        return next((image.index for image in same), None)

    def _count(self, outcome: Outcome, picture: FoundPicture, reason: str = "") -> None:
        self.summary.add(outcome, picture.path, picture.size, reason)
        self.advance(picture)


def _check(picture: FoundPicture) -> None:
    """Refuse what the service refuses by a file's size and a picture's header."""
    try:
        _LIMITS.check_size(picture.size)
        PillowRenderer(_LIMITS).probe(picture.path.read_bytes())
    except InvalidInputError as error:
        raise RefusedError(str(error)) from error
