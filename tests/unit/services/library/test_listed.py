"""Lists that are kept in order hold what reading all entries finds, and read none of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.library.items import Item, ItemType, Mention
from chalicelib.domain.library.queries import ItemQuery, Order, Page, SortBy, States
from chalicelib.domain.library.selection import selected
from chalicelib.domain.library.user_data import UserData
from chalicelib.services.library.lists import LibraryLists
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import World

FILMS, MUSIC = "1" * 32, "2" * 32
BY_NAME = (Order(SortBy.SORT_NAME), Order(SortBy.PRODUCTION_YEAR))
NEWEST = (Order(SortBy.DATE_CREATED, descending=True),)
ARTISTS = tuple(Mention(f"Artist {n}", f"a{n:031}") for n in range(3))
GENRES = tuple(Mention(f"Genre {n}", f"e{n:031}") for n in range(4))


@pytest.fixture
def library(world: World) -> World:
    """Two libraries, with artists of whom not all are album artists."""
    for n, (top, name) in enumerate(((FILMS, "Films"), (MUSIC, "Music"))):
        at = NOON - timedelta(days=n + 1)
        world.library.add(Item(top, ItemType.COLLECTION_FOLDER, name, name.lower(), at))
    for mention in ARTISTS:
        world.library.add(Item(mention.id, ItemType.MUSIC_ARTIST, mention.name, mention.name.lower(), NOON))
    for mention in GENRES:
        world.library.add(Item(mention.id, ItemType.GENRE, mention.name, mention.name.lower(), NOON))
    for n in range(12):
        kind = (ItemType.MOVIE, ItemType.SERIES, ItemType.AUDIO)[n % 3]
        top = MUSIC if kind is ItemType.AUDIO else FILMS
        item = Item(
            f"{n:032}", kind, f"N{n * 7 % 12}", f"n{n * 7 % 12:02}", NOON + timedelta(hours=n), (top,)
        )
        if kind is ItemType.AUDIO:
            item = replace(item, artists=ARTISTS, album_artists=ARTISTS[:2])
        else:
            item = replace(item, genres=GENRES[: n % 5])
        world.library.add(item)
    world.shelves.calls.clear()
    return world


def read_whole(lists: LibraryLists, query: ItemQuery) -> tuple[list[str], int]:
    entries = selected(lists.finder.find(query, {}), query)
    start, most = query.start_index, 500 if query.limit is None else query.limit
    return [entry.id for entry in entries[start : start + most]], len(entries) if query.count_all else 0


def told(page: Page[Item]) -> tuple[list[str], int]:
    return [item.id for item in page.items], page.total


PAGES: tuple[dict[str, object], ...] = (
    {},
    {"start_index": 2, "limit": 3},
    {"limit": 0},
    {"count_all": False},
)
TYPES = [frozenset(), frozenset({ItemType.MOVIE}), frozenset({ItemType.MOVIE, ItemType.SERIES})]


@pytest.mark.parametrize("parent", [None, FILMS, MUSIC])
@pytest.mark.parametrize("types", TYPES)
@pytest.mark.parametrize("order", [(), BY_NAME, NEWEST, (Order(SortBy.SORT_NAME, descending=True),)])
def test_a_page_is_that_of_all_entries(
    library: World,
    parent: str | None,
    types: frozenset[ItemType],
    order: tuple[Order, ...],
) -> None:
    lists = library.container.library.lists
    for page in PAGES:
        library.shelves.calls.clear()
        query = ItemQuery(parent_id=parent, recursive=True, types=types, order=order, **page)  # type: ignore[arg-type]  # fields of it
        found = told(lists.page(query))
        assert not library.shelves.calls.keys() & {"of_type", "under"}, page
        assert found == read_whole(lists, query), page


@pytest.mark.parametrize("order", [BY_NAME, (Order(SortBy.SORT_NAME, descending=True),)])
@pytest.mark.parametrize("page", [{}, {"start_index": 1, "limit": 2}, {"count_all": False}])
@pytest.mark.parametrize(
    "names",
    [
        {"name_starts_with": "N1"},
        {"name_from": "n05", "name_below": "n1"},
        {"name_below": "N03"},
        {"name_starts_with": "n0", "name_from": "n09"},
        {"name_starts_with": "n0", "name_below": "a"},
        {"name_from": "n" * 5_000},
        {"name_from": "\0\U0010ffff"},
    ],
)
def test_a_page_of_what_begins_so_is_that_of_all_entries(
    library: World, order: tuple[Order, ...], page: dict[str, int], names: dict[str, str]
) -> None:
    lists = library.container.library.lists
    films = frozenset({ItemType.MOVIE, ItemType.SERIES})
    query = ItemQuery(parent_id=FILMS, recursive=True, types=films, order=order, **page, **names)  # type: ignore[arg-type]  # fields of it
    found = told(lists.page(query))
    assert not library.shelves.calls.keys() & {"of_type", "under"}
    assert found == read_whole(lists, query)


SHOWN: tuple[dict[str, object], ...] = (
    {},
    {"start_index": 1, "limit": 2},
    {"count_all": False},
    {"name_from": "n05", "limit": 3},
)


@pytest.mark.parametrize("parent", [None, FILMS, MUSIC])
@pytest.mark.parametrize("types", TYPES)
@pytest.mark.parametrize("order", [(), BY_NAME, (Order(SortBy.SORT_NAME, descending=True),)])
@pytest.mark.parametrize("named", [GENRES[0], GENRES[3], ARTISTS[2]])
def test_a_page_of_what_mentions_a_named_item_is_that_of_all_entries(
    library: World,
    parent: str | None,
    types: frozenset[ItemType],
    order: tuple[Order, ...],
    named: Mention,
) -> None:
    lists = library.container.library.lists
    for page in SHOWN:
        library.shelves.calls.clear()
        query = ItemQuery(parent_id=parent, recursive=True, types=types, order=order, **page)  # type: ignore[arg-type]  # fields of it
        mentioning = replace(query, mentions=(frozenset({named.id}),))
        found = told(lists.page(mentioning))
        if parent is None:
            assert told(lists.page(replace(query, parent_id=named.id))) == found, page
        assert not library.shelves.calls.keys() & {"of_type", "under", "mentioning"}, page
        assert found == read_whole(lists, mentioning), page


NAMES_SHOWN: tuple[dict[str, object], ...] = (
    {},
    {"start_index": 1, "limit": 2},
    {"count_all": False, "name_below": "z"},
)


@pytest.mark.parametrize("parent", [None, FILMS, MUSIC])
@pytest.mark.parametrize("types", [*TYPES, frozenset({ItemType.AUDIO}), frozenset({ItemType.MUSIC_ALBUM})])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("item_type", [ItemType.GENRE, ItemType.MUSIC_ARTIST])
def test_names_that_a_library_mentions_are_those_of_all_its_entries(
    library: World,
    parent: str | None,
    types: frozenset[ItemType],
    item_type: ItemType,
    *,
    descending: bool,
) -> None:
    named, order = library.container.library.named_items, (Order(SortBy.SORT_NAME, descending=descending),)
    for page in NAMES_SHOWN:
        library.shelves.calls.clear()
        library.shelves.is_tallied = library.shelves.is_listed = True
        query = ItemQuery(parent_id=parent, types=types, order=order, **page)  # type: ignore[arg-type]  # fields of it
        found = told(named.page(item_type, query))
        assert not library.shelves.calls.keys() & {"of_type", "under"}, page
        library.shelves.is_tallied = False
        assert found == told(named.page(item_type, query)), page
        library.shelves.is_listed = False
        assert found == told(named.page(item_type, query)), page


def test_favourite_names_are_read_from_the_book(library: World) -> None:
    named = library.container.library.named_items
    library.books.kept["user", ARTISTS[1].id] = UserData(is_favourite=True)
    query = ItemQuery(user_id="user", states=States(favourite=True))
    assert told(named.page(ItemType.MUSIC_ARTIST, query)) == ([ARTISTS[1].id], 1)
    assert told(named.page(ItemType.GENRE, query)) == ([], 0)
    assert not library.shelves.calls.keys() & {"of_type", "under"}


@pytest.mark.parametrize(("term", "ids"), [("artist 1", [1]), ("ART", [0, 1, 2]), ("nobody", [])])
def test_a_search_among_names_reads_the_keys_that_begin_so(library: World, term: str, ids: list[int]) -> None:
    named = library.container.library.named_items
    page = named.page(ItemType.MUSIC_ARTIST, ItemQuery(search_term=term, limit=100))
    assert told(page) == ([ARTISTS[n].id for n in ids], len(ids))
    assert not library.shelves.calls.keys() & {"of_type", "under"}


@pytest.mark.parametrize("as_album_artist", [True, False])
def test_artists_that_begin_so_are_read_from_their_places(library: World, *, as_album_artist: bool) -> None:
    query = ItemQuery(name_from="artist 1")
    page = library.container.library.named_items.page(
        ItemType.MUSIC_ARTIST, query, as_album_artist=as_album_artist
    )
    left = ARTISTS[1:2] if as_album_artist else ARTISTS[1:]
    assert told(page) == ([artist.id for artist in left], len(left))
    assert not library.shelves.calls.keys() & {"of_type", "under"}


def test_items_are_counted_by_their_places(library: World) -> None:
    summaries = library.container.library.summaries
    counts = summaries.counts(None, None)
    assert not library.shelves.calls.keys() & {"of_type", "under"}
    library.shelves.is_listed = False
    assert counts == summaries.counts(None, None)
    assert (counts[ItemType.MOVIE], counts[ItemType.AUDIO], counts[ItemType.MUSIC_ARTIST]) == (4, 4, 3)


def test_latest_reads_no_entries(library: World) -> None:
    latest = library.container.library.lists.latest(ItemQuery(limit=3))
    assert [item.id for item in latest.items] == [f"{n:032}" for n in (10, 9, 7)]
    assert not library.shelves.calls.keys() & {"of_type", "under"}


@pytest.mark.parametrize("parent", [None, MUSIC])
def test_album_artists_are_read_from_their_places(library: World, parent: str | None) -> None:
    named = library.container.library.named_items
    page = named.page(ItemType.MUSIC_ARTIST, ItemQuery(parent_id=parent, limit=9), as_album_artist=True)
    assert told(page) == ([artist.id for artist in ARTISTS[:2]], 2)
    assert not library.shelves.calls.keys() & {"of_type", "under"}
    nobody = named.page(ItemType.MUSIC_ARTIST, ItemQuery(parent_id=FILMS), as_album_artist=True)
    assert told(nobody) == ([], 0)


def test_all_artists_are_read_from_their_places(library: World) -> None:
    page = library.container.library.named_items.page(ItemType.MUSIC_ARTIST, ItemQuery(limit=2))
    assert told(page) == ([artist.id for artist in ARTISTS[:2]], 3)
    assert not library.shelves.calls.keys() & {"of_type", "under"}


@pytest.mark.parametrize(("types", "ids"), [((), [4]), ((ItemType.MOVIE,), []), ((ItemType.SERIES,), [4])])
def test_a_search_reads_the_keys_that_begin_with_its_term(
    library: World, types: tuple[ItemType, ...], ids: list[int]
) -> None:
    query = ItemQuery(search_term="N4", types=frozenset(types), recursive=True)
    lists = library.container.library.lists
    expected = ([f"{n:032}" for n in ids], len(ids))
    assert told(lists.search(query)) == told(lists.page(query)) == expected
    assert told(lists.page(replace(query, parent_id=FILMS))) == expected
    assert not library.shelves.calls.keys() & {"of_type", "under"}


def test_a_search_of_everything_finds_named_items_and_one_of_a_library_does_not(library: World) -> None:
    lists = library.container.library.lists
    query = ItemQuery(search_term="artist", limit=2)
    assert told(lists.search(query)) == ([artist.id for artist in ARTISTS[:2]], 3)
    assert told(lists.search(replace(query, parent_id=MUSIC))) == ([], 0)
    assert told(lists.page(replace(query, recursive=True))) == ([], 0)
    assert not library.shelves.calls.keys() & {"of_type", "under"}


@pytest.mark.parametrize(
    "query",
    [
        ItemQuery(recursive=True, types=frozenset({ItemType.AUDIO}), years=frozenset({1999})),
        ItemQuery(recursive=True, types=frozenset({ItemType.MUSIC_ARTIST})),
        ItemQuery(recursive=True, order=(Order(SortBy.COMMUNITY_RATING),)),
        ItemQuery(recursive=True, order=NEWEST, name_starts_with="n1"),
        ItemQuery(recursive=True, search_term="n", name_starts_with="n1"),
        ItemQuery(parent_id=FILMS),
        ItemQuery(recursive=True, mentions=(frozenset({GENRES[0].id}),), order=NEWEST),
        ItemQuery(recursive=True, mentions=(frozenset({GENRES[0].id}),), years=frozenset({1999})),
        ItemQuery(recursive=True, mentions=(frozenset(genre.id for genre in GENRES),)),
    ],
)
def test_what_no_listing_has_is_read_from_all_entries(library: World, query: ItemQuery) -> None:
    lists = library.container.library.lists
    assert lists.listed_page(query) is None
    assert told(lists.page(query)) == read_whole(lists, query)


def test_while_items_are_being_listed_lists_are_read_as_before(library: World) -> None:
    library.shelves.is_listed = False
    lists = library.container.library.lists
    query = ItemQuery(recursive=True, types=frozenset({ItemType.MOVIE}))
    assert told(lists.page(query)) == read_whole(lists, query)
    assert library.shelves.calls["of_type"]
