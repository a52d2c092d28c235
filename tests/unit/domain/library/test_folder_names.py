"""What names of folders and files say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.folder_names import (
    EpisodeNumber,
    Title,
    episode_of,
    season_name,
    season_of,
    title_of,
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Dune", Title("Dune")),
        ("Dune (2021)", Title("Dune", 2021)),
        ("The Matrix (1999) [tmdbid-603]", Title("The Matrix", 1999, {"Tmdb": "603"})),
        ("The Matrix (1999) {tmdb-603}", Title("The Matrix", 1999, {"Tmdb": "603"})),
        ("The Matrix [imdbid=tt0133093]", Title("The Matrix", None, {"Imdb": "tt0133093"})),
        ("Lost (2004) [tvdbid-73739] [tmdbid-4607]", Title("Lost", 2004, {"Tvdb": "73739", "Tmdb": "4607"})),
        ("Blade Runner (1982) {edition-Final Cut}", Title("Blade Runner", 1982)),
        ("Dune (2021) - [1080p]", Title("Dune", 2021)),
        ("2001 - A Space Odyssey (1968)", Title("2001 - A Space Odyssey", 1968)),
        ("Movie (Director's Cut)", Title("Movie (Director's Cut)")),
        ("(2012)", Title("(2012)", 2012)),
        ("[REC]", Title("[REC]")),
        ("Amélie & Co + 1 (2001)", Title("Amélie & Co + 1", 2001)),
    ],
)
def test_a_name_is_taken_apart(text: str, title: Title) -> None:
    assert title_of(text) == title


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert title_of(text).name or not text.strip()
    assert (season_of(text) or 0) >= 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Season 01", 1),
        ("season 1", 1),
        ("Season 2 (2005)", 2),
        ("S03", 3),
        ("Season.10", 10),
        ("Specials", 0),
        ("Season 0", 0),
        ("Season 2019", 2019),
        ("Seasoned", None),
        ("S01E02", None),
        ("Extras", None),
        ("Dune", None),
    ],
)
def test_a_season_is_known_by_its_folder(text: str, number: int | None) -> None:
    assert season_of(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Lost - S01E02 - Pilot", EpisodeNumber(1, 2)),
        ("lost.s10e123.1080p", EpisodeNumber(10, 123)),
        ("S00 E05", EpisodeNumber(0, 5)),
        ("Lost 1x02", EpisodeNumber(1, 2)),
        ("movie 1920x1080", None),
        ("heroes02e01", None),
        ("Dune (2021)", None),
    ],
)
def test_an_episode_is_known_by_its_file(text: str, number: EpisodeNumber | None) -> None:
    assert episode_of(text) == number


def test_a_season_without_a_name_is_called_as_jellyfin_does() -> None:
    assert [season_name(number) for number in (0, 1, 12)] == ["Specials", "Season 1", "Season 12"]
