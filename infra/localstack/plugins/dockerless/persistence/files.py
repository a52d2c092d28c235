"""Files of objects: each is written once under a name of its own, and unlinked when nothing refers to it."""

import os
import weakref
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from threading import Lock, RLock
from typing import Any

_birth = Lock()


class KeptFile:
    """A file as LocalStack's stored objects use one: with a position, but open only while it is read or written.

    It ends when the last object that has it does: an object of the last snapshot still has its file after it was
    deleted or overwritten, and loses it when the next snapshot is written.
    """

    def __init__(self, path: Path, modified: int = 0) -> None:
        self.path = path
        self.internal_last_modified = modified
        self._position = 0
        self._locks: tuple[Any, Any] | None = None
        weakref.finalize(self, _unlink, path).atexit = False

    @property
    def position_lock(self) -> Any:  # noqa: ANN401  # a lock
        """Return the lock of the position."""
        return self._made_locks()[0]

    @property
    def readwrite_lock(self) -> Any:  # noqa: ANN401  # of a package without types
        """Return the lock that keeps readers and a writer apart."""
        return self._made_locks()[1]

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move, and return where to."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size()}[whence]
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """Return the position."""
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        """Read so many bytes, or all to the end."""
        try:
            with self.path.open("rb") as file:
                file.seek(self._position)
                data = file.read(-1 if size is None else size)
        except FileNotFoundError:  # nothing was written yet
            return b""
        self._position += len(data)
        return data

    def write(self, data: bytes) -> int:
        """Write at the position."""
        with self._opened() as file:
            file.seek(self._position)
            file.write(data)
        self._position += len(data)
        return len(data)

    def truncate(self, size: int | None = None) -> int:
        """Cut the file off at a size, or at the position."""
        wanted = self._position if size is None else size
        with self._opened() as file:
            file.truncate(wanted)
        return wanted

    def close(self) -> None:
        """Do nothing: the file ends with its last object."""

    def _opened(self) -> Any:  # noqa: ANN401  # a binary file
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return self.path.open("r+b" if self.path.exists() else "w+b")

    def _size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def _made_locks(self) -> tuple[Any, Any]:
        """Make the locks when they are first needed: most of many thousand objects are not touched for long."""
        with _birth:
            if self._locks is None:
                from readerwriterlock import rwlock  # noqa: PLC0415  # of LocalStack's environment

                self._locks = (RLock(), rwlock.RWLockWrite())
            return self._locks


def fresh_path(folder: Path) -> Path:
    """Name a file that is not there yet; 256 folders keep each small."""
    name = token_hex(16)
    return folder / name[:2] / name


def remove_others(folder: Path, kept: Iterable[str]) -> None:
    """Remove the files that no snapshot knows: a killed emulator leaves what it wrote after the last."""
    if not folder.is_dir():
        return
    names = set(kept)
    for below in os.scandir(folder):
        for found in os.scandir(below):
            if found.name not in names:
                Path(found).unlink()


def sync(paths: Iterable[Path]) -> None:
    """Wait until files are on disk; one that was deleted meanwhile needs none of it."""
    for path in paths:
        with suppress(FileNotFoundError):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)
