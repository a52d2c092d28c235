"""Which item a folder's name means."""

from dataclasses import replace
from re import escape

import pytest

from chalicelib.domain.library.items import Item, ItemType
from chalicelib.errors import InvalidInputError, NotFoundError
from chalicelib.services.intake.folder_matching import FolderMatching
from tests.support.fakes.accounts import NOON
from tests.support.fakes.library import FakeLibrary


def made(number: int, item_type: ItemType, name: str, year: int | None = None, **ids: str) -> Item:
    return Item(f"{number:032x}", item_type, name, name.lower(), NOON, year=year, provider_ids=ids)


ITEMS = (
    made(1, ItemType.MOVIE, "Dune", 1984),
    made(2, ItemType.MOVIE, "Dune", 2021),
    made(3, ItemType.SERIES, "Lost", 2004, Tmdb="4607"),
    made(4, ItemType.SERIES, "Lost", 2004, Tmdb="9"),
    made(5, ItemType.PERSON, "Amélie Poulain"),
    made(6, ItemType.MOVIE, "Amélie Poulain", 2001),
    made(7, ItemType.MUSIC_ARTIST, "Björk"),
    made(8, ItemType.MOVIE, "Q&A + more", 1990),
    made(10, ItemType.MOVIE, "Solaris", 1972, Tmdb="593"),
    made(11, ItemType.MOVIE, "Fox: Home", 2004),
    made(12, ItemType.MUSIC_ARTIST, "R.E.M."),
)


@pytest.fixture
def names() -> FolderMatching:
    library = FakeLibrary()
    for item in ITEMS:
        library.add(item)
    season = replace(made(9, ItemType.SEASON, "Season 1"), ancestors=(f"{3:032x}",), index_number=1)
    library.add(season)
    above = (f"{3:032x}", f"{9:032x}")
    library.add(replace(made(13, ItemType.EPISODE, "Pilot"), ancestors=above, index_number=2))
    return FolderMatching(library)


@pytest.mark.parametrize(
    ("folder", "number"),
    [
        (f"{2:032x}", 2),
        (f"{2:032X}", 2),
        ("00000000-0000-0000-0000-000000000002", 2),
        ("Dune (2021)", 2),
        ("dune (1984)", 1),
        ("Lost (2004) [tmdbid-4607]", 3),
        ("Lost {tmdb-9}", 4),
        ("Amélie Poulain (2001)", 6),
        ("BJÖRK", 7),
        ("Q&A + more", 8),
        ("Dune (2021) [imdbid-tt1160419]", 2),
        ("Soljaris (1972) [tmdbid-593]", 10),
        ("Fox - Home (2004)", 11),
        ("Fox.Home.2004.1080p.BluRay", 11),
        ("R.E.M.", 12),
    ],
)
def test_an_item_is_found_by_id_name_year_and_ids_elsewhere(
    names: FolderMatching, folder: str, number: int
) -> None:
    assert names.find(folder).id == f"{number:032x}"


@pytest.mark.parametrize("folder", ["Dune", "Lost (2004)", "Amélie Poulain"])
def test_a_name_that_several_items_have_is_refused(names: FolderMatching, folder: str) -> None:
    with pytest.raises(InvalidInputError, match=escape(f"2 items are called '{folder}'")):
        names.find(folder)


@pytest.mark.parametrize("folder", ["Alien", "Dune (1999)", "f" * 32])
def test_an_unknown_name_is_an_error(names: FolderMatching, folder: str) -> None:
    with pytest.raises(NotFoundError, match=escape(folder)):
        names.find(folder)


def test_a_season_is_found_by_its_number(names: FolderMatching) -> None:
    series = names.find(f"{3:032x}")
    assert names.season(series, 1).name == "Season 1"
    assert list(names.seasons(series)) == [(1, "Season 1")]
    with pytest.raises(NotFoundError, match="season 2 of Lost"):
        names.season(series, 2)


def test_an_item_with_another_id_at_that_site_is_another_item(names: FolderMatching) -> None:
    with pytest.raises(NotFoundError, match=escape("Did you mean 'Solaris (1972)' (")):
        names.find("Solaris (1972) [tmdbid-594]")


def test_an_episode_is_found_by_its_number(names: FolderMatching) -> None:
    season = names.season(names.find(f"{3:032x}"), 1)
    assert names.episode(season, 2).name == "Pilot"
    with pytest.raises(NotFoundError, match="episode 3 of Season 1"):
        names.episode(season, 3)
