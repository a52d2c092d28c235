"""Resolve a tree of names: which libraries, items and pictures it holds, as Jellyfin reads media folders."""

from collections.abc import Iterable
from enum import StrEnum

from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.naming.extensions import is_picture, is_song, is_video
from chalicelib.domain.library.naming.ignored import is_ignored_folder
from chalicelib.domain.library.naming.pictures import Naming
from chalicelib.domain.library.naming.titles import named
from chalicelib.domain.library.resolving.films import (
    Reader,
    add_films,
    is_box_set,
    read_box_set,
    read_film_folder,
    read_films,
    side_by_side,
)
from chalicelib.domain.library.resolving.folders import MediaFolder, tree_of
from chalicelib.domain.library.resolving.music import read_music
from chalicelib.domain.library.resolving.results import FoundItem, LeftOut, Reason, Resolution
from chalicelib.domain.library.resolving.shows import is_series, is_sure_episode, read_series
from chalicelib.domain.library.resolving.walking import ReadText, Walk

MOST_CHARACTERS = 255
"""Of a name; no file system has longer ones."""


class Content(StrEnum):
    """What a library holds, by Jellyfin's names; `people` and `mixed` are ours."""

    MOVIES = "movies"
    SHOWS = "tvshows"
    MUSIC = "music"
    PEOPLE = "people"
    COLLECTIONS = "boxsets"
    MIXED = "mixed"


_KNOWN = {
    Content.MOVIES: "movies movie films film filme spielfilme peliculas filmy cinema kino",
    Content.SHOWS: "shows series tv tvshows tvseries television serien fernsehen",
    Content.MUSIC: "music audio musik musique musica",
    Content.PEOPLE: "people persons actors",
    Content.COLLECTIONS: "collections boxsets",
}
_BY_NAME = {name: content for content, names in _KNOWN.items() for name in names.split()}
_QUALITIES = "4k 8k uhd hd fhd sd 3d hdr 2160p 1080p 720p dvd dvds bluray blurays"
_OF_QUALITY = frozenset(_QUALITIES.split())


def resolve(
    names: Iterable[str],
    content: Content | None = None,
    *,
    root: str = "",
    library: str = "",
    read_text: ReadText = lambda _: b"",
) -> Resolution:
    """Return what a tree of names holds.

    `names` are paths of files in the tree, parted by `/`, those of empty folders with `/` at the end. `root` is the
    name of the tree's top. The tree is one library of a `content`, or one by its name, or holds folders that are
    libraries. `library` is what a library at the top is called, when that is not `root`. `read_text` returns the
    bytes of a small file by its path, for `.ignore` and `.nfo` files.
    """
    paths, unreadable = _readable(names)
    top = tree_of(paths, root)
    walk = Walk(read_text, is_artwork=not any(is_video(path) or is_song(path) for path in paths))
    if walk.begin(top):
        _read_top(walk, top, content, library)
    else:
        walk.claims.note("", Reason.IGNORE_FILE)
    return Resolution(tuple(walk.items), (*unreadable, *walk.claims.left_out(top.pictures())))


def content_of(name: str) -> Content | None:
    """Return what a folder of that name holds, None when the name does not tell."""
    words = (
        word
        for word in name.casefold().replace("-", " ").replace("_", " ").split()
        if word not in _OF_QUALITY
    )
    return _BY_NAME.get("".join(letter for word in words for letter in word if letter.isalpha()))


def _readable(names: Iterable[str]) -> tuple[list[str], list[LeftOut]]:
    """Part paths whose names can be read from those that cannot."""
    paths: list[str] = []
    left_out: list[LeftOut] = []
    for path in sorted(set(names)):
        if reason := _unreadable(path):
            if is_picture(path):
                left_out.append(LeftOut(path, reason))
        else:
            paths.append(path)
    return paths, left_out


def _unreadable(path: str) -> Reason | None:
    if any("\ud800" <= letter <= "\udfff" for letter in path):
        return Reason.NOT_UTF8
    return Reason.TOO_LONG if any(len(part) > MOST_CHARACTERS for part in path.split("/")) else None


def _read_top(walk: Walk, top: MediaFolder, content: Content | None, name: str) -> None:
    content = content or content_of(top.name)
    if content is None and any(
        content_of(below.name) for below in top.folders if not is_ignored_folder(below.name)
    ):
        walk.claims.note("", Reason.OUTSIDE)
        for library in walk.enter(top, is_library=True).folders:
            _read_library(walk, library, content_of(library.name), library.name)
    else:
        _read_library(walk, top, content, name or top.name)


_WITHOUT_TYPE = frozenset({Content.PEOPLE, Content.MIXED})
"""What Jellyfin has no CollectionType for."""


def _read_library(walk: Walk, folder: MediaFolder, content: Content | None, name: str) -> None:
    content = content or (Content.MUSIC if _is_music(folder) else Content.MIXED)
    contents = walk.enter(folder, is_library=True)
    kind = "" if content in _WITHOUT_TYPE else content.value
    library = FoundItem(ItemType.COLLECTION_FOLDER, named(name), collection_type=kind, path=folder.path)
    walk.add(library, contents, Naming(library.type, folder.name))
    if content in {Content.MOVIES, Content.MIXED}:
        films = side_by_side(contents)
        episodes = [] if content is Content.MOVIES else [f for f in films if is_sure_episode(f"{f.name}.mkv")]
        add_films(walk, contents, [film for film in films if film not in episodes], library)
    walk.claims.note(folder.path, _WITHOUT_ITEM.get(content, Reason.NO_VIDEO))
    for below in contents.folders:
        _READERS[content](walk, below, library)


def _is_music(folder: MediaFolder) -> bool:
    """Tell whether a library has songs and no videos."""
    files = [file for below in _all(folder) for file in below.files]
    return any(map(is_song, files)) and not any(map(is_video, files))


def _all(folder: MediaFolder) -> Iterable[MediaFolder]:
    yield folder
    for below in folder.folders:
        yield from _all(below)


def _read_mixed(walk: Walk, folder: MediaFolder, parent: FoundItem) -> None:
    """Read a folder of a mixed library by what lies in it."""
    if is_series(walk, folder):
        read_series(walk, folder, parent)
    elif is_box_set(folder):
        read_box_set(walk, folder, parent)
    elif folder.has("season.nfo"):
        walk.claims.note(folder.path, Reason.NO_SERIES)
    else:
        read_film_folder(walk, folder, parent, _read_mixed)


def _read_person(walk: Walk, folder: MediaFolder, parent: FoundItem) -> None:
    """Read a folder of a person, or of folders of people, such as one for each letter."""
    contents = walk.enter(folder, is_library=True)
    naming = Naming(ItemType.PERSON, folder.name)
    if not contents.folders or contents.folder.files:
        walk.add(FoundItem(ItemType.PERSON, named(folder.name), path=folder.path), contents, naming)
    for below in contents.folders:
        _read_person(walk, below, parent)


_WITHOUT_ITEM = {
    Content.SHOWS: Reason.NO_SERIES,
    Content.MUSIC: Reason.NO_SONG,
    Content.PEOPLE: Reason.MEANS_NOTHING,
}
_READERS: dict[Content, Reader] = {
    Content.MOVIES: read_films,
    Content.SHOWS: read_series,
    Content.MUSIC: read_music,
    Content.PEOPLE: _read_person,
    Content.COLLECTIONS: read_box_set,
    Content.MIXED: _read_mixed,
}
