"""Lists are filtered and sorted as the query says, and the same way each time."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.queries import ItemQuery, Order, SortBy
from chalicelib.domain.library.selection import ordered, selected

HEAT = Entry(
    "1",
    ItemType.MOVIE,
    "Heat",
    "heat",
    "2026-01-01",
    year=1995,
    genres=("Crime",),
    studios=("Regency",),
    mentions=("pacino", "crime"),
)
AMELIE = Entry("2", ItemType.MOVIE, "Amélie", "amelie", "2026-01-03", year=2001, genres=("Romance",))
PLAY = Entry(
    "3",
    ItemType.MUSIC_ALBUM,
    "Play",
    "play",
    "2026-01-02",
    artists=("Moby",),
    mentions=("moby",),
    album_artists=("moby",),
)
ALL = (HEAT, AMELIE, PLAY)

ENTRIES = st.builds(
    Entry,
    id=st.uuids().map(lambda value: value.hex),
    type=st.sampled_from(ItemType),
    name=st.text(max_size=5),
    sort_name=st.text(max_size=5),
    created=st.text("0123", max_size=3),
    year=st.none() | st.integers(1900, 1903),
    index_number=st.none() | st.integers(0, 3),
    parent_index_number=st.none() | st.integers(0, 3),
)
ORDERS = st.lists(
    st.builds(Order, st.sampled_from(sorted(set(SortBy) - {SortBy.RANDOM})), st.booleans()), max_size=3
).map(tuple)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (ItemQuery(), (AMELIE, HEAT, PLAY)),
        (ItemQuery(types=frozenset({ItemType.MOVIE})), (AMELIE, HEAT)),
        (ItemQuery(excluded_types=frozenset({ItemType.MOVIE})), (PLAY,)),
        (ItemQuery(media_types=frozenset({"Video"})), (AMELIE, HEAT)),
        (ItemQuery(search_term="AMEL"), (AMELIE,)),
        (ItemQuery(search_term=" "), (AMELIE, HEAT, PLAY)),
        (ItemQuery(name_starts_with="á"), (AMELIE,)),
        (ItemQuery(name_from="heat"), (HEAT, PLAY)),
        (ItemQuery(name_below="heat"), (AMELIE,)),
        (ItemQuery(years=frozenset({1995, 1996})), (HEAT,)),
        (ItemQuery(genres=("crime", "war")), (HEAT,)),
        (ItemQuery(studios=("REGENCY",)), (HEAT,)),
        (ItemQuery(artists=("moby",)), (PLAY,)),
        (ItemQuery(mentions=(frozenset({"pacino", "reno"}),)), (HEAT,)),
        (ItemQuery(mentions=(frozenset({"pacino"}), frozenset({"war"}))), ()),
        (ItemQuery(album_artists=frozenset({"moby"})), (PLAY,)),
        (ItemQuery(order=(Order(SortBy.DATE_CREATED, descending=True),)), (AMELIE, PLAY, HEAT)),
        (ItemQuery(order=(Order(SortBy.PRODUCTION_YEAR),)), (PLAY, HEAT, AMELIE)),
        (ItemQuery(order=(Order(SortBy.IS_FOLDER),)), (PLAY, HEAT, AMELIE)),
    ],
)
def test_a_query_selects_and_sorts(query: ItemQuery, expected: tuple[Entry, ...]) -> None:
    assert selected(ALL, query) == expected


@given(st.lists(ENTRIES, unique_by=lambda entry: entry.id), ORDERS, st.randoms())
def test_the_order_does_not_depend_on_how_entries_come(
    entries: list[Entry], order: tuple[Order, ...], random: Random
) -> None:
    shuffled = random.sample(entries, len(entries))
    assert ordered(shuffled, order) == ordered(entries, order)


def test_a_random_order_is_a_permutation() -> None:
    entries = [replace(HEAT, id=str(number)) for number in range(50)]
    shuffled = ordered(entries, (Order(SortBy.RANDOM),), Random(1))  # noqa: S311  # variety, not secrecy
    assert shuffled != tuple(entries)
    assert sorted(shuffled, key=lambda entry: int(entry.id)) == entries


def test_later_levels_decide_where_earlier_ones_are_equal() -> None:
    first, second = replace(HEAT, id="8", index_number=2), replace(HEAT, id="9", index_number=1)
    order = (Order(SortBy.NAME), Order(SortBy.INDEX_NUMBER))
    assert ordered([first, second], order) == (second, first)
