"""Next episodes in a library of many: no more series are read than the page needs, the latest watched first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.queries import ItemQuery
from chalicelib.domain.library.user_data import UserData
from chalicelib.services.library.shows import NextUpQuery
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import World

TOP, USER = "1" * 32, "user"
ANY = NextUpQuery()
SERIES, EPISODES, WATCHED = 40, 3, 30


def of(kind: str, series: int, number: int = 0) -> str:
    return f"{kind}{series:015}{number:016}"


@pytest.fixture
def library(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Forty series of one season, of which Ann watched the first episode of thirty, the third one last."""
    monkeypatch.setattr("chalicelib.services.library.entries.FEW_MENTIONS", 9)
    monkeypatch.setattr("chalicelib.services.library.shows._AT_ONCE", 4)
    world.library.add(Item(TOP, ItemType.COLLECTION_FOLDER, "Shows", "shows", NOON))
    for n in range(SERIES):
        series, season, name = of("a", n), of("b", n), f"Series {n}"
        world.library.add(Item(series, ItemType.SERIES, name, name.lower(), NOON, (TOP,)))
        above = (TOP, series)
        world.library.add(Item(season, ItemType.SEASON, "Season 1", "season 1", NOON, above, index_number=1))
        for number in range(EPISODES):
            name = f"{n} E{number}"
            one = Item(
                of("c", n, number), ItemType.EPISODE, name, name.lower(), NOON, (*above, season), series
            )
            world.library.add(replace(one, index_number=number, parent_index_number=1))
    for n in range(WATCHED):
        keep(world, of("c", n), day=n * 7 % WATCHED)
    world.shelves.calls.clear()
    return world


def keep(world: World, item_id: str, day: int, *, is_played: bool = True) -> None:
    at = (NOON + timedelta(days=day)).isoformat()
    world.books.kept[USER, item_id] = UserData(
        is_played=is_played, last_played=at, position_ticks=not is_played
    )


def next_up(world: World, query: ItemQuery, wanted: NextUpQuery = ANY) -> tuple[Sequence[str], int]:
    found = world.container.library.shows.next_up(wanted, query)
    return [item.name for item in found.items], found.total


ORDER = [f"{n} E1" for n in sorted(range(WATCHED), key=lambda n: n * 7 % WATCHED, reverse=True)]


@pytest.mark.parametrize(("start", "limit"), [(0, 5), (5, 3), (28, 9), (40, 5)])
def test_a_page_reads_the_series_that_it_shows(library: World, start: int, limit: int) -> None:
    query = ItemQuery(user_id=USER, start_index=start, limit=limit)
    assert next_up(library, replace(query, count_all=False)) == (ORDER[start : start + limit], 0)
    assert library.shelves.calls["children"] <= 1 + 2 * (start + limit + 1)
    assert library.shelves.calls["of_type"] == 0
    assert next_up(library, query) == (ORDER[start : start + limit], min(WATCHED, start + limit + 10))


def test_it_is_the_page_of_a_library_of_few_episodes(library: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(library, of("c", 3, 1), day=99, is_played=False)  # begun: its series was watched last
    keep(library, of("c", 8, 2), day=98)  # nothing is left
    keep(library, of("c", 33, 1), day=97, is_played=False)  # begun and never finished
    keep(library, TOP, day=96)
    library.books.kept[USER, of("c", 35)] = UserData(is_played=True)  # nobody knows when
    since = (NOON + timedelta(days=20)).isoformat()
    wanted = [ANY, NextUpQuery(watched_since=since), NextUpQuery(resumable=False)]
    query = ItemQuery(user_id=USER)
    pages = [query, replace(query, limit=4), replace(query, start_index=2, limit=3)]
    pages += [replace(query, parent_id=parent) for parent in (TOP, of("a", 3))]
    many = [next_up(library, page, each)[0] for each in wanted for page in pages]
    monkeypatch.setattr("chalicelib.services.library.entries.FEW_MENTIONS", 1_000)
    assert many == [next_up(library, page, each)[0] for each in wanted for page in pages]
    assert many[0][0] == "3 E1"
