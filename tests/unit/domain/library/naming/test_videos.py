"""Files of one folder put together; the examples are those by which Jellyfin tests itself."""

import pytest

from chalicelib.domain.library.naming.episodes import episode_of
from chalicelib.domain.library.naming.videos import Video, episode_versions, film_versions, joined_parts


def parts(*stems: str) -> list[tuple[str, int]]:
    """Return name and number of files of each video in parts."""
    return [
        (video.name, len(video.stems))
        for video in joined_parts(f"{s}.mkv" for s in stems)
        if len(video.stems) > 1
    ]


def numbered(name: str, counters: str, between: str = " part") -> list[str]:
    return [f"{name}{between}{counter}" for counter in counters]


@pytest.mark.parametrize(
    ("stems", "expected"),
    [
        ([*numbered("Bad Boys (2006)", "1234"), "Bad Boys (2006)-trailer"], [("Bad Boys (2006)", 4)]),
        (["Bad Boys (2006)", "Bad Boys (2007)"], []),
        (["Bad Boys 2006", "Bad Boys 2007"], []),
        (["300 (2006)", "300 (2007)"], []),
        (["300 2006", "300 2007"], []),
        (["Star Trek 1 - The motion picture", "Star Trek 2- The wrath of khan"], []),
        (
            [
                "Red Riding in the Year of Our Lord 1983 (2009)",
                "Red Riding in the Year of Our Lord 1980 (2009)",
            ],
            [],
        ),
        (numbered("300 2006", "12"), [("300 2006", 2)]),
        ([f"Bad Boys (2006).part{n}.stv.unrated.multi.1080p.bluray.x264-rough" for n in "1234"], []),
        (["Bad Boys (2006)", *numbered("Bad Boys (2006)", "123", " ")], []),
        ([*numbered("Bad Boys (2006)", "123"), "Bad Boys (2006) parta"], [("Bad Boys (2006)", 3)]),
        (
            [*numbered("Bad Boys (2006)", "1234"), *numbered("300 (2006)", "123")],
            [("300 (2006)", 3), ("Bad Boys (2006)", 4)],
        ),
        (["blah blah - cd 1", "blah blah - cd 2"], [("blah blah", 2)]),
        (["300a", "300b", "300c"], []),
        (["300 part1", "300 part2", "Avatar", *numbered("Avengers", "123")], [("300", 2), ("Avengers", 3)]),
        (numbered("300 (2006)", "abcdefg"), [("300 (2006)", 4)]),
        (["Harry Potter", "Harry Potter 1", "Harry Potter 2"], []),
        (
            numbered("Neverland (2011)[720p][PG][Voted 6.5][Family-Fantasy]", "12", "part"),
            [("Neverland (2011)[720p][PG][Voted 6.5][Family-Fantasy]", 2)],
        ),
        (
            ["The Sound of Music (1965) (Disc 01)", "The Sound of Music (1965) (Disc 02)"],
            [("The Sound of Music (1965)", 2)],
        ),
        (
            ["X (2011) Disc 1 cd1", "X (2011) Disc 1 cd2", "X Disc 2 cd1", "X Disc 2 cd2"],
            [("X (2011) Disc 1", 2), ("X Disc 2", 2)],
        ),
        (["h-cd1", "h-cd2"], [("h", 2)]),
        (["Elm disc1", "Elm disc2", "Ash"], [("Elm", 2)]),
        (["Movie.pt1", "Movie.pt2"], [("Movie", 2)]),
        (["A cd1", "A cd01"], []),
    ],
)
def test_parts_are_files_of_one_name_that_count(stems: list[str], expected: list[tuple[str, int]]) -> None:
    assert parts(*stems) == expected


def test_nothing_is_lost_when_parts_are_joined() -> None:
    stems = ["A cd1", "A cd01", "A cd2", "B", "A part a"]
    joined = joined_parts(f"{stem}.mkv" for stem in stems)
    assert sorted(stem for video in joined for stem in video.stems) == sorted(stems)


X_MEN = "X-Men Apocalypse (2016)"
WICK = "John Wick - Kapitel 3 (2019) [imdbid=tt6146586]"


@pytest.mark.parametrize(
    ("folder", "behind"),
    [
        ("X-Men Days of Future Past", [" - 1080p", " - [hsbs]", " [hsbs]"]),
        ("X-Men Days of Future Past", [" - apple", " - banana", " [banana]"]),
        ("The Phantom of the Opera (1925)", [" - 1925 version", " - 1929 version"]),
        ("Movie", ["", "-2", "-3", "-4", "-5"]),
        ("Iron Man", ["", "-720p", "-test", "-bluray", "-3d", "-3d-hsbs", "[test]"]),
        ("Iron Man", ["", " - 720p", " - test", " - bluray", " - 3d", " - 3d-hsbs", " [test]"]),
        ("Iron Man", ["", "_720p", "_test", "_bluray", "_3d", "_3d-hsbs", "_3d.hsbs"]),
        ("Blade Runner (1982)", [" [Final Cut] [1080p HEVC AAC]", " [EE by ADM] [480p HEVC AAC,AAC,AAC]"]),
        (X_MEN, [" [1080p] Blu-ray.x264.DTS", " [2160p] Blu-ray.x265.AAC"]),
        (WICK, [" - Version 1", " - Version 2"]),
        ("Movie (2020)", ["_4K", "_1080p"]),
        ("Movie (2020)", [".UHD", ".1080p"]),
        ("Movie", ["-1080p-part1", "-1080p-part2", "-720p"]),
    ],
)
def test_versions_of_a_film_have_its_folders_name(folder: str, behind: list[str]) -> None:
    videos = joined_parts(f"{folder}{end}.mkv" for end in behind)
    (film,) = film_versions(folder, videos)
    assert len(film.stems) == len(behind)


@pytest.mark.parametrize(
    ("folder", "stems"),
    [
        ("M", ["Movie 1", "Movie 2", "Movie 3"]),
        ("Mo", ["Movie 1", "Movie 2"]),
        ("Movie", ["Movie 1", "Movie 2", "Movie 3"]),
        ("Iron Man", ["Iron Man", "Iron Man (2008)", "Iron Man (2009)"]),
        ("Iron Man", ["Iron Man - B (2006)", "Iron Man - C (2007)"]),
        ("Iron Man", ["Iron Man (2007)", "Iron Man (2008)"]),
        ("John Wick (2019)", ["John Wick (2019) [Version 1]", "John Wick (2019) [Version 2"]),
        ("Ivy", ["Ivy (2008)", "Ivy (2009)"]),
        ("", ["Four Sisters - A", "Four Sisters - B"]),
        ("Season 1", ["Show - S01E01 - 1080p", "Show - S01E01 - 720p"]),
    ],
)
def test_one_stranger_or_a_second_year_makes_all_films_of_their_own(folder: str, stems: list[str]) -> None:
    videos = joined_parts(f"{stem}.mkv" for stem in stems)
    assert film_versions(folder, videos) == videos


def test_the_first_version_is_the_folders_namesake_then_the_highest_resolution() -> None:
    ends = [
        " - Theatrical Release",
        " - 1080p",
        " - 2160p",
        " - 1080p Directors Cut",
        " - 2160p Remux",
        " - 720p",
        "",
    ]
    (film,) = film_versions(X_MEN, joined_parts(f"{X_MEN}{end}.mkv" for end in ends))
    assert [stem.removeprefix(X_MEN) for stem in film.stems] == [
        "",
        " - 2160p",
        " - 2160p Remux",
        " - 1080p",
        " - 1080p Directors Cut",
        " - 720p",
        " - Theatrical Release",
    ]


def test_a_version_in_parts_comes_before_a_higher_resolution() -> None:
    names = ["Gale - 720p cd1", "Gale - 720p cd2", "Gale - 2160p"]
    (film,) = film_versions("Gale", joined_parts(f"{name}.mkv" for name in names))
    assert film.stem == "Gale - 720p cd1"


def test_ids_in_a_folders_name_need_not_be_in_its_files() -> None:
    videos = joined_parts(["Gale (2006) - 720p.mkv", "Gale (2006) - 2160p.mkv"])
    (film,) = film_versions("Gale (2006) [imdbid-tt0123456]", videos)
    assert film.stem == "Gale (2006) - 2160p"


def shown(*stems: str) -> list[tuple[str, ...]]:
    def key(video: Video) -> object:
        found = episode_of(video.name, 1)
        return (found.season, found.number, found.aired) if found else None

    return [video.stems for video in episode_versions(joined_parts(f"{s}.mkv" for s in stems), key)]


@pytest.mark.parametrize(
    ("stems", "counts"),
    [
        (["Dexter - S01E01 - 1080p", "Dexter - S01E01 - 720p"], [2]),
        (
            [
                "D - S01E01 - 1080p",
                "D - S01E01 - 720p",
                "D - S01E02",
                "D - S01E03 - 1080p",
                "D - S01E03 - 720p",
            ],
            [2, 1, 2],
        ),
        ([f"Dexter - S01E0{n}" for n in range(1, 6)], [1, 1, 1, 1, 1]),
        (
            [
                "S - S01E01 - Aired",
                "S - S01E01 - Uncensored",
                "S - S01E02 - Aired",
                "S - S01E02 - Uncensored",
            ],
            [2, 2],
        ),
        ([f"Show - S01E01 - Version{c}" for c in "ABCD"], [4]),
        (["Show - S01E01", "Show - S02E01"], [1, 1]),
        (["Show - S01E01 - Pilot", "Show - S01E01 - Completely Different Title"], [2]),
        (["Show - S01E01 - 1080p cd1", "Show - S01E01 - 1080p cd2", "Show - S01E01 - 720p"], [3]),
        (
            [
                "Show - S01E01 - 1080p.pt1",
                "Show - S01E01 - 1080p.pt2",
                "Show - S01E01 - 720p",
                "Show - S01E02 - Other",
            ],
            [3, 1],
        ),
        (["S01E01 - 720p", "S01E01 - 1080p", "S01E01 - Part 1", "S01E01 - Part 2", "S01E01 - Part 3"], [5]),
        (["S - S01E01-1080p-cd1", "S - S01E01-1080p-cd2", "S - S01E01-720p"], [3]),
    ],
)
def test_versions_of_an_episode_have_its_numbers(stems: list[str], counts: list[int]) -> None:
    assert [len(found) for found in shown(*stems)] == counts


@pytest.mark.parametrize(
    ("stems", "first"),
    [
        (["S01E01 - 720p", "S01E01 - 1080p"], "S01E01 - 1080p"),
        (["S01E01 - 720p", "S01E01 - 2160p", "S01E01 - 1080p"], "S01E01 - 2160p"),
        (["S01E01 - 720p", "S01E01 - 1080p", "S01E01 - Part 1", "S01E01 - Part 2"], "S01E01 - Part 1"),
    ],
)
def test_the_first_version_of_an_episode(stems: list[str], first: str) -> None:
    assert shown(*stems)[0][0] == first


def test_what_all_versions_have_in_common_is_a_stem_too() -> None:
    (video,) = episode_versions(
        joined_parts(["M - S01E01 - Run - 720p.mkv", "M - S01E01 - Run - 1080p.mkv"]), lambda _: 1
    )
    assert video.common_stem == "M - S01E01 - Run"
