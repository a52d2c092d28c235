"""Find films in their folders: one of a folder's own, or several side by side."""

from collections.abc import Callable
from dataclasses import replace

from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.names import name_key
from chalicelib.domain.library.naming.extras import is_sample_film
from chalicelib.domain.library.naming.nfo import Nfo
from chalicelib.domain.library.naming.pictures import Naming
from chalicelib.domain.library.naming.provider_ids import OF_BOX_SETS, OF_FILMS, provider_ids
from chalicelib.domain.library.naming.titles import Title, film_title, plain_title, spaced
from chalicelib.domain.library.naming.videos import Video, film_versions, joined_parts
from chalicelib.domain.library.resolving.folders import MediaFolder
from chalicelib.domain.library.resolving.results import FoundItem, Reason
from chalicelib.domain.library.resolving.walking import Contents, Walk

type Reader = Callable[[Walk, MediaFolder, FoundItem], None]


def read_films(walk: Walk, folder: MediaFolder, parent: FoundItem) -> None:
    """Read a folder of one film, of several, or of folders of films."""
    if is_box_set(folder):
        read_box_set(walk, folder, parent)
    else:
        read_film_folder(walk, folder, parent, read_films)


def read_film_folder(walk: Walk, folder: MediaFolder, parent: FoundItem, below: Reader) -> None:
    """Read a folder of one film, or of several; `below` reads the folders in it."""
    contents = walk.enter(folder)
    videos = [] if contents.has_disc else film_versions(folder.name, _videos(contents))
    if contents.has_disc or _is_one_disc(walk, contents, videos):
        _add_own(walk, contents, Video((folder.name,), folder.name), parent)
    elif len(videos) == 1 and not contents.folders:
        _add_own(walk, contents, videos[0], parent)
    elif walk.is_artwork and not contents.folders:
        _add_own(walk, contents, Video((folder.name,), folder.name), parent)
    else:
        add_films(walk, contents, videos, parent)
        for sub in contents.folders:
            below(walk, sub, parent)


def add_films(walk: Walk, contents: Contents, videos: list[Video], parent: FoundItem) -> None:
    """Find the films that lie side by side in a folder; what sets two of one name apart then stays in the name."""
    folder = contents.folder
    stems = {stem.casefold() for video in videos for stem in video.stems}
    known: dict[tuple[str, int | None], Title] = {}
    for video in videos:
        others = [name for name in (video.name, video.common_stem) if name.casefold() not in stems]
        nfo = walk.nfo(folder, f"{video.stem}.nfo")
        title = told(film_title(video.name), nfo, provider_ids(video.stem, OF_FILMS))
        first = known.setdefault((name_key(title.name), title.year), title)
        if first is not title and not nfo.title and first.provider_ids == title.provider_ids == {}:
            title = replace(title, name=spaced(video.name))
        item = FoundItem(ItemType.MOVIE, title, parent, path=folder.join(video.stem))
        walk.add(
            item, contents, Naming(item.type, video.stem, is_mixed=True, others=tuple(dict.fromkeys(others)))
        )
    if videos:
        walk.claims.note(folder.path, Reason.SHARED)
    elif contents.songs:
        walk.claims.note(folder.path, Reason.NO_MUSIC)


def side_by_side(contents: Contents) -> list[Video]:
    """Return the films right in a library's folder, where none has a folder of its own."""
    return _videos(contents)


def is_box_set(folder: MediaFolder) -> bool:
    """Tell whether a folder is a box set by its name or its file."""
    return "[boxset]" in folder.name.casefold() or folder.has("collection.xml")


def read_box_set(walk: Walk, folder: MediaFolder, parent: FoundItem) -> None:
    """Find a box set, and the films in it."""
    contents = walk.enter(folder)
    nfo = walk.nfo(folder, "collection.nfo")
    title = told(plain_title(folder.name), nfo, provider_ids(folder.name, OF_BOX_SETS))
    item = FoundItem(ItemType.BOX_SET, title, parent, path=folder.path)
    walk.add(item, contents, Naming(item.type, folder.name))
    add_films(walk, contents, _videos(contents), item)
    for sub in contents.folders:
        read_films(walk, sub, item)


def told(title: Title, nfo: Nfo, ids: object) -> Title:
    """Let what a file says win over what the name says, and ids of both count."""
    known = dict(ids) if isinstance(ids, dict) else {}
    return Title(nfo.title or title.name, nfo.year or title.year, {**nfo.provider_ids, **known})


def _add_own(walk: Walk, contents: Contents, video: Video, parent: FoundItem) -> None:
    """Find the film that a folder is."""
    folder = contents.folder
    title, of_file = film_title(folder.name), film_title(video.name)
    nfo = walk.nfo(folder, "movie.nfo", f"{video.stem}.nfo", f"{folder.name}.nfo")
    ids = {**provider_ids(video.stem, OF_FILMS), **provider_ids(folder.name, OF_FILMS)}
    year = title.year or (of_file.year if of_file.name.casefold() == title.name.casefold() else None)
    item = FoundItem(ItemType.MOVIE, told(Title(title.name, year), nfo, ids), parent, path=folder.path)
    others = dict.fromkeys(
        name for name in (video.name, video.common_stem, folder.name) if name != video.stem
    )
    walk.add(item, contents, Naming(item.type, video.stem, others=tuple(filter(None, others))))


def _videos(contents: Contents) -> list[Video]:
    return joined_parts(file for file in contents.videos if not is_sample_film(file))


def _is_one_disc(walk: Walk, contents: Contents, videos: list[Video]) -> bool:
    """Tell whether a folder holds nothing but the discs of one film, each in a folder of its own."""
    discs = [below for below in contents.folders if walk.enter(below).has_disc]
    joined = joined_parts(f"{disc.name}.iso" for disc in discs)
    return not videos and len(discs) > 1 and len(discs) == len(contents.folders) and len(joined) == 1
