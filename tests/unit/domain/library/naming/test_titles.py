"""What names of folders and files say of titles; many examples are those by which Jellyfin tests itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.naming.extensions import is_video, stem_of
from chalicelib.domain.library.naming.titles import Title, film_title, named, plain_title, series_title
from tests.support.naming.examples import examples


@pytest.mark.parametrize(("text", "name", "year"), examples("films"))
def test_the_name_of_a_film(text: str, name: str, year: str) -> None:
    title = film_title(stem_of(text) if is_video(text) else text)
    assert (title.name, str(title.year or "-")) == (name, year)


@pytest.mark.parametrize(
    ("text", "name", "year"),
    [
        ("The.Show.S01", "The Show", None),
        ("The.Show.S01.COMPLETE", "The Show", None),
        ("S.H.O.W.S01", "S.H.O.W", None),
        ("The.Show.P.I.S01", "The Show P.I", None),
        ("The_Show_Season_1", "The Show", None),
        ("The Show", "The Show", None),
        ("The Show Season 10", "The Show", None),
        ("The Show s02e10 720p hdtv", "The Show", None),
        ("The Show s02e10 the episode 720p hdtv", "The Show", None),
        ("1923 (2022)", "1923", 2022),
        ("Marvel's Agents of S.H.I.E.L.D.", "Marvel's Agents of S.H.I.E.L.D.", None),
        ("Marvel's.Agents.of.S.H.I.E.L.D.", "Marvel's Agents of S.H.I.E.L.D.", None),
        ("The.Show.S.H.O.W", "The Show S.H.O.W", None),
        ("Dawson's Creek", "Dawson's Creek", None),
        ("Bunker.S03.1080p.PULSAR.WEB-DL.DDP5.1.Atmos.H.264-showWEB", "Bunker", None),
        ("Outer.Colony.S01.1080p.NOVA.WEB-DL.DDP5.1.H.264.HUN.ENG-QUASAR", "Outer Colony", None),
        ("Starlight.S02.1080p.NOVA.WEB-DL.DDP5.1.Atmos.DV.HDR.H265.HUN.ENG-Z9R", "Starlight", None),
        ("Lost (2004) [tvdbid-73739] [tmdbid-4607]", "Lost", 2004),
        ("Space 1999", "Space 1999", None),
        ("Series 7", "Series 7", None),
    ],
)
def test_the_name_of_a_series(text: str, name: str, year: int | None) -> None:
    title = series_title(text)
    assert (title.name, title.year) == (name, year)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Debut (1993)", Title("Debut", 1993)),
        (
            "[1985] Opportunities (Let's make lots of money)",
            Title("[1985] Opportunities (Let's make lots of money)"),
        ),
        ("Saga [boxset]", Title("Saga")),
        ("Saga [BoxSet] [tmdbid-10]", Title("Saga", None, {"Tmdb": "10"})),
        ("R.E.M.", Title("R.E.M.")),
    ],
)
def test_the_name_of_an_album_or_a_box_set_stays_as_it_is(text: str, title: Title) -> None:
    assert plain_title(text) == title


@pytest.mark.parametrize(
    "text", ["J. R. Moss Jr.", "Bo & His Kites", "R.E.M.", "Sum 41", "1984", "Blink (182)"]
)
def test_the_name_of_an_artist_stays_whole(text: str) -> None:
    assert named(text) == Title(text)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for read in (film_title, series_title, plain_title, named):
        assert read(text).name or not text
