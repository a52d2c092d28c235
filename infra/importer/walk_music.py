"""Find artists, albums and songs in their folders."""

import re

from chalicelib.domain.library.folder_names import title_of
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.naming.pictures import Naming, pictures_of
from infra.importer.folder import Folder
from infra.importer.found import Finds, FoundItem

_DISC = re.compile(r"(cd|dis[ck])[ ._-]*\d+.*", re.IGNORECASE)


def albums_and_artists(folder: Folder, parent: FoundItem) -> Finds:
    """Read a folder of an album, or of an artist with folders of albums."""
    discs = bool(folder.subfolders) and all(map(_DISC.fullmatch, folder.subfolders))
    if folder.songs or discs:
        return _album(folder, parent, "")
    return _artist(folder, parent)


def _artist(folder: Folder, parent: FoundItem) -> Finds:
    title = title_of(folder.path.name)
    artist = FoundItem(ItemType.MUSIC_ARTIST, title)
    naming = Naming(artist.type, folder.path.name)
    if pictures := folder.take(pictures_of(naming, folder.pictures)):
        yield artist.with_pictures(pictures)
    for name in folder.subfolders:
        album = Folder.read(folder.path / name)
        yield from _album(album, parent, title.name)
        yield from album.left_over()


def _album(folder: Folder, parent: FoundItem, artist: str) -> Finds:
    album = FoundItem(ItemType.MUSIC_ALBUM, title_of(folder.path.name), parent, artist=artist)
    naming = Naming(album.type, folder.path.name)
    if pictures := folder.take(pictures_of(naming, folder.pictures)):
        yield album.with_pictures(pictures)
    for stem in folder.song_stems:
        song = Naming(ItemType.AUDIO, stem, is_mixed=True)
        if pictures := folder.take(pictures_of(song, folder.beginning_with(stem))):
            yield FoundItem(ItemType.AUDIO, title_of(stem), album, pictures=pictures)
