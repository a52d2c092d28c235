"""Find artists and albums in a library of music."""

import re

from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.naming.pictures import Naming
from chalicelib.domain.library.naming.titles import named, plain_title
from chalicelib.domain.library.resolving.films import told
from chalicelib.domain.library.resolving.folders import MediaFolder
from chalicelib.domain.library.resolving.results import FoundItem, Reason
from chalicelib.domain.library.resolving.walking import Contents, Walk

_PREFIX = r"(?:cd|digital media|dis[ck]|vol(?:ume)?|part|act)"
_DISC = re.compile(rf"{_PREFIX} ?\d+(?: .*)?", re.IGNORECASE)
_LIKE_A_DISC = re.compile(rf"{_PREFIX}(?: .*)?", re.IGNORECASE)
_LEVELLED = re.compile(r"[-.()\s]+")
_KINDS_OF_ALBUMS = (
    "albums broadcasts bootlegs compilations dj-mixes eps live mixtapes others remixes singles soundtracks "
    "spokenwords streets"
)
_OF_AN_ARTIST = frozenset(_KINDS_OF_ALBUMS.split())


def is_disc_folder(name: str) -> bool:
    """Tell whether a folder is one of several discs of an album by its name."""
    return bool(_DISC.fullmatch(_LEVELLED.sub(" ", name).strip()))


def read_music(walk: Walk, folder: MediaFolder, parent: FoundItem) -> None:
    """Read a folder of a library of music: an album, an artist, or a folder of such."""
    _read(walk, folder, parent, "")


def _read(walk: Walk, folder: MediaFolder, parent: FoundItem, artist: str) -> None:
    contents = walk.enter(folder)
    if _is_album(walk, contents) or (walk.is_artwork and artist):
        _add_album(walk, contents, parent, artist)
        return
    if not artist and (walk.is_artwork or _is_artist(walk, contents)):
        artist = _add_artist(walk, contents)
    walk.claims.note(folder.path, Reason.MEANS_NOTHING if artist else Reason.NO_SONG)
    for below in contents.folders:
        walk.claims.note(below.path, Reason.NO_SONG)
        _read(walk, below, parent, artist)


def _is_album(walk: Walk, contents: Contents) -> bool:
    """Tell whether songs lie in a folder, or in folders in it that are discs, each of them."""
    if contents.songs:
        return True
    with_songs = [below for below in contents.folders if walk.enter(below).songs]
    return bool(with_songs) and all(is_disc_folder(below.name) for below in with_songs)


def _is_artist(walk: Walk, contents: Contents) -> bool:
    if contents.folder.has("artist.nfo"):
        return True
    return any(
        below.name.casefold() in _OF_AN_ARTIST or _makes_an_artist(walk, below) for below in contents.folders
    )


def _makes_an_artist(walk: Walk, folder: MediaFolder) -> bool:
    """Tell whether a folder is an album and no disc, or holds what would be discs if they had numbers."""
    contents = walk.enter(folder)
    if _is_album(walk, contents):
        return not _LIKE_A_DISC.fullmatch(_LEVELLED.sub(" ", folder.name).strip())
    nearly = (
        below for below in contents.folders if _LIKE_A_DISC.fullmatch(_LEVELLED.sub(" ", below.name).strip())
    )
    return any(walk.enter(below).songs for below in nearly)


def _add_artist(walk: Walk, contents: Contents) -> str:
    """Find an artist; returns the name."""
    folder = contents.folder
    nfo = walk.nfo(folder, "artist.nfo")
    title = named(folder.name)
    item = FoundItem(ItemType.MUSIC_ARTIST, told(title, nfo, title.provider_ids), path=folder.path)
    walk.add(item, contents, Naming(item.type, folder.name))
    return item.title.name


def _add_album(walk: Walk, contents: Contents, parent: FoundItem, artist: str) -> None:
    folder = contents.folder
    title = plain_title(folder.name)
    told_title = told(title, walk.nfo(folder, "album.nfo"), title.provider_ids)
    item = FoundItem(ItemType.MUSIC_ALBUM, told_title, parent, artist=artist, path=folder.path)
    walk.add(item, contents, Naming(item.type, folder.name))
    for below in contents.folders:
        walk.claims.note(below.path, Reason.DISC if is_disc_folder(below.name) else Reason.MEANS_NOTHING)
