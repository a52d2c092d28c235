"""One walk through a tree: what of a folder counts, and where the finds go."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from chalicelib.domain.library.naming.extensions import is_picture, is_song, is_video, suffix_of
from chalicelib.domain.library.naming.extras import is_extra, is_extras_folder
from chalicelib.domain.library.naming.ignore_files import IGNORE_FILE, IgnoreRules, ignore_rules
from chalicelib.domain.library.naming.ignored import is_ignored_file, is_ignored_folder
from chalicelib.domain.library.naming.nfo import Nfo, read_nfo
from chalicelib.domain.library.naming.pictures import (
    EXTRA_FANART,
    METADATA,
    NamedPicture,
    Naming,
    PictureFiles,
    pictures_of,
)
from chalicelib.domain.library.resolving.claims import Claims
from chalicelib.domain.library.resolving.folders import MediaFolder
from chalicelib.domain.library.resolving.results import FoundItem, Reason

_BESIDE = frozenset({EXTRA_FANART, METADATA})

type ReadText = Callable[[str], bytes]
"""Returns the bytes of a small file by its path in the tree."""


@dataclass(slots=True)
class Contents:
    """What of a folder counts: videos and songs that are no extras, folders that are read, and pictures."""

    folder: MediaFolder
    videos: list[str] = field(default_factory=list)
    songs: list[str] = field(default_factory=list)
    folders: list[MediaFolder] = field(default_factory=list)
    has_disc: bool = False
    _pictures: PictureFiles | None = None

    @property
    def pictures(self) -> PictureFiles:
        """Return the pictures in the folder, and those in the folders for pictures beside."""
        if self._pictures is None:
            beside = (below for below in self.folder.folders if below.name.casefold() in _BESIDE)
            inside = (f"{below.name}/{file}" for below in beside for file in below.files)
            self._pictures = PictureFiles(file for file in (*self.folder.files, *inside) if is_picture(file))
        return self._pictures


@dataclass(slots=True)
class Walk:
    """What all readers of folders share. `is_artwork` tells that the tree has no video and no song at all."""

    read_text: ReadText
    is_artwork: bool = False
    claims: Claims = field(default_factory=Claims)
    items: list[FoundItem] = field(default_factory=list)
    _found: set[Hashable] = field(default_factory=set)
    _rules: dict[str, tuple[str, IgnoreRules] | None] = field(default_factory=dict)

    def enter(self, folder: MediaFolder, *, is_library: bool = False) -> Contents:
        """Return what of a folder counts; right in a library no folder holds extras."""
        contents = Contents(folder)
        for file in folder.files:
            self._add_file(contents, file)
        for below in folder.folders:
            self._add_folder(contents, below, is_library=is_library)
        return contents

    def nfo(self, folder: MediaFolder, *names: str) -> Nfo:
        """Return what the first of some files in a folder says."""
        files = (folder.file(name) for name in names)
        file = next(filter(None, files), None)
        return read_nfo(self.read_text(folder.join(file))) if file else Nfo()

    def add(self, item: FoundItem, contents: Contents, naming: Naming) -> None:
        """Find an item, with its pictures in one folder."""
        self.add_from(item, [(contents, naming, pictures_of(naming, contents.pictures))])

    def add_from(
        self, item: FoundItem, sources: Iterable[tuple[Contents, Naming, tuple[NamedPicture, ...]]]
    ) -> None:
        """Find an item, with its pictures in several folders."""
        known = list(sources)
        pictures = self.claims.take(item, [(contents.folder, named) for contents, _, named in known])
        for contents, naming, _ in known:
            self.claims.looked_up(contents.folder, naming, item)
        if pictures or item.identity not in self._found:
            self.items.append(item.with_pictures(pictures))
        self._found.add(item.identity)

    def _add_file(self, contents: Contents, file: str) -> None:
        folder = contents.folder
        if (
            suffix_of(file) == ""
            or is_ignored_file(file)
            or self._is_left_out(folder, folder.join(file), is_folder=False)
        ):
            return
        if file.casefold() == "video_ts.ifo":
            contents.has_disc = True
        elif not is_extra(file):
            if is_video(file):
                contents.videos.append(file)
            if is_song(file):
                contents.songs.append(file)

    def _add_folder(self, contents: Contents, below: MediaFolder, *, is_library: bool) -> None:
        if is_disc(below):
            contents.has_disc = True
            self.claims.note(below.path, Reason.DISC)
        elif is_ignored_folder(below.name):
            self.claims.note(below.path, Reason.SYSTEM_FOLDER, below.name)
        elif self._is_folder_left_out(below):
            self.claims.note(below.path, Reason.IGNORE_FILE)
        elif not is_library and is_extras_folder(below.name):
            self.claims.note(below.path, Reason.EXTRA, below.name)
        else:
            contents.folders.append(below)

    def _is_folder_left_out(self, folder: MediaFolder) -> bool:
        if (file := folder.file(IGNORE_FILE)) is not None:
            rules = ignore_rules(self.read_text(folder.join(file)))
            self._rules[folder.path] = (folder.path, rules)
            return not rules.rules
        above = folder.path.rpartition("/")[0]
        self._rules[folder.path] = self._rules.get(above)
        return self._is_left_out(folder, folder.path, is_folder=True)

    def _is_left_out(self, folder: MediaFolder, path: str, *, is_folder: bool) -> bool:
        """Tell whether the nearest `.ignore` file upwards from a folder leaves a path in it out."""
        known = self._rules.get(folder.path)
        return known is not None and known[1].leaves_out(_below(known[0], path), is_folder=is_folder)

    def begin(self, top: MediaFolder) -> bool:
        """Read the `.ignore` file at the top; tells whether anything is left."""
        return not self._is_folder_left_out(top)


def is_disc(folder: MediaFolder) -> bool:
    """Tell whether a folder is the structure of a disc."""
    name = folder.name.casefold()
    return name == "bdmv" or (
        name == "video_ts" and any(suffix_of(file) in {".vob", ".ifo"} for file in folder.files)
    )


def _below(base: str, path: str) -> str:
    return path.removeprefix(base).removeprefix("/")
