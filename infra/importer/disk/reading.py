"""Read a media folder into names; whatever is wrong with one entry costs that entry alone."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path

from chalicelib.domain.library.naming.extensions import is_picture
from infra.importer.disk.tree import DiskTree, Fault
from infra.importer.disk.within import SECONDS, within

_DEEPEST = 64
"""Folders in folders; a path of more is made by links, or by nobody."""

_AT_ONCE = 500

EMPTY = "The file is empty."
LEADS_NOWHERE = "The link leads nowhere."
LEADS_OUT = "The link leads out of the folder. Follow it with --follow-links."
LEADS_BACK = "The link leads back to a folder above it, so it is not followed."
LEADS_TWICE = "Another link leads to the same folder, which is read there."
TOO_DEEP = "The folder lies too deep."
NO_FILE = "It is neither a file nor a folder."

type ListFolder = Callable[[Path], list[str]]
"""Returns the names in a folder."""


def read_tree(
    root: Path,
    *,
    follow_links: bool = False,
    seconds: float = SECONDS,
    list_folder: ListFolder | None = None,
) -> DiskTree:
    """Read all below a folder. Links out of it are followed if asked, each real folder once a path."""
    tree = DiskTree(root)
    _Reading(tree, follow_links, seconds, list_folder or names_in).read_all()
    return tree


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder to read: its path in the tree, and the real folders above it by device and number."""

    path: str
    above: frozenset[tuple[int, int]]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a folder: its facts, behind a link those of the target; None with the error when it has none."""

    name: str
    facts: os.stat_result | None
    target: Path | None
    error: OSError | None = None


@dataclass(slots=True)
class _Reading:
    tree: DiskTree
    follow_links: bool
    seconds: float
    list_folder: ListFolder
    linked: set[tuple[int, int]] = field(default_factory=set)

    def read_all(self) -> None:
        facts = within(self.seconds, self.tree.root.stat)
        real = within(self.seconds, self.tree.root.resolve)
        self.tree.root = real
        waiting = [_Place("", frozenset({_identity(facts)}))]
        while waiting:
            waiting.extend(reversed(self._read(waiting.pop())))

    def _read(self, place: _Place) -> list[_Place]:
        """Read one folder; returns those in it."""
        folder = self.tree.path(place.path)
        try:
            names = sorted(within(self.seconds, lambda: self.list_folder(folder)))
            entries = [
                entry
                for some in batched(names, _AT_ONCE, strict=False)
                for entry in self._entries(folder, some)
            ]
        except OSError as error:
            self._fault(place.path or ".", error)
            return []
        if not entries and place.path:
            self.tree.names.append(f"{place.path}/")
        found = (self._entry(place, entry) for entry in entries)
        return [below for below in found if below]

    def _entries(self, folder: Path, names: tuple[str, ...]) -> list[_Entry]:
        """Return the facts of some entries; they are read together, since each wait for a disk costs a thread."""
        return within(self.seconds, lambda: [_entry_of(folder, name) for name in names])

    def _entry(self, place: _Place, entry: _Entry) -> _Place | None:
        path = f"{place.path}/{entry.name}" if place.path else entry.name
        if entry.facts is None:
            is_lost = isinstance(entry.error, FileNotFoundError) and entry.target is not None
            self._leave(path, LEADS_NOWHERE if is_lost else _sentence(entry.error), is_folder=False)
            return None
        is_folder = stat.S_ISDIR(entry.facts.st_mode)
        if entry.target is not None and (fault := self._link_fault(place, entry.target, entry.facts)):
            self._leave(path, fault, is_folder=is_folder)
        elif is_folder:
            return self._folder(place, path, entry.facts)
        else:
            self._file(path, entry.facts)
        return None

    def _folder(self, place: _Place, path: str, facts: os.stat_result) -> _Place | None:
        if place.depth >= _DEEPEST:
            self._leave(path, TOO_DEEP, is_folder=True)
            return None
        return _Place(path, place.above | {_identity(facts)}, place.depth + 1)

    def _file(self, path: str, facts: os.stat_result) -> None:
        if not stat.S_ISREG(facts.st_mode):
            self._leave(path, NO_FILE, is_folder=False)
        elif is_picture(path) and not facts.st_size:
            self._leave(path, EMPTY, is_folder=False)
        else:
            self.tree.names.append(path)
            if is_picture(path):
                self.tree.sizes[path] = facts.st_size

    def _link_fault(self, place: _Place, target: Path, facts: os.stat_result) -> str | None:
        """Return why a link is not followed, None when it is."""
        if not self.follow_links and not target.is_relative_to(self.tree.root):
            return LEADS_OUT
        if not stat.S_ISDIR(facts.st_mode):
            return None
        if _identity(facts) in place.above:
            return LEADS_BACK
        if _identity(facts) in self.linked:
            return LEADS_TWICE
        self.linked.add(_identity(facts))
        return None

    def _fault(self, path: str, error: OSError) -> None:
        self.tree.folders.append(Fault(path, _sentence(error)))

    def _leave(self, path: str, reason: str, *, is_folder: bool) -> None:
        """Note an entry that is left out; of files, pictures alone are worth a word."""
        if is_folder:
            self.tree.folders.append(Fault(path, reason))
        elif is_picture(path):
            self.tree.pictures.append(Fault(path, reason))


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder."""
    return [path.name for path in folder.iterdir()]


def _entry_of(folder: Path, name: str) -> _Entry:
    path = folder / name
    try:
        target = path.resolve() if path.is_symlink() else None
    except OSError as error:
        return _Entry(name, None, None, error)
    try:
        return _Entry(name, path.stat(), target)
    except OSError as error:
        return _Entry(name, None, target, error)


def _identity(facts: os.stat_result) -> tuple[int, int]:
    return facts.st_dev, facts.st_ino


def _sentence(error: OSError | None) -> str:
    if error is None:
        return "It cannot be read."
    return f"It cannot be read: {error.strerror or error}."
