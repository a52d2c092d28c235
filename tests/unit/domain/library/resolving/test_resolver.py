"""Resolving trees of names: libraries and their kinds, and what holds for every tree."""

from collections import Counter
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.naming.extensions import is_picture
from chalicelib.domain.library.resolving.resolver import Content, content_of, resolve
from chalicelib.domain.library.resolving.results import Reason, Resolution
from tests.support.naming.examples import examples
from tests.support.naming.table import expanded

_FOLDERS = [*(folder for (folder,) in examples("folders")), "Bad\udcff"]
_FILES = [*(file for (file,) in examples("files")), "bad\udce9.jpg"]
_TEXTS = (b"", b"Old/\n", b"*.mkv\n", b"<movie><title>Told</title><tmdbid>7</tmdbid></movie>", b"\xff\x00<")
_PATHS = st.builds(
    lambda folders, file: "/".join([*folders, file]),
    st.lists(st.sampled_from(_FOLDERS), max_size=5),
    st.sampled_from(_FILES),
)
_TREES = st.lists(_PATHS, max_size=60, unique=True)


def listed(resolution: Resolution) -> Counter[str]:
    taken = (picture.path for item in resolution.items for picture in item.pictures)
    return Counter([*taken, *(found.path for found in resolution.left_out)])


@settings(max_examples=150, deadline=None)
@given(
    _TREES,
    st.sampled_from([None, *Content]),
    st.sampled_from(_TEXTS),
    st.sampled_from(["", "Movies", "Music"]),
)
def test_every_picture_of_a_tree_is_in_one_list_once(
    paths: list[str], content: Content | None, text: bytes, root: str
) -> None:
    resolution = resolve(paths, content, root=root, read_text=lambda _: text)
    assert listed(resolution) == Counter(path for path in paths if is_picture(path))
    assert resolve(reversed(paths), content, root=root, read_text=lambda _: text) == resolution


@settings(max_examples=100, deadline=None)
@given(_TREES)
def test_no_two_files_are_one_image(paths: list[str]) -> None:
    places = [
        (item.identity, picture.image_type, picture.index)
        for item in resolve(paths).items
        for picture in item.pictures
    ]
    assert len(places) == len(set(places))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=12), max_size=12))
def test_any_names_can_be_resolved(paths: list[str]) -> None:
    assert listed(resolve(paths)) == Counter(dict.fromkeys(filter(is_picture, paths), 1))


def items(*paths: str, content: Content | None = None, root: str = "") -> list[str]:
    names = [name for path in paths for name in expanded(path)]
    found = resolve(names, content, root=root).items
    return [str(item) for item in found if item.type is not ItemType.COLLECTION_FOLDER]


def reasons(*paths: str, root: str = "") -> dict[str, str]:
    names = [name for path in paths for name in expanded(path)]
    return {found.path: str(found) for found in resolve(names, root=root).left_out}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Movies", Content.MOVIES),
        ("Movies 4K", Content.MOVIES),
        ("4K Movies", Content.MOVIES),
        ("Filme", Content.MOVIES),
        ("TV Shows", Content.SHOWS),
        ("Serien", Content.SHOWS),
        ("Musik", Content.MUSIC),
        ("box-sets", Content.COLLECTIONS),
        ("People", Content.PEOPLE),
        ("Anime", None),
        ("Scary Movie (2000)", None),
        ("Stuff", None),
    ],
)
def test_the_name_of_a_library_tells_its_content(name: str, content: Content | None) -> None:
    assert content_of(name) is content


def test_a_library_of_another_name_that_holds_songs_alone_is_one_of_music() -> None:
    assert items("Tern/Twice/{01.mp3,cover.jpg}", root="Sounds") == ["MusicArtist Tern", "MusicAlbum Twice"]
    assert items("Tern/Twice/{01.mp3,cover.jpg}", "Pond/pond.mkv", root="Sounds") == ["Movie Pond"]


def test_songs_make_no_album_in_a_mixed_library() -> None:
    found = reasons("Tern/Twice/{01.mp3,cover.jpg}", "Pond/pond.mkv", root="Sounds")
    assert found == {"Tern/Twice/cover.jpg": Reason.NO_MUSIC}


def test_the_content_may_be_said() -> None:
    assert items("Lost/{a S01E01.mkv,poster.jpg}", content=Content.SHOWS)[0] == "Series Lost"
    assert items("Lost/{a.mkv,poster.jpg}", content=Content.MOVIES) == ["Movie Lost"]


def test_a_tree_of_artwork_alone_is_read_by_its_folders() -> None:
    assert items("Movies/Dune (2021)/poster.jpg", "Movies/Old/Ran/folder.jpg") == [
        "Movie Dune (2021)",
        "Movie Ran",
    ]
    assert items("Music/Tern/{folder.jpg,Twice/cover.jpg}") == ["MusicArtist Tern", "MusicAlbum Twice"]


def test_a_folder_without_a_video_is_no_film_where_others_have_one() -> None:
    found = reasons("Movies/Dune (2021)/poster.jpg", "Movies/Ran/{r.mkv,poster.jpg}")
    assert found == {"Movies/Dune (2021)/poster.jpg": Reason.NO_VIDEO}


def test_discs_make_the_folder_above_a_film() -> None:
    assert items("Movies/{Alien/VIDEO_TS/VTS_01.vob,Brazil/BDMV/index.bdmv,Cube/VIDEO_TS.IFO}") == [
        "Movie Alien",
        "Movie Brazil",
        "Movie Cube",
    ]
    assert items("Movies/Dune/Dune cd {1,2}/VIDEO_TS/VTS_01.vob") == ["Movie Dune"]


def test_folders_may_group_films() -> None:
    assert items("Movies/Action/Heat/{Heat.mkv,folder.jpg}") == ["Movie Heat"]


def test_films_of_one_folder_that_would_have_one_name_keep_what_sets_them_apart() -> None:
    paths = [
        f"Movies/Fours/Gale (2006){end}{kind}" for end in ("", " 1", " 2") for kind in (".mkv", "-poster.jpg")
    ]
    found = [item for item in resolve(paths).items if item.type is ItemType.MOVIE]
    assert [(str(item), len(item.pictures)) for item in found] == [
        ("Movie Gale (2006)", 1),
        ("Movie Gale (2006) 1 (2006)", 1),
        ("Movie Gale (2006) 2 (2006)", 1),
    ]


def test_films_of_one_folder_that_have_one_id_are_one() -> None:
    found = items("Movies/Fours/Gale (2006) [tmdbid-7] - {one,two}.mkv")
    assert found == ["Movie Gale (2006)"]


def test_a_folder_of_extras_is_none_right_in_a_library() -> None:
    assert items("Movies/Shorts/{One,Two}.mkv") == ["Movie One", "Movie Two"]
    assert items("Shows/Extras/Extras S01E01.mkv")[0] == "Series Extras"


def test_facts_from_files_beside_win_over_names() -> None:
    texts = {
        "Movies/Fox/movie.nfo": b"<movie><title>Fox: Home</title><year>2004</year><tmdbid>12</tmdbid></movie>",
        "Shows/L/tvshow.nfo": b"<tvshow><title>Lost</title><tvdbid>73739</tvdbid></tvshow>",
        "Shows/L/One/season.nfo": b"<season><seasonnumber>3</seasonnumber></season>",
        "Shows/L/One/x S03E04.nfo": b"<episode><title>Named</title><imdbid>tt0000004</imdbid></episode>",
        "Music/T/artist.nfo": b"<artist><name>Tern &amp; Co</name></artist>",
        "Music/T/A/album.nfo": b"<album><title>A/B</title></album>",
    }
    media = ["Movies/Fox/a.mkv", "Shows/L/One/x S03E04.mkv", "Music/T/A/01.mp3"]
    found = resolve([*media, *texts], read_text=lambda path: texts[path]).items
    titles = {
        str(item): dict(item.title.provider_ids)
        for item in found
        if item.type is not ItemType.COLLECTION_FOLDER
    }
    assert titles == {
        "Movie Fox: Home (2004)": {"Tmdb": "12"},
        "Series Lost": {"Tvdb": "73739"},
        "Season Season 3": {},
        "Episode Named": {"Imdb": "tt0000004"},
        "MusicArtist Tern & Co": {},
        "MusicAlbum A/B": {},
    }


def test_an_episode_may_have_a_folder_of_its_own() -> None:
    found = resolve(
        [
            "Shows/Dexter/Season 1/Dexter - S01E02/video.mkv",
            "Shows/Dexter/Season 1/Dexter - S01E02/video.jpg",
            "Shows/Dexter/Dexter - S03E05/Dexter - S03E05 - Fifth.mkv",
        ]
    ).items
    numbers = [
        (item.parent.number, item.number) for item in found if item.type is ItemType.EPISODE and item.parent
    ]
    assert numbers == [(1, 2), (3, 5)]
    assert next(item for item in found if item.pictures).number == 2


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("Movies/Dune/.x.jpg", Reason.HIDDEN),
        ("Movies/@eaDir/x.jpg", f"{Reason.SYSTEM_FOLDER} (@eaDir)"),
        ("Movies/Dune/trailers/x.jpg", f"{Reason.EXTRA} (trailers)"),
        ("Movies/Dune/cover.jpg", f"{Reason.SECOND} (Movies/Dune/poster.jpg)"),
        ("Movies/Dune/poster.gif", f"{Reason.SECOND} (Movies/Dune/poster.jpg)"),
        ("Movies/Dune/fanart-9.jpg", Reason.NUMBERS_END),
        ("Movies/Dune/keyart.jpg", Reason.MEANS_NOTHING),
        ("Movies/Two/poster.jpg", Reason.SHARED),
        ("Movies/Empty/x.jpg", Reason.NO_VIDEO),
        ("Shows/x.jpg", Reason.NO_SERIES),
        ("Shows/Lost/season09-poster.jpg", Reason.MEANS_NOTHING),
        ("Music/x.jpg", Reason.NO_SONG),
        ("Music/Tern/Twice/CD1/x.jpg", Reason.DISC),
        ("beside.jpg", Reason.OUTSIDE),
        ("Movies/" + "x" * 256 + "/poster.jpg", Reason.TOO_LONG),
    ],
)
def test_a_picture_that_is_left_out_has_a_reason_for_people(path: str, reason: str) -> None:
    media = (
        "Movies/Dune/{a.mkv,poster.jpg}",
        "Movies/Two/{One.mkv,Two.mkv}",
        "Shows/Lost/Lost S01E01.mkv",
        "Music/Tern/Twice/CD1/01.mp3",
    )
    assert reasons(*media, path)[path] == reason


def test_many_films_may_lie_in_one_folder() -> None:
    names = [
        f"Movies/Film {n:05}{end}" for n in range(5_000) for end in (".mkv", "-poster.jpg", "-other.jpg")
    ]
    before = process_time()
    resolution = resolve(names)
    assert len(resolution.items) == 5_001
    assert len(resolution.left_out) == 5_000
    assert process_time() - before < 30  # seconds; quadratic work would take minutes
