"""Items are made of drafts, and bring the named items that they mention into being."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.library.items import Credit, Item, ItemType, Mention
from chalicelib.errors import ConflictError, InvalidInputError, NotFoundError, UnavailableError
from chalicelib.services.library.editing import DEEPEST, LibraryEditing
from tests.support.fakes.accounts import NOON, FakeClock
from tests.support.fakes.library import FakeLibrary

HEAT = Item("", ItemType.MOVIE, "The Heat 2", "", NOON)


@dataclass
class RacedLibrary(FakeLibrary):
    """A library in which somebody else does something just before each of the next writes."""

    meanwhile: list[Callable[[], object]] = field(default_factory=list)

    def add(self, item: Item) -> Item:
        self._race()
        return super().add(item)

    def update(self, item: Item) -> Item:
        self._race()
        return super().update(item)

    def _race(self) -> None:
        if self.meanwhile:
            self.meanwhile.pop(0)()


@pytest.fixture
def library() -> RacedLibrary:
    return RacedLibrary()


@pytest.fixture
def editing(library: RacedLibrary) -> LibraryEditing:
    return LibraryEditing(library, FakeClock())


def folder(editing: LibraryEditing, item_type: ItemType, parent: Item | None = None) -> Item:
    draft = replace(HEAT, type=item_type, name=item_type.value)
    return editing.add(draft, parent.id if parent else None)


def test_an_item_gets_an_id_and_a_name_to_sort_by(editing: LibraryEditing, library: RacedLibrary) -> None:
    item = editing.add(HEAT)
    assert len(item.id) == 32
    assert item.sort_name == "heat 0000000002"
    assert library.items[item.id] == item


def test_an_item_knows_its_series_season_and_album(editing: LibraryEditing) -> None:
    shelf = folder(editing, ItemType.COLLECTION_FOLDER)
    series = folder(editing, ItemType.SERIES, shelf)
    season = folder(editing, ItemType.SEASON, series)
    episode = editing.add(replace(HEAT, type=ItemType.EPISODE), season.id)
    assert episode.ancestors == (shelf.id, series.id, season.id)
    assert (episode.series_id, episode.season_id, episode.album_id) == (series.id, season.id, None)
    album = folder(editing, ItemType.MUSIC_ALBUM, shelf)
    assert editing.add(replace(HEAT, type=ItemType.AUDIO), album.id).album_id == album.id


def test_a_mentioned_name_becomes_an_item_once(editing: LibraryEditing, library: RacedLibrary) -> None:
    people = (Credit("Al Pacino"), Credit("AL PACINO", role="Himself"))
    first = editing.add(replace(HEAT, people=people, genres=(Mention("Crime"),)))
    second = editing.add(replace(HEAT, people=(Credit("al pacino"),)))
    (person,) = [item for item in library.items.values() if item.type is ItemType.PERSON]
    assert person.name == "Al Pacino"
    assert {credit.id for credit in (*first.people, *second.people)} == {person.id}
    assert library.items[first.genres[0].id].type is ItemType.GENRE


def test_two_writers_that_mention_a_new_name_agree(editing: LibraryEditing, library: RacedLibrary) -> None:
    other = Item("9" * 32, ItemType.GENRE, "Crime", "crime", NOON)
    library.meanwhile.append(lambda: FakeLibrary.add(library, other))
    item = editing.add(replace(HEAT, genres=(Mention("Crime"),)))
    assert item.genres == (Mention("Crime", other.id),)


def test_a_conflict_that_is_not_about_the_name_is_told(
    editing: LibraryEditing, library: RacedLibrary
) -> None:
    def fail() -> None:
        raise ConflictError("busy")

    library.meanwhile.append(fail)
    with pytest.raises(ConflictError, match="busy"):
        editing.add(replace(HEAT, genres=(Mention("Crime"),)))


def test_a_change_that_was_forestalled_is_made_again(editing: LibraryEditing, library: RacedLibrary) -> None:
    item = editing.add(HEAT)
    library.meanwhile.append(lambda: FakeLibrary.update(library, replace(item, year=1995)))
    changed = editing.update(item.id, replace(HEAT, year=1996))
    assert (changed.year, changed.version) == (1996, 3)


def test_an_item_that_is_being_removed_does_not_change(
    editing: LibraryEditing, library: RacedLibrary
) -> None:
    item = editing.add(HEAT)
    library.close(item.id)
    with pytest.raises(ConflictError):
        editing.update(item.id, HEAT)


def test_a_change_keeps_the_id_the_date_and_the_images(
    editing: LibraryEditing, library: RacedLibrary
) -> None:
    item = editing.add(HEAT)
    later = NOON.replace(year=2030)
    changed = editing.update(item.id, replace(HEAT, id="8" * 32, name="Heat", created=later))
    assert (changed.id, changed.created, changed.sort_name) == (item.id, NOON, "heat")
    assert set(library.items) == {item.id}


def test_an_unknown_item_cannot_change(editing: LibraryEditing) -> None:
    with pytest.raises(NotFoundError):
        editing.update("0" * 32, HEAT)


def test_a_named_item_can_be_spelt_anew_but_not_take_anothers_name(editing: LibraryEditing) -> None:
    draft = replace(HEAT, type=ItemType.GENRE, name="crime")
    item = editing.add(draft)
    editing.add(replace(draft, name="War"))
    assert editing.update(item.id, replace(draft, name="Crime")).name == "Crime"
    with pytest.raises(InvalidInputError, match="already") as caught:
        editing.update(item.id, replace(draft, name="WAR"))
    assert caught.value.field == "Name"


def test_a_tree_does_not_grow_without_end(editing: LibraryEditing) -> None:
    parent = None
    for _ in range(DEEPEST):
        parent = folder(editing, ItemType.FOLDER, parent)
    with pytest.raises(InvalidInputError, match="16 items above it"):
        folder(editing, ItemType.FOLDER, parent)


def test_a_sort_name_follows_the_name_unless_it_was_chosen(editing: LibraryEditing) -> None:
    item = editing.add(HEAT)
    renamed = editing.update(item.id, replace(HEAT, name="Ronin", sort_name=item.sort_name))
    assert renamed.sort_name == "ronin"
    chosen = editing.update(item.id, replace(HEAT, name="Ronin", sort_name="zzz"))
    assert editing.update(item.id, replace(HEAT, sort_name=chosen.sort_name)).sort_name == "zzz"


def test_more_new_names_than_time_can_be_added_by_a_repetition(
    editing: LibraryEditing, library: RacedLibrary
) -> None:
    draft = replace(HEAT, genres=(Mention("Crime"), Mention("War")))
    times = iter((1, 3))
    with pytest.raises(UnavailableError, match="repeat"):
        editing.add(draft, deadline=Deadline(2, lambda: next(times)))
    assert [item.name for item in library.items.values()] == ["Crime"]
    editing.add(draft)
    assert sorted(item.name for item in library.items.values()) == ["Crime", "The Heat 2", "War"]
