"""Which season and episode a file's name tells; the examples are those by which Jellyfin tests itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.naming.episodes import EpisodeName, episode_of
from chalicelib.domain.library.naming.extensions import is_video, stem_of
from chalicelib.domain.library.naming.seasons import season_of


def read(path: str) -> EpisodeName:
    """Read a path's last part, with the season that the folder above tells."""
    *above, name = path.replace("\\", "/").strip("/").split("/")
    folder = above[-1] if above else ""
    series = above[-2] if len(above) > 1 else ""
    stem = stem_of(name) if is_video(name) else name
    return episode_of(stem, season_of(folder, series)) or EpisodeName()


NUMBERS = """
1001 | Season 21/One Piece 1001
3 | Watchmen (2019)/Watchmen 1x03 [WEBDL-720p][EAC3 5.1][h264][-TBS] - She Was Killed by Space Junk.mkv
22 | The Daily Show/The Daily Show 25x22 - [WEBDL-720p][AAC 2.0][x264] Noah Baumbach-TBS.mkv
1 | Castle Rock 2x01 Que el rio siga su curso [WEB-DL HULU 1080p h264 Dual DD5.1 Subs].mkv
6 | After Life 1x06 Episodio 6 [WEB-DL NF 1080p h264 Dual DD 5.1 Sub].mkv
3 | Season 02/S02E03 blah.avi
3 | Season 2/02x03 - 02x04 - 02x15 - Ep Name.mp4
3 | Season 02/02x03 - x04 - x15 - Ep Name.mp4
2 | Season 1/01x02 blah.avi
2 | Season 1/S01x02 blah.avi
2 | Season 1/S01E02 blah.avi
3 | Season 2/Elementary - 02x03-04-15 - Ep Name.mp4
2 | Season 1/S01xE02 blah.avi
2 | Season 1/seriesname S01E02 blah.avi
16 | Season 2/Episode - 16.avi
16 | Season 2/Episode 16.avi
16 | Season 2/Episode 16 - Some Title.avi
16 | Season 2/16 Some Title.avi
16 | Season 2/16 - 12 Some Title.avi
7 | Season 2/7 - 12 Angry Men.avi
2 | Season 1/seriesname 01x02 blah.avi
9 | Season 25/The Simpsons.S25E09.Steal this episode.mp4
2 | Season 1/seriesname S01x02 blah.avi
3 | Season 2/Elementary - 02x03 - 02x04 - 02x15 - Ep Name.mp4
2 | Season 1/seriesname S01xE02 blah.avi
3 | Season 02/Elementary - 02x03 - x04 - x15 - Ep Name.mp4
3 | Season 02/Elementary - 02x03x04x15 - Ep Name.mp4
3 | Season 2/02x03-04-15 - Ep Name.mp4
3 | Season 02/02x03-E15 - Ep Name.mp4
3 | Season 02/Elementary - 02x03-E15 - Ep Name.mp4
3 | Season 02/02x03x04x15 - Ep Name.mp4
23 | Season 1/Elementary - S01E23-E24-E26 - The Woman.mp4
23 | Season 2009/S2009E23-E24-E26 - The Woman.mp4
2 | Season 2009/2009x02 blah.avi
2 | Season 2009/S2009x02 blah.avi
2 | Season 2009/S2009E02 blah.avi
2 | Season 2009/seriesname 2009x02 blah.avi
3 | Season 2009/Elementary - 2009x03x04x15 - Ep Name.mp4
3 | Season 2009/2009x03x04x15 - Ep Name.mp4
3 | Season 2009/Elementary - 2009x03-E15 - Ep Name.mp4
2 | Season 2009/S2009xE02 blah.avi
23 | Season 2009/Elementary - S2009E23-E24-E26 - The Woman.mp4
2 | Season 2009/seriesname S2009xE02 blah.avi
3 | Season 2009/2009x03-E15 - Ep Name.mp4
2 | Season 2009/seriesname S2009E02 blah.avi
3 | Season 2009/2009x03 - 2009x04 - 2009x15 - Ep Name.mp4
3 | Season 2009/2009x03 - x04 - x15 - Ep Name.mp4
2 | Season 2009/seriesname S2009x02 blah.avi
3 | Season 2009/Elementary - 2009x03 - 2009x04 - 2009x15 - Ep Name.mp4
3 | Season 2009/Elementary - 2009x03-04-15 - Ep Name.mp4
3 | Season 2009/2009x03-04-15 - Ep Name.mp4
3 | Season 2009/Elementary - 2009x03 - x04 - x15 - Ep Name.mp4
2 | Season 1/02 - blah-02 a.avi
2 | Season 1/02 - blah.avi
2 | Season 2/02 - blah 14 blah.avi
2 | Season 2/02.avi
2 | Season 2/2. Infestation.avi
7 | The Wonder Years/The.Wonder.Years.S04.PDTV.x264-JCH/The Wonder Years s04e07 Christmas Party NTSC PDTV.avi
368 | Running Man/Running Man S2017E368.mkv
136 | Season 2/[HorribleSubs] Hunter X Hunter - 136 [720p].mkv
3 | Log Horizon 2/[HorribleSubs] Log Horizon 2 - 03 [720p].mkv
5 | Season 1/seriesname 05.mkv
154 | [BBT-RMX] Ranma ½ - 154 [50AC421A].mkv
21 | Season 2/Episode 21 - 94 Meetings.mp4
7 | /The.Legend.of.Condor.Heroes.2017.V2.web-dl.1080p/The.Legend.of.Condor.Heroes.2017.E07.V2.web-dl.1080p.h264.mkv
9 | Season 3/The Series Season 3 Episode 9 - The title.avi
9 | Season 3/The Series S3 E9 - The title.avi
9 | Season 3/S003 E009.avi
9 | Season 3/Season 3 Episode 9.avi
21 | [VCB-Studio] Re Zero kara Hajimeru Isekai Seikatsu [21][Ma10p_1080p][x265_flac].mkv
4 | [CASO&Sumisora][Oda_Nobuna_no_Yabou][04][BDRIP][1920x1080][x264_AAC][7620E503].mp4
12 | The Simpsons/12.avi
12 | The Simpsons/The Simpsons 12.avi
82 | The Simpsons/The Simpsons 82.avi
112 | The Simpsons/The Simpsons 112.avi
2 | The Simpsons/Foo_ep_02.avi
889 | The Simpsons/The Simpsons 889.avi
101 | The Simpsons/The Simpsons 101.avi
8 | The Simpsons/The Simpsons.S25E08.Steal this episode.mp4
2 | The Simpsons/The Simpsons - 02 - Ep Name.avi
2 | The Simpsons/02 - Ep Name.avi
2 | The Simpsons/02-Ep Name.avi
2 | The Simpsons/02.EpName.avi
2 | The Simpsons/The Simpsons - 02.avi
2 | The Simpsons/The Simpsons - 02 Ep Name.avi
7 | GJ Club (2013)/GJ Club - 07.mkv
317 | Case Closed (1996-2007)/Case Closed - 317.mkv
5 | Dark Decade 1964-1974/05 - Dark Decade 1964-1974 The Dark Room.mp4
1 | Dark Decade 1964-1974/01 - The Holy Trinity.mp4
3 | The Great War/The Great War 1914-1918 Part 3.mkv
2 | /server/anything_ep02.mp4
2 | /server/anything_ep_02.mp4
2 | Ori/ep02.mkv
3 | Season 4/Uchuu.Senkan.Yamato.2199.E03.avi
13 | Case Closed (1996-2007)/Case Closed - 13.mkv
11 | Oregairu/Oregairu Zoku 11 - Hayama Hayato Always Responds.mkv
1 | Aki/Season 1/Aki - 001.mkv
3 | Ori/Season 1/03 - Home.mkv
1 | Ori/Season 1/Episode 1 - Start.mkv
"""
NUMBER_CASES = [(line.split(" | ")[1], int(line.split(" | ")[0])) for line in NUMBERS.strip().splitlines()]


@pytest.mark.parametrize(("path", "number"), NUMBER_CASES)
def test_the_number_of_an_episode(path: str, number: int) -> None:
    assert read(path).number == number


@pytest.mark.parametrize(
    ("path", "series", "season", "number"),
    [
        ("/media/Foo/Foo-S01E01", "Foo", 1, 1),
        ("/media/Foo - S04E011", "Foo", 4, 11),
        ("/media/Foo/Foo s01x01", "Foo", 1, 1),
        ("/media/Foo (2019)/Season 4/Foo (2019).S04E03", "Foo (2019)", 4, 3),
        (r"D:\media\Foo\Foo-S01E01", "Foo", 1, 1),
        ("/Season 2/Elementary - 02x03-04-15 - Ep Name.mp4", "Elementary", 2, 3),
        ("/Season 1/seriesname S01E02 blah.avi", "seriesname", 1, 2),
        ("/Running Man/Running Man S2017E368.mkv", "Running Man", 2017, 368),
        ("/Season 1/seriesname 01x02 blah.avi", "seriesname", 1, 2),
        ("/Season 1/seriesname S01xE02 blah.avi", "seriesname", 1, 2),
        ("/Season 02/Elementary - 02x03 - x04 - x15 - Ep Name.mp4", "Elementary", 2, 3),
        ("/Season 1/Elementary - S01E23-E24-E26 - The Woman.mp4", "Elementary", 1, 23),
        ("/The.Sopranos/Season 3/The Sopranos Season 3 Episode 09 - The Telltale Moozadell.avi", "The Sopranos", 3, 9),
        ("/server/anything_s01e02.mp4", "anything", 1, 2),
        ("/server/anything_s1e2.mp4", "anything", 1, 2),
        ("/server/anything_s01.e02.mp4", "anything", 1, 2),
        ("/server/anything_s01_e02.mp4", "anything", 1, 2),
        ("/server/anything_102.mp4", "anything", 1, 2),
        ("/server/anything_1x02.mp4", "anything", 1, 2),
        ("/server/The Walking Dead 4x01.mp4", "The Walking Dead", 4, 1),
        ("/server/the_simpsons-s02e01_18536.mp4", "the_simpsons", 2, 1),
        ("/server/Temp/S01E02 foo.mp4", "", 1, 2),
        ("Series/4x12 - The Woman.mp4", "", 4, 12),
        ("Series/4-12 - The Woman.mp4", "", 4, 12),
        ("Series/1-12 - The Woman.mp4", "", 1, 12),
        ("Series/LA X, Pt. 1_s06e32.mp4", "LA X, Pt. 1", 6, 32),
        ("x/[Baz-Bar] Foo - 05 [1080p][Multiple Subtitle].mkv", "", None, 5),
        ("/Foo/the.series.name.s01e04.webrip.x264-Baz[Bar].mkv", "the.series.name", 1, 4),
        ("x/[YuiSubs] Tensura - Tensei Datta Ken - 12 (NVENC H.265 1080p).mkv", "", None, 12),
        ("The Daily Show/The Daily Show 25x22 - [WEBDL-720p] Noah Baumbach-TBS.mkv", "The Daily Show", 25, 22),
        ("2016/Season s2016e1.mp4", "Season", 2016, 1),
        ("2016/Season 2016x1.mp4", "Season", 2016, 1),
        ("Zhuki.S02.2021.WEB-DL.1080p/06.Zhuki.S02.2021.WEB-DL.1080p.mkv", "", None, 6),
        ("Atiye.s01.2019.L2.WEBRip1080p/Atiye.e04.2019.L2.WEBRip1080p.mp4", "Atiye", None, 4),
        ("Gde.logika.S07.WEB-DL/Gde.logika.S07.E02.WEB-DL.1080.25Kuzmich.mkv", "Gde.logika", 7, 2),
        ("Zhuki.2019/Zhuki.e17.Film.o.seriale.2019.WEB-DL.(1080p).Getty.mkv", "Zhuki", None, 17),
        ("V.aktivnom.poiske.2021/07.V.aktivnom.poiske.2021.WEB-DL.1080p.mkv", "", None, 7),
        ("Case Closed (1996-2007)/Case Closed - 317.mkv", "", None, 317),
        ("Starlight.S02/Starlight.S02E01.1080p.NOVA.WEB-DL.DDP5.1.Atmos.DV.HDR.H265-Z9R.mkv", "Starlight", 2, 1),
        ("Year/Season 1/Clip (1920x1080) S01E07.mkv", "Clip (1920x1080)", 1, 7),
        ("Lost/Specials/S00E05.mkv", "", 0, 5),
    ],
)
def test_season_number_and_the_series_name(path: str, series: str, season: int | None, number: int) -> None:
    found = read(path)
    assert (found.season, found.number) == (season, number)
    assert not series or found.series == series


LAST = """
- | Season 1/4x01 – 20 Hours in America (1).mkv
- | Season 1/01x02 blah.avi
- | Season 1/S01x02 blah.avi
- | Season 1/S01E02 blah.avi
- | Season 1/S01xE02 blah.avi
- | Season 1/seriesname 01x02 blah.avi
- | Season 1/seriesname S01x02 blah.avi
- | Season 1/seriesname S01E02 blah.avi
- | Season 1/seriesname S01xE02 blah.avi
- | Season 2/02x03 - 04 Ep Name.mp4
- | Season 2/My show name 02x03 - 04 Ep Name.mp4
15 | Season 2/Elementary - 02x03 - 02x04 - 02x15 - Ep Name.mp4
15 | Season 2/02x03 - 02x04 - 02x15 - Ep Name.mp4
15 | Season 2/02x03-04-15 - Ep Name.mp4
15 | Season 2/Elementary - 02x03-04-15 - Ep Name.mp4
15 | Season 02/02x03-E15 - Ep Name.mp4
15 | Season 02/Elementary - 02x03-E15 - Ep Name.mp4
15 | Season 02/02x03 - x04 - x15 - Ep Name.mp4
15 | Season 02/Elementary - 02x03 - x04 - x15 - Ep Name.mp4
15 | Season 02/02x03x04x15 - Ep Name.mp4
15 | Season 02/Elementary - 02x03x04x15 - Ep Name.mp4
26 | Season 1/Elementary - S01E23-E24-E26 - The Woman.mp4
26 | Season 1/S01E23-E24-E26 - The Woman.mp4
- | Season 2009/2009x02 blah.avi
- | Season 2009/S2009x02 blah.avi
- | Season 2009/S2009E02 blah.avi
- | Season 2009/S2009xE02 blah.avi
- | Season 2009/seriesname 2009x02 blah.avi
- | Season 2009/seriesname S2009x02 blah.avi
- | Season 2009/seriesname S2009E02 blah.avi
- | Season 2009/seriesname S2009xE02 blah.avi
15 | Season 2009/Elementary - 2009x03 - 2009x04 - 2009x15 - Ep Name.mp4
15 | Season 2009/2009x03 - 2009x04 - 2009x15 - Ep Name.mp4
15 | Season 2009/2009x03-04-15 - Ep Name.mp4
15 | Season 2009/Elementary - 2009x03-04-15 - Ep Name.mp4
15 | Season 2009/2009x03-E15 - Ep Name.mp4
15 | Season 2009/Elementary - 2009x03-E15 - Ep Name.mp4
15 | Season 2009/2009x03 - x04 - x15 - Ep Name.mp4
15 | Season 2009/Elementary - 2009x03 - x04 - x15 - Ep Name.mp4
15 | Season 2009/2009x03x04x15 - Ep Name.mp4
15 | Season 2009/Elementary - 2009x03x04x15 - Ep Name.mp4
26 | Season 2009/Elementary - S2009E23-E24-E26 - The Woman.mp4
26 | Season 2009/S2009E23-E24-E26 - The Woman.mp4
- | Season 1/02 - blah.avi
- | Season 2/02 - blah 14 blah.avi
- | Season 1/02 - blah-02 a.avi
- | Season 2/02.avi
3 | Season 1/02-03 - blah.avi
4 | Season 2/02-04 - blah 14 blah.avi
5 | Season 1/02-05 - blah-02 a.avi
4 | Season 2/02-04.avi
- | Season 2 /[HorribleSubs] Hunter X Hunter - 136[720p].mkv
- | Season 1/series-s09e14-1080p.mkv
- | Season 1/series-s09e14-720p.mkv
- | Season 1/series-s09e14-720i.mkv
4 | Season 1/MOONLIGHTING_s01e01-e04.mkv
4 | Season 1/MOONLIGHTING_s01e01-e04
- | Season 1/S01E01 The 6-10 to Lubbock [WEBRip-1080p][AV1 Opus].mkv
- | Season 5/S05E23 11-59 [HDTV-1080p][x265 AC3].mkv
- | Season 5/S05E23 11-59 [HDTV-1080p][HEVC AC3].mkv
- | Season 1/S01E01 1-23-45 [Bluray-1080p][AV1 Opus].mkv
- | Season 03/Star Trek Enterprise (2001) - S03E21 - E2 (1080p BluRay x265).mkv
- | Season 02/Series Name (2001) - S02E10 - E5 [WEBRip-1080p].mkv
2 | Season 1/Pair - S01E01E02 - Both.mkv
"""
LAST_CASES = [
    (line.split(" | ")[1], None if line[0] == "-" else int(line.split(" | ")[0])) for line in LAST.strip().splitlines()
]


@pytest.mark.parametrize(("path", "last"), LAST_CASES)
def test_the_last_of_several_episodes_in_one_file(path: str, last: int | None) -> None:
    assert read(path).last == last


@pytest.mark.parametrize(
    ("path", "series", "aired"),
    [
        ("/server/anything_1996.11.14.mp4", "anything", date(1996, 11, 14)),
        ("/server/anything_1996-11-14.mp4", "anything", date(1996, 11, 14)),
        ("/server/james.corden.2017.04.20.anne.hathaway.720p.hdtv.x264-crooks.mkv", "james.corden", date(2017, 4, 20)),
        ("/server/ABC News 2018_03_24_19_00_00.mkv", "ABC News", date(2018, 3, 24)),
        ("/server/Jeopardy 2023 07 14 HDTV x264 AC3.mkv", "Jeopardy", date(2023, 7, 14)),
        ("/server/anything_14.11.1996.mp4", "anything", date(1996, 11, 14)),
        ("/server/A Daily Show - (2015-01-15) - Episode Name - [720p].mkv", "A Daily Show - (", date(2015, 1, 15)),
        ("/server/Last Man Standing_KTLADT_2018_05_25_01_28_00.wtv", "", date(2018, 5, 25)),
    ],
)
def test_an_episode_may_have_a_date_and_no_numbers(path: str, series: str, aired: date) -> None:
    found = read(path)
    assert (found.season, found.number, found.aired) == (None, None, aired)
    assert not series or found.series == series.strip(" -")


@pytest.mark.parametrize(
    "name",
    [
        "Series Special (1920x1080)",
        "Dune (2021)",
        "Making of",
        "anything_2010.13.45",
        "Canadian Maniac 1999 1080p CEE Blu-Ray ReMuX AVC DTS-HD 5.1-HQZONE",
    ],
)
def test_other_names_are_of_no_sure_episode(name: str) -> None:
    found = episode_of(name)
    assert found is None or not found.is_sure


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Pair - S01E01-E02 - Both", "Both"),
        ("Year S01E01 - Pilot (2002)", "Pilot"),
        ("Mill - S01E01 - Run - 1080p", "Run"),
        ("The.Simpsons.S25E09.Steal.this.episode.720p.HDTV", "Steal this episode"),
        ("03 - Home", "Home"),
        ("Episode 1 - Start", "Start"),
        ("Lost S01E03", ""),
    ],
)
def test_the_title_stands_behind_the_numbers(name: str, title: str) -> None:
    found = episode_of(name)
    assert found
    assert found.title == title


@given(st.text(max_size=80), st.one_of(st.none(), st.integers(0, 50)))
def test_any_name_can_be_read(name: str, season: int | None) -> None:
    found = episode_of(name, season)
    assert found is None or found.aired or (found.number or 0) >= 0
