"""Facts from `.nfo` files, whoever wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.naming.nfo import MOST_BYTES, Nfo, read_nfo


def test_a_films_file() -> None:
    text = """<?xml version="1.0" encoding="utf-8"?>
    <movie>
      <title>Fox: Home</title><year>2004</year><tmdbid>12</tmdbid><imdb_id>tt0000012</imdb_id>
      <uniqueid type="tvdb" default="true">77</uniqueid><tmdbcolid>9</tmdbcolid>
      <set><name>Not the title</name></set><actor><name>Nor this</name><tmdbid>5</tmdbid></actor>
    </movie>"""
    assert read_nfo(text.encode()) == Nfo(
        "Fox: Home",
        2004,
        provider_ids={"Tmdb": "12", "Imdb": "tt0000012", "Tvdb": "77", "TmdbCollection": "9"},
    )


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (
            '<movie><id TMDB="1" TVDB="2" IMDB="tt0000003"/></movie>',
            {"Tmdb": "1", "Tvdb": "2", "Imdb": "tt0000003"},
        ),
        ("<movie><id>tt0000003</id></movie>", {"Imdb": "tt0000003"}),
        ("<tvshow><id>73739</id></tvshow>", {}),
        ("<tvshow><uniqueid type='TvMaze'>5</uniqueid></tvshow>", {"TvMaze": "5"}),
        ("<album><musicbrainzalbumid>0a-1b</musicbrainzalbumid></album>", {"MusicBrainzAlbum": "0a-1b"}),
        ("<movie><title>x</title></movie>\nhttps://www.themoviedb.org/movie/603-the", {"Tmdb": "603"}),
        ("https://www.imdb.com/title/tt0133093/", {"Imdb": "tt0133093"}),
        ("https://thetvdb.com/?tab=series&id=73739", {"Tvdb": "73739"}),
        ("https://www.themoviedb.org/tv/4607", {"Tmdb": "4607"}),
        ("<movie><tmdbid>1 or 2</tmdbid></movie>", {}),
        ("<movie><plot>see tt0000009</plot></movie>", {}),
        ("<movie><tmdbid>7</tmdbid><broken", {"Tmdb": "7"}),
    ],
)
def test_ids(text: str, ids: dict[str, str]) -> None:
    assert read_nfo(text.encode()).provider_ids == ids


def test_seasons_and_episodes() -> None:
    assert read_nfo(b"<season><seasonnumber>4</seasonnumber></season>").season == 4
    two = b"<episodedetails><season>1</season><episode>2</episode></episodedetails>"
    assert read_nfo(two + two.replace(b"2", b"3")) == Nfo(season=1, episode=2)


@pytest.mark.parametrize("year", ["1850", "99999", "-5", "x"])
def test_a_year_must_be_one(year: str) -> None:
    assert read_nfo(f"<movie><year>{year}</year></movie>".encode()).year is None


def test_a_file_that_declares_entities_is_refused() -> None:
    bomb = b"""<!DOCTYPE movie [<!ENTITY a "tt0000001"><!ENTITY b "&a;&a;&a;">]>
    <movie><title>&b;</title><id>&a;</id></movie> tt0000002"""
    assert read_nfo(bomb) == Nfo()


def test_nothing_is_loaded_from_elsewhere() -> None:
    text = b"""<!DOCTYPE movie SYSTEM "file:///etc/passwd"><movie><title>x</title></movie>"""
    assert read_nfo(text).title == "x"


def test_a_file_that_is_too_large_says_nothing() -> None:
    assert read_nfo(b"<movie><title>x</title></movie>" + b" " * MOST_BYTES) == Nfo()


def test_a_file_of_nothing_but_depth_is_read() -> None:
    assert read_nfo(b"<a>" * 100_000) == Nfo()


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(text: bytes) -> None:
    assert isinstance(read_nfo(text), Nfo)
