"""Removal takes everything below along, whoever is writing at the same time, and can be repeated."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.errors import ConflictError, NotFoundError, UnavailableError
from chalicelib.services.library.removal import LibraryRemoval
from chalicelib.services.retries import ATTEMPTS
from tests.support.fakes.accounts import NOON
from tests.support.fakes.library import FakeLibrary
from tests.support.fakes.queue import FakeOriginalsQueue

SHELF = Item("1" * 32, ItemType.COLLECTION_FOLDER, "Films", "films", NOON)
BOX = Item("2" * 32, ItemType.FOLDER, "Box", "box", NOON, (SHELF.id,))
FILM = Item("3" * 32, ItemType.MOVIE, "Heat", "heat", NOON, (SHELF.id, BOX.id))
PICTURE = StoredImage(ImageType.PRIMARY, "a" * 32, "originals/x", 9, ImageFacts(ImageFormat.JPG, 2, 3), NOON)


@dataclass
class RacedLibrary(FakeLibrary):
    """A library in which somebody else does something just before each of the next removals or listings."""

    before_removal: list[Callable[[], object]] = field(default_factory=list)
    before_listing: list[Callable[[], object]] = field(default_factory=list)

    def remove(self, item: Item, images: OwnerImages) -> None:
        if self.before_removal:
            self.before_removal.pop(0)()
        super().remove(item, images)

    def children(self, parent_id: str | None) -> tuple[Entry, ...]:
        if self.before_listing:
            self.before_listing.pop(0)()
        return super().children(parent_id)


@pytest.fixture
def library() -> RacedLibrary:
    made = RacedLibrary()
    for item in (SHELF, BOX, FILM):
        made.add(item)
    return made


@pytest.fixture
def queue() -> FakeOriginalsQueue:
    return FakeOriginalsQueue()


@pytest.fixture
def removal(library: RacedLibrary, queue: FakeOriginalsQueue) -> LibraryRemoval:
    return LibraryRemoval(library, library.catalog, queue)


def upload(library: FakeLibrary, item: Item) -> None:
    owner = OwnerKey.item(item.id)
    library.catalog.claim(PICTURE.original, owner, PICTURE.modified)
    library.catalog.save(Change(library.catalog.rows[owner].with_image(PICTURE)))


def test_all_below_goes_along_and_the_rest_stays(removal: LibraryRemoval, library: RacedLibrary) -> None:
    removal.remove(BOX.id)
    assert set(library.items) == {SHELF.id}
    assert set(library.catalog.rows) == {OwnerKey.item(SHELF.id)}


def test_an_unknown_item_is_told(removal: LibraryRemoval) -> None:
    with pytest.raises(NotFoundError):
        removal.remove("0" * 32)


def test_originals_are_released(
    removal: LibraryRemoval, library: RacedLibrary, queue: FakeOriginalsQueue
) -> None:
    upload(library, FILM)
    removal.remove(FILM.id)
    assert queue.messages == [PICTURE.original]


def test_an_upload_that_comes_between_is_released_too(
    removal: LibraryRemoval, library: RacedLibrary, queue: FakeOriginalsQueue
) -> None:
    library.before_removal.append(lambda: upload(library, FILM))
    removal.remove(FILM.id)
    assert queue.messages == [PICTURE.original]
    assert OwnerKey.item(FILM.id) not in library.catalog.rows


def test_a_change_that_comes_between_does_not_save_the_item(
    removal: LibraryRemoval, library: RacedLibrary
) -> None:
    library.before_removal.append(lambda: library.update(replace(library.items[FILM.id], year=1995)))
    removal.remove(BOX.id)
    assert set(library.items) == {SHELF.id}


def test_nobody_adds_a_child_while_the_parent_goes(removal: LibraryRemoval, library: RacedLibrary) -> None:
    late = replace(FILM, id="4" * 32)

    def add() -> None:
        with pytest.raises(ConflictError):
            library.add(late)

    library.before_listing += [lambda: None, add]
    removal.remove(SHELF.id)
    assert not library.items


def test_two_removals_of_the_same_agree(removal: LibraryRemoval, library: RacedLibrary) -> None:
    def first() -> None:
        FakeLibrary.remove(library, library.items[FILM.id], library.catalog.rows[OwnerKey.item(FILM.id)])

    library.before_removal.append(first)
    removal.remove(BOX.id)
    assert set(library.items) == {SHELF.id}


def test_a_removal_that_ran_out_of_time_can_go_on(removal: LibraryRemoval, library: RacedLibrary) -> None:
    with pytest.raises(UnavailableError, match="repeat"):
        removal.remove(SHELF.id, Deadline.after(-1))
    assert set(library.items) == {SHELF.id, BOX.id, FILM.id}
    removal.remove(SHELF.id)
    assert not library.items


def test_endless_uploads_end_in_a_conflict(removal: LibraryRemoval, library: RacedLibrary) -> None:
    library.before_removal += [lambda: upload(library, FILM)] * (ATTEMPTS + 1)
    with pytest.raises(ConflictError):
        removal.remove(FILM.id)
