"""One planned item: its pictures are compared with the service's images, and sent where they differ."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock

from chalicelib.domain.library.naming.extensions import suffix_of
from chalicelib.domain.library.resolving.results import FoundPicture, Reason
from chalicelib.domain.variants.limits import Limits
from chalicelib.errors import InvalidInputError
from chalicelib.imaging.renderer import PillowRenderer
from infra.importer.disk.tree import DiskTree
from infra.importer.disk.within import within
from infra.importer.making import ItemMaker
from infra.importer.matching import PlannedItem
from infra.importer.service.answers import LateError, RefusedError
from infra.importer.service.client import MAX_BODY_BYTES, ServiceClient
from infra.importer.service.item_images import ItemImages
from infra.importer.service.retries import StoppedError, UnreachableError
from infra.importer.state import State
from infra.importer.summary import Outcome, Row, Summary

_LIMITS = Limits()
"""Those of a deployment that has not chosen others."""

_SECONDS_FOR_A_FILE = 120.0
_DECODED_BY_THE_SERVICE = frozenset({".heic", ".heif"})
"""Formats whose decoder the operator's machine need not have."""

type Advance = Callable[[int], None]
"""Is told of every picture that is done with, and of its size in bytes."""


@dataclass(frozen=True, slots=True)
class Importing:
    """What all workers share. `sends_again` tells to send unchanged files that the service refused before."""

    service: ServiceClient
    maker: ItemMaker
    tree: DiskTree
    state: State
    summary: Summary
    stop: Event
    advance: Advance
    dry_run: bool = False
    sends_again: bool = False
    _large: Lock = field(default_factory=Lock)

    def take(self, planned: PlannedItem) -> None:
        """Import one item; its pictures go one after the other, so that backdrops keep their order.

        Raises UnreachableError, after which there is no use in going on.
        """
        for picture, winner in planned.conflicts:
            self._count(planned, picture, Outcome.LEFT_OUT, Reason.CONFLICT, winner)
        with suppress(StoppedError):
            self._take(planned)

    def _take(self, planned: PlannedItem) -> None:
        try:
            if planned.refusal:
                raise RefusedError(planned.refusal)  # noqa: TRY301  # it ends like a refusal of the service
            was_unseen = not self.maker.make(planned)
        except RefusedError as error:
            for picture in planned.pictures:
                self._count(planned, picture, Outcome.REFUSED, str(error))
            return
        is_fresh = planned.is_new and not was_unseen
        images = ItemImages(self.service, planned.id, planned.images, is_fresh=is_fresh)
        if was_unseen:
            images.refresh()
        for picture in planned.pictures:
            if self.stop.is_set():
                return
            self._take_picture(planned, picture, images)

    def _take_picture(self, planned: PlannedItem, picture: FoundPicture, images: ItemImages) -> None:
        try:
            outcome = self._settled(planned, picture, images)
        except RefusedError as error:
            self._count(planned, picture, Outcome.REFUSED, str(error))
        except LateError as error:
            self._count(planned, picture, Outcome.FAILED, str(error))
        except OSError as error:
            self._count(planned, picture, Outcome.FAILED, f"The file cannot be read: {error.strerror}.")
        except UnreachableError as error:
            self._count(planned, picture, Outcome.FAILED, str(error))
            raise
        else:
            self._count(planned, picture, outcome)

    def _settled(self, planned: PlannedItem, picture: FoundPicture, images: ItemImages) -> Outcome:
        path = self.tree.path(picture.path)
        tag = within(_SECONDS_FOR_A_FILE, lambda: self.state.tag_of(path))
        if images.has(picture.image_type, tag):
            self.state.remember(path, tag)
            return Outcome.UNCHANGED
        if not self.sends_again and (before := self.state.refusal(path, tag)):
            raise RefusedError(before)
        self._check(path, self.tree.sizes[picture.path])
        return Outcome.TAKEN if self.dry_run else self._sent(planned, picture, images, tag)

    def _sent(self, planned: PlannedItem, picture: FoundPicture, images: ItemImages, tag: str) -> Outcome:
        """Send a file, unless a run that was killed has sent it and lists do not tell yet."""
        path = self.tree.path(picture.path)
        images.refresh()
        if images.has(picture.image_type, tag):
            self.state.remember(path, tag)
            return Outcome.UNCHANGED
        index = images.index_of(picture.image_type, self.state.sent(path))
        try:
            self.service.upload(planned.id, picture.image_type, index, path, tag)
        except RefusedError as error:
            if error.is_of_file:
                self.state.remember_refusal(path, tag, str(error))
            raise
        self.state.remember(path, tag)
        images.add(picture.image_type, tag, index)
        return Outcome.TAKEN

    def _check(self, path: Path, size: int) -> None:
        """Refuse what the service refuses by a file's size and a picture's header; large files one at a time."""
        try:
            _LIMITS.check_size(size)
            if suffix_of(path.name) in _DECODED_BY_THE_SERVICE:
                return
            if size > MAX_BODY_BYTES:
                with self._large:
                    _probe(path)
            else:
                _probe(path)
        except InvalidInputError as error:
            raise RefusedError(str(error)) from error

    def _count(
        self,
        planned: PlannedItem,
        picture: FoundPicture,
        outcome: Outcome,
        reason: str = "",
        detail: str = "",
    ) -> None:
        size = self.tree.sizes[picture.path]
        item, image = str(planned.found), picture.image_type.value
        self.summary.add(Row(picture.path, outcome, reason, detail, item, image, size))
        self.advance(size)


def _probe(path: Path) -> None:
    data = within(_SECONDS_FOR_A_FILE, path.read_bytes)
    PillowRenderer(_LIMITS).probe(data)
