"""Which season and episode a file's name tells; the examples are those by which Jellyfin tests itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.naming.episodes import EpisodeName, episode_of
from chalicelib.domain.library.naming.extensions import is_video, stem_of
from chalicelib.domain.library.naming.seasons import season_of
from tests.support.naming.examples import examples, number


def read(path: str) -> EpisodeName:
    """Read a path's last part, with the season that the folder above tells."""
    *above, name = path.replace("\\", "/").strip("/").split("/")
    folder = above[-1] if above else ""
    series = above[-2] if len(above) > 1 else ""
    stem = stem_of(name) if is_video(name) else name
    return episode_of(stem, season_of(folder, series)) or EpisodeName()


@pytest.mark.parametrize(("expected", "path"), examples("episode_numbers"))
def test_the_number_of_an_episode(expected: str, path: str) -> None:
    assert read(path).number == number(expected)


@pytest.mark.parametrize(
    ("path", "series", "season", "episode"),
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
        (
            "/The.Sopranos/Season 3/The Sopranos Season 3 Episode 09 - The Telltale Moozadell.avi",
            "The Sopranos",
            3,
            9,
        ),
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
        (
            "The Daily Show/The Daily Show 25x22 - [WEBDL-720p] Noah Baumbach-TBS.mkv",
            "The Daily Show",
            25,
            22,
        ),
        ("2016/Season s2016e1.mp4", "Season", 2016, 1),
        ("2016/Season 2016x1.mp4", "Season", 2016, 1),
        ("Zhuki.S02.2021.WEB-DL.1080p/06.Zhuki.S02.2021.WEB-DL.1080p.mkv", "", None, 6),
        ("Atiye.s01.2019.L2.WEBRip1080p/Atiye.e04.2019.L2.WEBRip1080p.mp4", "Atiye", None, 4),
        ("Gde.logika.S07.WEB-DL/Gde.logika.S07.E02.WEB-DL.1080.25Kuzmich.mkv", "Gde.logika", 7, 2),
        ("Zhuki.2019/Zhuki.e17.Film.o.seriale.2019.WEB-DL.(1080p).Getty.mkv", "Zhuki", None, 17),
        ("V.aktivnom.poiske.2021/07.V.aktivnom.poiske.2021.WEB-DL.1080p.mkv", "", None, 7),
        ("Case Closed (1996-2007)/Case Closed - 317.mkv", "", None, 317),
        (
            "Starlight.S02/Starlight.S02E01.1080p.NOVA.WEB-DL.DDP5.1.Atmos.DV.HDR.H265-Z9R.mkv",
            "Starlight",
            2,
            1,
        ),
        ("Year/Season 1/Clip (1920x1080) S01E07.mkv", "Clip (1920x1080)", 1, 7),
        ("Lost/Specials/S00E05.mkv", "", 0, 5),
    ],
)
def test_season_number_and_the_series_name(path: str, series: str, season: int | None, episode: int) -> None:
    found = read(path)
    assert (found.season, found.number) == (season, episode)
    assert not series or found.series == series


@pytest.mark.parametrize(("expected", "path"), examples("last_episodes"))
def test_the_last_of_several_episodes_in_one_file(expected: str, path: str) -> None:
    assert read(path).last == number(expected)


@pytest.mark.parametrize(
    ("path", "series", "aired"),
    [
        ("/server/anything_1996.11.14.mp4", "anything", date(1996, 11, 14)),
        ("/server/anything_1996-11-14.mp4", "anything", date(1996, 11, 14)),
        (
            "/server/james.corden.2017.04.20.anne.hathaway.720p.hdtv.x264-crooks.mkv",
            "james.corden",
            date(2017, 4, 20),
        ),
        ("/server/ABC News 2018_03_24_19_00_00.mkv", "ABC News", date(2018, 3, 24)),
        ("/server/Jeopardy 2023 07 14 HDTV x264 AC3.mkv", "Jeopardy", date(2023, 7, 14)),
        ("/server/anything_14.11.1996.mp4", "anything", date(1996, 11, 14)),
        (
            "/server/A Daily Show - (2015-01-15) - Episode Name - [720p].mkv",
            "A Daily Show - (",
            date(2015, 1, 15),
        ),
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
        ("Lost - S01E03 - 1080p", ""),
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
