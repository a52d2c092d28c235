"""Which folder of a series is a season; the examples are those by which Jellyfin tests itself, and ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.naming.seasons import season_name, season_of

IN_A_SERIES = """
1 | Drive | Season 1
1 | Drive | SEASON 1
1 | Drive | Staffel 1
1 | Drive | STAFFEL 1
1 | Drive | Stagione 1
1 | Drive | STAGIONE 1
1 | Drive | sæson 1
1 | Drive | SÆSON 1
1 | Drive | Temporada 1
1 | Drive | series 1
1 | Drive | SERIES 1
1 | Drive | Kausi 1
1 | Drive | KAUSI 1
1 | Drive | Säsong 1
1 | Drive | SÄSONG 1
1 | Drive | Seizoen 1
1 | Drive | Seasong 1
1 | Drive | SEASONG 1
1 | Drive | Sezon 1
1 | Drive | sezona 1
1 | Drive | sezóna 1
1 | Drive | SEZÓNA 1
1 | Drive | Sezonul 1
1 | Drive | 시즌 1
1 | Drive | シーズン 1
1 | Drive | сезон 1
1 | Drive | СЕЗОН 1
1 | Drive | Série 1
1 | Drive | séria 1
1 | Drive | seria 1
1 | Drive | Serie 1
1 | Drive | Saison 1
10 | Drive | Season 10
100 | Drive | Season 100
1 | Drive | s1
1 | Drive | S1
2 | Drive | Season 02
2 | Seinfeld | S02
2 | Seinfeld | 2
2 | Seinfeld | Seinfeld Season 2
2 | Seinfeld | Seinfeld - S02
2009 | Drive | Season 2009
1 | Drive | Season1
4 | The Wonder Years | The.Wonder.Years.S04.PDTV.x264-JCH
4 | The Wonder Years | The.Wonder.Years.S04.1080p.PDTV.x264-JCH
4 | The Wonder Years | [The.Wonder.Years.S04.1080p.PDTV.x264-JCH]
4 | The Wonder Years | The.Wonder.Years [S04][1080p.PDTV.x264-JCH]
1 | The Wonder Years | The Wonder Years Season 01 1080p
7 | Drive | Season 7 (2016)
7 | Drive | Staffel 7 (2016)
1 | Stargate SG-1 | Season 1
1 | Stargate SG-1 | Stargate SG-1 Season 1
3 | Drive | 3.Staffel
2 | Lantern | 2. Sezon
1 | Lantern | 1st Season
4 | Lantern | Saison 04 (2016)
5 | Lantern | Season 05 720p
0 | Drive | extras
0 | Drive | specials
0 | Drive | SPECIALS
1 | Drive | Drive.S01.2160p.WEB-DL.DDP5.1.H.265-XXXX
5 | Mill | Mill [S05][1080p.GRP]
1 | Solar Opposites (2020) | Solar Opposites (2020) - Season 1
1 | Solar Opposites | Solar Opposites - Season 1
5 | Friends | Friends - Staffel 5
7 | Rick and Morty | Rick and Morty - Season 7 (2023)
1 | The Series Finale | The Series Finale - Season 1
1 | Reasoning | Reasoning - S01
- | Drive | Season (8)
- | Drive | s06e05
- | Drive | The.Legend.of.Condor.Heroes.2017.V2.web-dl.1080p.h264.aac-hdctv
- | Drive | Episode 1 Season 2
- | Devyn Johnston | 2024-01-24 4070 Ti SUPER in under 7 minutes
- | Devyn Johnston | 2025-01-28 5090 vs 2 SFF Cases
- | Drive | 202401244070
- | Drive | Seasoned
- | Drive | Bonus stuff
- | Drive | Movies4
- | Drive | Season 1920x1080
- | Drive | Dune
"""
BY_WORD = """
- | 300 Collection | 300 (2006)
- | 300 Collection | 300 Rise of an Empire
- | 300 Collection | 1
- | 300 Collection | 300 Disc 1
- | 28 Years Later Collection | 28 Days Later
- | 28 Years Later Collection | 28 Weeks Later (2007)
- | 28 Years Later Collection | 28 Years Later 2025
- | x | Specials
- | media | 3000.Women.And.Me.The.Crimson.Tide.Story.2027.HUN.WEB-DL.1080p.H.264-HORDE
- | media | 30.Years.After.2026.1080p.MA.WEBRip.DDP5.1.Atmos.x264.HUN-PULSAR
- | media | Canadian Maniac 1999 1080p CEE Blu-Ray ReMuX AVC DTS-HD 5.1-HQZONE
- | media | Le.Grand.Cabaret.presente.40.20.Jean.Dupont.1080p.TVP.WEB-DL.AAC2.0.H.264.HUN
1 | 300 Collection | Season 1
1 | 28 Years Later Collection | Season 01
1 | 300 Collection | S01
1 | 300 Collection | S1
"""


def _cases(text: str) -> list[tuple[str, str, int | None]]:
    rows = (line.split(" | ") for line in text.strip().splitlines())
    return [(folder, series, None if number == "-" else int(number)) for number, series, folder in rows]


@pytest.mark.parametrize(("folder", "series", "number"), _cases(IN_A_SERIES))
def test_a_season_is_known_by_its_folder(folder: str, series: str, number: int | None) -> None:
    assert season_of(folder, series) == number


@pytest.mark.parametrize(("folder", "series", "number"), _cases(BY_WORD))
def test_where_nobody_knows_of_a_series_a_season_has_its_word(folder: str, series: str, number: int | None) -> None:
    assert season_of(folder, series, by_word=True) == number


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_read(text: str, series: str) -> None:
    assert (season_of(text, series) or 0) >= 0


def test_a_season_without_a_name_is_called_as_jellyfin_does() -> None:
    assert [season_name(number) for number in (0, 1, 12)] == ["Specials", "Season 1", "Season 12"]
