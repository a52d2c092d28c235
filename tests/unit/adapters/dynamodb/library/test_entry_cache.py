"""Long lists are read once, until somebody announces a change."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from chalicelib.adapters.dynamodb.library.entry_cache import (
    BEGINNING,
    LONG,
    LONGEST,
    MARKED,
    MOST,
    SETTLED,
    Entries,
    EntryCache,
    Mark,
)
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import ItemType
from tests.support.fakes.accounts import NOON

ENTRY = Entry("1", ItemType.MOVIE, "Heat", "heat", "2026")


@dataclass
class Shelf:
    """A library that counts how often it is read and asked for its mark."""

    length: int = LONG
    mark: Mark = BEGINNING
    now: timedelta = timedelta()
    reads: list[str] = field(default_factory=list)
    memory: EntryCache = field(init=False)

    def __post_init__(self) -> None:
        self.memory = EntryCache(self._last_mark, lambda: NOON + self.now)

    def change(self) -> None:
        self.mark = Mark(self.mark.count + 1, NOON + self.now)

    def entries(self, key: str = "films") -> Entries:
        return self.memory.entries(key, lambda: self._load(key))

    def _load(self, key: str) -> Entries:
        self.reads.append(key)
        return (ENTRY,) * self.length

    def _last_mark(self) -> Mark:
        self.reads.append("mark")
        return self.mark


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_a_long_list_is_read_once(shelf: Shelf) -> None:
    assert shelf.entries() == shelf.entries() == (ENTRY,) * LONG
    assert shelf.reads == ["films", "mark", "mark"]


def test_a_short_list_is_not_worth_a_question(shelf: Shelf) -> None:
    shelf.length = LONG - 1
    shelf.entries()
    shelf.entries()
    assert shelf.reads == ["films", "films"]


def test_each_list_has_its_own_place(shelf: Shelf) -> None:
    shelf.entries("films")
    shelf.entries("shows")
    assert shelf.reads == ["films", "mark", "shows", "mark"]


def test_a_change_makes_it_read_again(shelf: Shelf) -> None:
    shelf.entries()
    shelf.change()
    shelf.length = LONG + 1
    assert len(shelf.entries()) == LONG + 1


def test_a_list_is_read_again_before_two_times_without_a_mark_could_look_alike(shelf: Shelf) -> None:
    shelf.entries()
    shelf.change()
    shelf.now, shelf.mark, shelf.length = MARKED, BEGINNING, LONG + 1
    assert len(shelf.entries()) == LONG + 1


def test_a_list_is_kept_for_hours(shelf: Shelf) -> None:
    shelf.entries()
    shelf.now = LONGEST - timedelta(seconds=1)
    shelf.entries()
    assert shelf.reads == ["films", "mark", "mark"]


def test_marks_of_one_number_are_told_apart(shelf: Shelf) -> None:
    shelf.change()
    shelf.now = 2 * SETTLED
    shelf.entries()
    shelf.mark, shelf.length = Mark(shelf.mark.count, NOON + shelf.now), LONG + 1
    assert len(shelf.entries()) == LONG + 1


@pytest.mark.parametrize(("since", "kept"), [(SETTLED, False), (SETTLED + timedelta(seconds=1), True)])
def test_what_is_read_soon_after_a_mark_is_not_kept(shelf: Shelf, since: timedelta, *, kept: bool) -> None:
    shelf.change()
    shelf.now = since
    shelf.entries()
    assert bool(shelf.memory.kept) is kept


def test_a_change_while_reading_is_noticed(shelf: Shelf) -> None:
    def load() -> Entries:
        shelf.change()
        return (ENTRY,) * LONG

    shelf.now = SETTLED * 2
    shelf.memory.entries("films", load)
    assert not shelf.memory.kept


def test_the_oldest_lists_make_room(shelf: Shelf) -> None:
    shelf.length = MOST // 2
    for key in ("films", "shows", "music"):
        shelf.entries(key)
    assert list(shelf.memory.kept) == ["shows", "music"]


def test_a_list_beyond_all_room_is_not_kept(shelf: Shelf) -> None:
    shelf.length = MOST + 1
    shelf.entries()
    assert not shelf.memory.kept
