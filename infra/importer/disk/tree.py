"""A media folder on the disk as names, and what of it is left out."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from chalicelib.domain.library.naming.ignore_files import IGNORE_FILE
from chalicelib.domain.library.naming.nfo import MOST_BYTES
from infra.importer.disk.within import SECONDS, within

_NOTHING_LEFT_OUT = b"!nothing\n"


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that is left out, and why; `path` is relative to the tree."""

    path: str
    reason: str


@dataclass(slots=True)
class DiskTree:
    """The names below a folder, with the sizes of pictures in bytes.

    `pictures` are picture files that are left out, `folders` are folders that were not read.
    """

    root: Path
    names: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    pictures: list[Fault] = field(default_factory=list)
    folders: list[Fault] = field(default_factory=list)

    def path(self, name: str) -> Path:
        """Return where a name lies on the disk."""
        return self.root / name

    def read_text(self, name: str) -> bytes:
        """Return the bytes of a small file, nothing when it cannot be read or is too large."""

        def read() -> bytes:
            with self.path(name).open("rb") as file:
                return file.read(MOST_BYTES + 1)

        try:
            return within(SECONDS, read)
        except OSError:
            return _NOTHING_LEFT_OUT if name.rpartition("/")[2].casefold() == IGNORE_FILE else b""


def shown(path: str) -> str:
    """Return a path as it can be printed and written down, whatever its bytes are."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")
