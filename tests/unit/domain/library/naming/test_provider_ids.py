"""Ids of other sites in names; the examples are those by which Jellyfin tests itself."""

import pytest

from chalicelib.domain.library.naming.provider_ids import OF_SEASONS, provider_ids


@pytest.mark.parametrize(
    ("text", "site", "number"),
    [
        ("Superman: Red Son [imdbid=tt10985510]", "Imdb", "tt10985510"),
        ("Superman: Red Son [imdbid-tt10985510]", "Imdb", "tt10985510"),
        ("Superman: Red Son - tt10985510", "Imdb", "tt10985510"),
        ("Superman: Red Son {imdbid=tt10985510}", "Imdb", "tt10985510"),
        ("Superman: Red Son (imdbid-tt10985510)", "Imdb", "tt10985510"),
        ("Superman: Red Son", "Imdb", None),
        ("Superman: Red Son [tmdbid=618355][imdbid=tt10985510]", "Imdb", "tt10985510"),
        ("Superman: Red Son [tmdbid-618355]{imdbid-tt10985510}", "Imdb", "tt10985510"),
        ("Superman: Red Son (tmdbid-618355)[imdbid-tt10985510]", "Tmdb", "618355"),
        ("Superman: Red Son [tmdbid=3]", "Tmdb", "3"),
        ("Superman: Red Son [tvdbid-6]", "Tvdb", "6"),
        ("Superman: Red Son [tvdb-6]", "Tvdb", "6"),
        ("[tmdbid=618355]", "Tmdb", "618355"),
        ("{tmdbid-618355)", "Tmdb", None),
        ("[tmdbid-618355}", "Tmdb", None),
        ("tmdbid=111111][tmdbid=618355]", "Tmdb", "618355"),
        ("[tmdbid=618355]tmdbid=111111]", "Tmdb", "618355"),
        ("tmdbid=618355]", "Tmdb", None),
        ("[tmdbid=618355", "Tmdb", None),
        ("tmdbid=618355", "Tmdb", None),
        ("tmdbid=", "Tmdb", None),
        ("[tmdbid=][imdbid=tt10985510]", "Tmdb", None),
        ("Superman: Red Son [tmdbid-618355][tmdbid=1234567]", "Tmdb", "618355"),
        ("Show [tvmazeid=67890]", "TvMaze", "67890"),
        ("Show [tvmaze=67890]", "TvMaze", None),
        ("Show [anidbid=11111]", "AniDB", "11111"),
        ("Show [anilistid=22222]", "AniList", "22222"),
        ("Show [anisearchid=33333]", "AniSearch", "33333"),
        ("tt123", "Imdb", None),
        ("Watt01234567", "Imdb", None),
    ],
)
def test_an_id_stands_in_brackets_of_one_kind(text: str, site: str, number: str | None) -> None:
    assert provider_ids(text).get(site) == number


def test_each_kind_of_item_has_its_sites() -> None:
    text = "Season 01 [tvdbid=12345][tmdbid=99999][imdbid=tt1234567]"
    assert provider_ids(text, OF_SEASONS) == {"Tvdb": "12345", "Tmdb": "99999"}
