"""What earlier runs found out, so that a run can stop anywhere and another go on: an SQLite file.

It spares the next run the reading of unchanged files and tells which image of an item a changed file once was;
whether an image is there is always asked of the service.
"""

import hashlib
import os
import sqlite3
from pathlib import Path
from threading import Lock
from typing import Self

from infra.places import run_folder

_SCHEMA = """
create table if not exists digests (
    path text primary key, size integer, modified integer, digest text
) without rowid;
create table if not exists sent (path text primary key, tag text) without rowid;
create table if not exists copied (image text primary key, upstream text, tag text) without rowid;
create table if not exists refused (path text primary key, tag text, reason text) without rowid;
"""


class State:
    """The file, for all threads; every entry is on the disk when its call returns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def at(cls, path: Path) -> Self:
        """Open the file, or make it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        connection.execute("pragma journal_mode = wal")
        connection.executescript(_SCHEMA)
        return cls(connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def tag_of(self, path: Path) -> str:
        """Return the tag that the service gives to a file's bytes; an unchanged file is not read again."""
        facts = path.stat()
        signature = (_key(path), facts.st_size, facts.st_mtime_ns)
        known = self._one(
            "select digest from digests where path = ? and size = ? and modified = ?", *signature
        )
        if known:
            return known[:32]
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self._run("insert or replace into digests values (?, ?, ?, ?)", *signature, digest)
        return digest[:32]

    def sent(self, path: Path) -> str | None:
        """Return the tag of the image that a file was when it was last taken."""
        return self._one("select tag from sent where path = ?", _key(path))

    def remember(self, path: Path, tag: str) -> None:
        """Remember that a file is an image now."""
        if self.sent(path) != tag:
            self._run("insert or replace into sent values (?, ?)", _key(path), tag)

    def refusal(self, path: Path, tag: str) -> str | None:
        """Return why the service refused a file before, None when it is another by now."""
        return self._one("select reason from refused where path = ? and tag = ?", _key(path), tag)

    def remember_refusal(self, path: Path, tag: str, reason: str) -> None:
        """Remember that the service refused a file's bytes."""
        self._run("insert or replace into refused values (?, ?, ?)", _key(path), tag, reason)

    def copied(self, image: str, upstream: str) -> str | None:
        """Return the tag of an image that was copied from a server while it had a tag there."""
        return self._one("select tag from copied where image = ? and upstream = ?", image, upstream)

    def last_copied(self, image: str) -> str | None:
        """Return the tag of an image as it was last copied, whatever its tag on the server is now."""
        return self._one("select tag from copied where image = ?", image)

    def remember_copy(self, image: str, upstream: str, tag: str) -> None:
        """Remember that an image of a server is an image here."""
        self._run("insert or replace into copied values (?, ?, ?)", image, upstream, tag)

    def _one(self, query: str, *values: object) -> str | None:
        with self._lock:
            row = self._connection.execute(query, values).fetchone()
        return row[0] if row else None

    def _run(self, statement: str, *values: object) -> None:
        with self._lock:
            self._connection.execute(statement, values)


def state_path(url: str, source: str) -> Path:
    """Return where the progress of copying from a source to a service is remembered."""
    digest = hashlib.sha256(f"{url} {source}".encode(errors="surrogateescape")).hexdigest()
    return run_folder(os.environ) / "imports" / f"{digest[:16]}.sqlite"


def _key(path: Path) -> str:
    """Return a path as text that SQLite takes, whatever its bytes are."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
