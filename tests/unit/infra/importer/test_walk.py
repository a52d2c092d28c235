"""What the importer finds in a media folder."""

from pathlib import Path

import pytest

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from infra.importer.found import FoundItem, PassedOver
from infra.importer.walk import Content, content_of, walk
from tests.support.media_tree import plant

type Expected = dict[str, list[str]]


def make(root: Path, *files: str) -> Path:
    """Make files: pictures of one byte, everything else empty; a name with a colon has no bytes either."""
    for name in files:
        path = root / name.removesuffix(":")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"" if name.endswith((":", ".mkv", ".flac")) else b"x")
    return root


def items(root: Path, content: Content | None = None) -> Expected:
    """Return the found items with their pictures' names."""
    found = [item for item in walk(root, content) if isinstance(item, FoundItem)]
    return {_path(item): [f"{p.image_type} {p.path.name}" for p in item.pictures] for item in found}


def passed_over(root: Path, content: Content | None = None) -> dict[str, str]:
    found = [item for item in walk(root, content) if isinstance(item, PassedOver)]
    return {str(one.path.relative_to(root)): one.reason for one in found}


def _path(item: FoundItem) -> str:
    above = (
        f"{_path(item.parent)} > "
        if item.parent and item.parent.type is not ItemType.COLLECTION_FOLDER
        else ""
    )
    return above + str(item)


def test_a_movie_has_a_folder_of_its_own(tmp_path: Path) -> None:
    root = make(
        tmp_path / "Movies",
        "Dune (2021) [tmdbid-438631]/Dune (2021).mkv",
        "Dune (2021) [tmdbid-438631]/poster.jpg",
        "Dune (2021) [tmdbid-438631]/Dune (2021)-logo.png",
        "Dune (2021) [tmdbid-438631]/extrafanart/a.jpg",
    )
    assert items(root) == {
        "Movie Dune (2021)": ["Primary poster.jpg", "Logo Dune (2021)-logo.png", "Backdrop a.jpg"]
    }
    (movie,) = [item for item in walk(root) if isinstance(item, FoundItem)]
    assert dict(movie.title.provider_ids) == {"Tmdb": "438631"}
    assert movie.parent
    assert (movie.parent.title.name, movie.parent.collection_type) == ("Movies", "movies")


def test_versions_and_parts_of_a_movie_share_its_folder(tmp_path: Path) -> None:
    root = make(tmp_path / "Movies", "Dune/Dune - 1080p.mkv", "Dune/Dune - 2160p.mkv", "Dune/poster.jpg")
    assert items(root) == {"Movie Dune": ["Primary poster.jpg"]}


def test_a_folder_of_pictures_alone_and_one_of_a_disc_are_movies(tmp_path: Path) -> None:
    root = make(tmp_path / "Movies", "Dune/poster.jpg", "Alien/VIDEO_TS/VIDEO_TS.IFO", "Alien/cover.png")
    assert items(root) == {"Movie Alien": ["Primary cover.png"], "Movie Dune": ["Primary poster.jpg"]}


def test_in_a_mixed_folder_pictures_begin_with_the_movies_name(tmp_path: Path) -> None:
    root = make(
        tmp_path / "Movies",
        "Dune (2021).mkv",
        "Dune (2021)-poster.jpg",
        "Alien.mkv",
        "Alien.jpg",
        "Old/Heat.mkv",
        "Old/Heat-fanart.jpg",
        "Old/Ran.mkv",
        "Old/poster.jpg",
    )
    assert items(root) == {
        "Movie Alien": ["Primary Alien.jpg"],
        "Movie Dune (2021)": ["Primary Dune (2021)-poster.jpg"],
        "Movie Heat": ["Backdrop Heat-fanart.jpg"],
    }
    assert passed_over(root) == {"Old/poster.jpg": "another file comes first, or the name means no image"}


def test_folders_may_group_movies(tmp_path: Path) -> None:
    root = make(tmp_path / "Films", "Action/Heat/Heat.mkv", "Action/Heat/folder.jpg")
    assert items(root) == {"Movie Heat": ["Primary folder.jpg"]}


def test_a_series_has_seasons_and_episodes(tmp_path: Path) -> None:
    root = make(
        tmp_path / "Shows",
        "Lost (2004)/show.jpg",
        "Lost (2004)/season01-poster.jpg",
        "Lost (2004)/season-specials-banner.jpg",
        "Lost (2004)/Season 01/poster.jpg",
        "Lost (2004)/Season 01/fanart.jpg",
        "Lost (2004)/Season 01/Lost - S01E02 - Tabula Rasa.mkv",
        "Lost (2004)/Season 01/Lost - S01E02 - Tabula Rasa-thumb.jpg",
        "Lost (2004)/Season 01/metadata/Lost - S01E03.jpg",
        "Lost (2004)/Season 01/Lost - S01E03.mkv",
        "Lost (2004)/Specials/Lost S00E01.mkv",
        "Lost (2004)/Specials/Lost S00E01.png",
    )
    season = "Series Lost (2004) > Season Season 1"
    assert items(root) == {
        "Series Lost (2004)": ["Primary show.jpg"],
        "Series Lost (2004) > Season Specials": ["Banner season-specials-banner.jpg"],
        "Series Lost (2004) > Season Specials > Episode Lost S00E01": ["Primary Lost S00E01.png"],
        season: ["Primary season01-poster.jpg", "Backdrop fanart.jpg"],
        f"{season} > Episode Tabula Rasa": ["Primary Lost - S01E02 - Tabula Rasa-thumb.jpg"],
        f"{season} > Episode Lost - S01E03": ["Primary Lost - S01E03.jpg"],
    }
    assert list(passed_over(root)) == ["Lost (2004)/Season 01/poster.jpg"]


def test_episodes_may_lie_in_the_folder_of_their_series(tmp_path: Path) -> None:
    root = make(tmp_path / "TV", "Lost/Lost 2x03.mkv", "Lost/Lost 2x03.jpg", "Lost/season02-poster.jpg")
    assert items(root) == {
        "Series Lost > Season Season 2": ["Primary season02-poster.jpg"],
        "Series Lost > Season Season 2 > Episode Lost 2x03": ["Primary Lost 2x03.jpg"],
    }


def test_an_artist_has_albums_and_an_album_has_songs(tmp_path: Path) -> None:
    root = make(
        tmp_path / "Music",
        "Björk/folder.jpg",
        "Björk/Debut (1993)/01 - Human Behaviour.flac",
        "Björk/Debut (1993)/01 - Human Behaviour.jpg",
        "Björk/Debut (1993)/cover.jpg",
        "Björk/Debut (1993)/cdart.png",
        "Various (2001)/CD1/01.flac",
        "Various (2001)/folder.jpg",
    )
    assert items(root) == {
        "MusicArtist Björk": ["Primary folder.jpg"],
        "MusicAlbum Debut (1993)": ["Primary cover.jpg", "Disc cdart.png"],
        "MusicAlbum Debut (1993) > Audio 01 - Human Behaviour": ["Primary 01 - Human Behaviour.jpg"],
        "MusicAlbum Various (2001)": ["Primary folder.jpg"],
    }
    albums = [
        item for item in walk(root) if isinstance(item, FoundItem) and item.type is ItemType.MUSIC_ALBUM
    ]
    assert [album.artist for album in albums] == ["Björk", ""]


def test_people_stand_in_no_library_and_collections_do(tmp_path: Path) -> None:
    make(tmp_path, "People/A/Amy Adams/folder.jpg", "People/Bo/poster.png", "Collections/Alien/poster.jpg")
    assert items(tmp_path) == {
        "BoxSet Alien": ["Primary poster.jpg"],
        "Person Amy Adams": ["Primary folder.jpg"],
        "Person Bo": ["Primary poster.png"],
    }


def test_a_mixed_library_is_told_by_what_lies_in_its_folders(tmp_path: Path) -> None:
    root = make(
        tmp_path / "Stuff",
        "Lost/Season 1/Lost S01E01.mkv",
        "Lost/poster.jpg",
        "Fargo/Fargo S01E01.mkv",
        "Fargo/poster.jpg",
        "Björk/Debut/01.flac",
        "Björk/folder.jpg",
        "Single/01.flac",
        "Single/cover.jpg",
        "Dune/Dune.mkv",
        "Dune/poster.jpg",
        "folder.jpg",
    )
    assert items(root) == {
        "CollectionFolder Stuff": ["Primary folder.jpg"],
        "MusicArtist Björk": ["Primary folder.jpg"],
        "Movie Dune": ["Primary poster.jpg"],
        "Series Fargo": ["Primary poster.jpg"],
        "Series Lost": ["Primary poster.jpg"],
        "MusicAlbum Single": ["Primary cover.jpg"],
    }


def test_content_and_name_of_a_library_may_be_given(tmp_path: Path) -> None:
    root = make(tmp_path / "mnt", "Lost/poster.jpg")
    assert list(items(root, Content.SHOWS)) == ["Series Lost"]
    (series,) = [item for item in walk(root, Content.SHOWS, "Fernsehen") if isinstance(item, FoundItem)]
    assert series.parent
    assert series.parent.title.name == "Fernsehen"


def test_empty_hidden_and_other_files_are_no_pictures(tmp_path: Path) -> None:
    root = make(
        tmp_path / "Movies", "Dune/poster.jpg:", "Dune/.hidden.jpg", "Dune/movie.nfo", "Dune/notes.png"
    )
    assert items(root) == {}
    assert passed_over(root) == {
        "Dune/notes.png": "another file comes first, or the name means no image",
        "Dune/poster.jpg": "the file is empty",
    }


def test_a_folder_that_leads_back_to_itself_ends(tmp_path: Path) -> None:
    root = make(tmp_path / "Movies", "Dune/poster.jpg")
    (root / "loop").symlink_to(root)
    assert "Movie Dune" in items(root)
    assert any("cannot be read" in reason for reason in passed_over(root).values())


def test_many_movies_may_lie_in_one_folder(tmp_path: Path) -> None:
    names = [f"Film {number:05}" for number in range(200)]
    root = make(tmp_path / "Movies", *(f"{name}.mkv" for name in names), *(f"{name}.jpg" for name in names))
    assert len(items(root)) == 200


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Movies", Content.MOVIES),
        ("TV Shows", Content.SHOWS),
        ("box-sets", Content.COLLECTIONS),
        ("Stuff", None),
    ],
)
def test_the_name_of_a_folder_tells_its_content(name: str, content: Content | None) -> None:
    assert content_of(name) is content


def test_every_picture_of_a_made_up_tree_is_found_as_what_it_is(tmp_path: Path) -> None:
    planted = plant(tmp_path, 100)
    found = {
        picture.path: (item.type, picture.image_type)
        for item in walk(tmp_path)
        if isinstance(item, FoundItem)
        for picture in item.pictures
    }
    assert found == {one.path: (one.item_type, one.image_type) for one in planted}
    assert ImageType.DISC in {one.image_type for one in planted}
