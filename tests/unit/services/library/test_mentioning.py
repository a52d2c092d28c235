"""What mentions a named item is found by its keys, and is what reading all entries finds."""

import pytest

from chalicelib.domain.library.items import Item, ItemType, Mention
from chalicelib.domain.library.metadata import Metadata
from chalicelib.domain.library.queries import ItemQuery
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import World

TOP = "1" * 32
ARTISTS = tuple(Mention(f"Artist {n}", f"a{n:031}") for n in range(2))
ALBUMS = frozenset({ItemType.MUSIC_ALBUM})
FIRST, BOTH = frozenset({ARTISTS[0].id}), frozenset(artist.id for artist in ARTISTS)


@pytest.fixture
def library(world: World) -> World:
    """Six albums, of which the first artist made the first and the last, and the second the others but one."""
    world.library.add(Item(TOP, ItemType.COLLECTION_FOLDER, "Music", "music", NOON))
    for artist in ARTISTS:
        world.library.add(Item(artist.id, ItemType.MUSIC_ARTIST, artist.name, artist.name.lower(), NOON))
    makers = (ARTISTS[:1], ARTISTS[1:], ARTISTS[1:], (), ARTISTS[1:], ARTISTS)
    for n, made in enumerate(makers):
        name = f"Album {n}"
        album = Item(f"{n:032}", ItemType.MUSIC_ALBUM, name, name.lower(), NOON, (TOP,), album_artists=made)
        world.library.add(album)
    world.shelves.calls.clear()
    return world


def found(library: World, query: ItemQuery) -> list[str]:
    return [item.name for item in library.container.library.lists.page(query).items]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (ItemQuery(recursive=True, mentions=(FIRST,)), ["Album 0", "Album 5"]),
        (ItemQuery(recursive=True, mentions=(BOTH, FIRST), types=ALBUMS), ["Album 0", "Album 5"]),
        (ItemQuery(recursive=True, parent_id=TOP, album_artists=FIRST, types=ALBUMS), ["Album 0", "Album 5"]),
        (ItemQuery(recursive=True, parent_id=ARTISTS[0].id), ["Album 0", "Album 5"]),
        (ItemQuery(parent_id=TOP, album_artists=FIRST), ["Album 0", "Album 5"]),
        (ItemQuery(album_artists=FIRST), []),
        (ItemQuery(recursive=True, contributing_artists=FIRST), []),
        (ItemQuery(recursive=True, mentions=(FIRST,), types=frozenset({ItemType.AUDIO})), []),
    ],
)
def test_lists_by_named_items_read_no_other_entries(
    library: World, query: ItemQuery, names: list[str]
) -> None:
    assert found(library, query) == names
    assert not library.shelves.calls.keys() & {"of_type", "under"}
    library.shelves.is_listed = False
    assert found(library, query) == names


def test_of_many_all_entries_are_read(library: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.services.library.entries.FEW_MENTIONS", 3)
    query = ItemQuery(recursive=True, mentions=(BOTH,), types=ALBUMS)
    assert found(library, query) == [f"Album {n}" for n in (0, 1, 2, 4, 5)]
    assert library.shelves.calls["of_type"] == 1


def test_named_items_are_counted_by_their_keys(library: World) -> None:
    named = library.container.library.named_items
    artists = [library.shelves.items[artist.id] for artist in ARTISTS]
    counts = named.counts(artists)
    assert [counts[artist.id][ItemType.MUSIC_ALBUM] for artist in ARTISTS] == [2, 4]
    assert not library.shelves.calls.keys() & {"of_type", "under"}
    library.shelves.is_listed = False
    slow = named.counts(artists)
    assert [slow[artist.id][ItemType.MUSIC_ALBUM] for artist in ARTISTS] == [2, 4]


@pytest.mark.parametrize(
    ("few", "bound", "is_read_whole"), [(100, 500, False), (2, 500, True), (2, 3, False)]
)
def test_items_that_mention_the_same_are_compared(
    library: World, monkeypatch: pytest.MonkeyPatch, few: int, bound: int, *, is_read_whole: bool
) -> None:
    monkeypatch.setattr("chalicelib.services.library.entries._FEW_ALIKE", few)
    monkeypatch.setattr("chalicelib.services.library.entries._FEW_OF_TYPE", bound)
    relations = library.container.library.relations
    alike = relations.similar(f"{1:032}", ItemQuery())
    assert {item.name for item in alike.items} == {"Album 2", "Album 4", "Album 5"}
    assert bool(library.shelves.calls["of_type"]) is is_read_whole


def test_items_of_the_same_tags_are_compared_and_what_has_none_is_like_nothing(library: World) -> None:
    relations = library.container.library.relations
    for n, tags in enumerate((("Live",), ("live", "Loud"), ())):
        item = Item(f"b{n:031}", ItemType.MOVIE, f"Film {n}", f"film {n}", NOON, metadata=Metadata(tags=tags))
        library.library.add(item)
    found = [relations.similar(f"b{n:031}", ItemQuery()) for n in range(3)]
    assert [[item.name for item in page.items] for page in found] == [["Film 1"], ["Film 0"], []]
    assert not library.shelves.calls.keys() & {"of_type", "under"}


@pytest.mark.parametrize(("limit", "compared"), [(1, 25), (20, 40), (None, 69)])
def test_of_many_that_share_a_mention_twice_as_many_are_read_as_are_asked_for(
    library: World, monkeypatch: pytest.MonkeyPatch, limit: int | None, compared: int
) -> None:
    monkeypatch.setattr("chalicelib.services.library.entries.FEW_MENTIONS", 69)
    monkeypatch.setattr("chalicelib.services.library.entries._FEW_OF_TYPE", 69)
    drama = Mention("Drama", "d" * 32)
    library.library.add(Item(drama.id, ItemType.GENRE, drama.name, "drama", NOON))
    for n in range(80):
        film = Item(f"c{n:031}", ItemType.MOVIE, f"Film {n}", f"film {n:02}", NOON, (TOP,), genres=(drama,))
        library.library.add(film)
    alike = library.container.library.relations.similar(f"c{79:031}", ItemQuery(limit=limit))
    assert alike.total == compared
    assert len(alike.items) == min(limit or compared, compared)
