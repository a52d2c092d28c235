"""Walk through a media folder and find its items with their pictures, one folder at a time."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

from chalicelib.domain.library.folder_names import episode_of, season_of, title_of
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.naming.pictures import Naming, pictures_of
from infra.importer.folder import Folder
from infra.importer.found import Finds, FoundItem
from infra.importer.walk_music import albums_and_artists
from infra.importer.walk_shows import series


class Content(StrEnum):
    """What a library holds, by Jellyfin's names; `people` and `mixed` are ours."""

    MOVIES = "movies"
    SHOWS = "tvshows"
    MUSIC = "music"
    PEOPLE = "people"
    COLLECTIONS = "boxsets"
    MIXED = "mixed"


_KNOWN = {
    Content.MOVIES: "movies movie films film",
    Content.SHOWS: "shows series tv tvshows television",
    Content.MUSIC: "music audio",
    Content.PEOPLE: "people persons actors",
    Content.COLLECTIONS: "collections boxsets",
}
_BY_NAME = {name: content for content, names in _KNOWN.items() for name in names.split()}


def walk(root: Path, content: Content | None = None, name: str = "") -> Finds:
    """Yield what a folder holds: it is one library, or it has folders called Movies, Shows and so on."""
    content = content or content_of(root.name)
    libraries = [] if content else [path for path in _subfolders(root) if content_of(path.name)]
    for path in libraries:
        yield from _library(path, content_of(path.name) or Content.MIXED, path.name)
    if not libraries:
        yield from _library(root, content or Content.MIXED, name or root.name)


def content_of(name: str) -> Content | None:
    """Return what a folder of that name holds, None when the name does not tell."""
    return _BY_NAME.get("".join(character for character in name.casefold() if character.isalpha()))


def _library(path: Path, content: Content, name: str) -> Finds:
    collection = "" if content is Content.MIXED else content.value
    library = FoundItem(ItemType.COLLECTION_FOLDER, title_of(name), collection_type=collection)
    folder = Folder.read(path)
    yield from _own_pictures(library, folder, Naming(library.type, path.name))
    yield from _movies_side_by_side(folder, library)
    yield from folder.left_over()
    for subfolder in folder.subfolders:
        yield from _below(path / subfolder, library, _READERS[content])


def _below(path: Path, parent: FoundItem, read: "Reader") -> Finds:
    folder = Folder.read(path)
    yield from read(folder, parent)
    yield from folder.left_over()


def _movie(folder: Folder, parent: FoundItem) -> Finds:
    """Read a folder of one movie, of several, or of folders of movies."""
    stem = _only_stem(folder)
    if stem is not None:
        movie = FoundItem(ItemType.MOVIE, title_of(folder.path.name), parent)
        yield from _own_pictures(movie, folder, Naming(movie.type, stem))
        return
    yield from _movies_side_by_side(folder, parent)
    for subfolder in folder.subfolders:
        yield from _below(folder.path / subfolder, parent, _movie)


def _only_stem(folder: Folder) -> str | None:
    """Return what the pictures of the folder's one movie begin with, None when it has none or several.

    Files that all begin with the folder's name are parts or versions of one movie.
    """
    name = folder.path.name
    match folder.stems:
        case [stem]:
            return stem
        case []:
            return name if folder.has_disc or (folder.sizes and not folder.subfolders) else None
        case stems if all(stem.casefold().startswith(name.casefold()) for stem in stems):
            return name
    return None


def _movies_side_by_side(folder: Folder, parent: FoundItem) -> Finds:
    for stem in folder.stems:
        naming = Naming(ItemType.MOVIE, stem, is_mixed=True)
        if pictures := folder.take(pictures_of(naming, folder.beginning_with(stem))):
            yield FoundItem(ItemType.MOVIE, title_of(stem), parent, pictures=pictures)


def _person(folder: Folder, parent: FoundItem) -> Finds:
    """Read a folder of a person, or of folders of people."""
    person = FoundItem(ItemType.PERSON, title_of(folder.path.name))
    yield from _own_pictures(person, folder, Naming(person.type, folder.path.name))
    for subfolder in folder.subfolders:
        yield from _below(folder.path / subfolder, parent, _person)


def _collection(folder: Folder, parent: FoundItem) -> Finds:
    collection = FoundItem(ItemType.BOX_SET, title_of(folder.path.name), parent)
    yield from _own_pictures(collection, folder, Naming(collection.type, folder.path.name))


def _guessed(folder: Folder, parent: FoundItem) -> Finds:
    """Read a folder of a mixed library by what lies in it."""
    seasons = any(season_of(name) is not None for name in folder.subfolders)
    if seasons or any(episode_of(stem) for stem in folder.stems):
        return series(folder, parent)
    if folder.songs or _holds_songs(folder):
        return albums_and_artists(folder, parent)
    return _movie(folder, parent)


def _holds_songs(folder: Folder) -> bool:
    below = (Folder.read(folder.path / name) for name in folder.subfolders[:1])
    return not folder.videos and any(found.songs and not found.videos for found in below)


def _own_pictures(item: FoundItem, folder: Folder, naming: Naming) -> Iterator[FoundItem]:
    if pictures := folder.take(pictures_of(naming, folder.pictures)):
        yield item.with_pictures(pictures)


def _subfolders(root: Path) -> list[Path]:
    return [root / name for name in Folder.read(root).subfolders]


type Reader = Callable[[Folder, FoundItem], Finds]

_READERS: dict[Content, Reader] = {
    Content.MOVIES: _movie,
    Content.SHOWS: series,
    Content.MUSIC: albums_and_artists,
    Content.PEOPLE: _person,
    Content.COLLECTIONS: _collection,
    Content.MIXED: _guessed,
}
