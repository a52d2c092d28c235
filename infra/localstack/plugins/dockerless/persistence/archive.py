"""The archive: rows, messages and facts about objects in one SQLite file, changed by whole snapshots only.

The bytes of objects lie beside it, in files that are written once. Standard library only: the command line reads
the format too, before it starts anything.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Self

FORMAT = 1
"""Raise it with every change of the tables, and add to `_MIGRATIONS` what brings the one before there."""
FILE = "data.sqlite"

_SCHEMA = """
create table rows (store text, key text, item text, primary key (store, key)) without rowid;
create table objects (
    bucket text, key text, version text, position integer, path text, size integer, facts text,
    primary key (bucket, key, version)
) without rowid;
create table messages (queue text, position integer, message text, primary key (queue, position)) without rowid;
create table snapshots (only integer primary key check (only = 0), taken real);
"""
_MIGRATIONS: Mapping[int, str] = {}
"""SQL by the format that it starts from, each to the next."""


class FormatError(Exception):
    """Refuse an archive that another version wrote and this one cannot read."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a table; key and item are JSON, the item None where the row was deleted."""

    key: str
    item: str | None


@dataclass(frozen=True, slots=True)
class KeptObject:
    """A version of an object; a delete marker has no path. `position` orders the versions of a key."""

    key: str
    version: str
    position: int
    path: str | None
    size: int
    facts: str


@dataclass(slots=True)
class Snapshot:
    """What has changed since the last one, by table, bucket and queue; a queue is written whole."""

    taken: float
    rows: dict[str, list[KeptRow]] = field(default_factory=dict)
    objects: dict[str, list[KeptObject]] = field(default_factory=dict)
    gone: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Key and version of objects that are there no more."""
    messages: dict[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """How much is kept, and when the last snapshot was taken (seconds since 1970)."""

    taken: float
    rows: int
    objects: int
    bytes: int
    messages: int


class Archive:
    """An open archive; any thread may use it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = RLock()

    @classmethod
    def at(cls, folder: Path) -> Self:
        """Open or make the archive of a folder, brought to this format; raises FormatError."""
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(folder / FILE, check_same_thread=False, isolation_level=None)
        try:
            _migrate(connection)
        except FormatError:
            connection.close()
            raise
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        return cls(connection)

    def commit(self, snapshot: Snapshot) -> None:
        """Write a snapshot, wholly or not at all."""
        with self._lock, _transaction(self._connection) as connection:
            for table, rows in snapshot.rows.items():
                _write_rows(connection, table, rows)
            for bucket, gone in snapshot.gone.items():
                removed = ((bucket, *one) for one in gone)
                connection.executemany(
                    "delete from objects where (bucket, key, version) = (?, ?, ?)", removed
                )
            for bucket, objects in snapshot.objects.items():
                _write_objects(connection, bucket, objects)
            for queue, messages in snapshot.messages.items():
                _write_messages(connection, queue, messages)
            connection.execute("insert or replace into snapshots values (0, ?)", (snapshot.taken,))

    def rows(self, table: str) -> Iterator[KeptRow]:
        """Yield the rows of a table."""
        for key, item in self._all("select key, item from rows where store = ?", table):
            yield KeptRow(key, item)

    def objects(self, bucket: str) -> Iterator[KeptObject]:
        """Yield the objects of a bucket, older versions first."""
        columns = "key, version, position, path, size, facts"
        for found in self._all(f"select {columns} from objects where bucket = ? order by position", bucket):  # noqa: S608  # our own columns
            yield KeptObject(*found)

    def messages(self, queue: str) -> list[str]:
        """Return the messages of a queue, in order."""
        found = self._all("select message from messages where queue = ? order by position", queue)
        return [message for (message,) in found]

    def paths(self) -> frozenset[str]:
        """Return the file of every object."""
        return frozenset(path for (path,) in self._all("select path from objects where path is not null"))

    def summary(self) -> Summary:
        """Count what is kept."""
        counted = self._all(
            "select coalesce((select taken from snapshots), 0), (select count(*) from rows), count(*),"
            " coalesce(sum(size), 0), (select count(*) from messages) from objects"
        )
        return Summary(*counted[0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _all(self, statement: str, *values: str) -> list[tuple]:  # type: ignore[type-arg]  # as SQLite gives them
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


def check_format(folder: Path) -> None:
    """Raise FormatError where a folder's archive is of a version that this one cannot read."""
    if (path := folder / FILE).is_file():
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            _format_of(connection)


def read_summary(folder: Path) -> Summary | None:
    """Count what a folder keeps, whether an emulator runs or not; None where there is nothing."""
    if not (folder / FILE).is_file():
        return None
    with closing(sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)) as connection:
        return Archive(connection).summary()


class _transaction:  # noqa: N801  # used as a function
    """Commit at the end of a block, or roll back."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> sqlite3.Connection:
        self._connection.execute("begin immediate")
        return self._connection

    def __exit__(self, kind: object, *_: object) -> None:
        self._connection.execute("commit" if kind is None else "rollback")


def _format_of(connection: sqlite3.Connection) -> int:
    found = int(connection.execute("pragma user_version").fetchone()[0])
    if found > FORMAT or any(older not in _MIGRATIONS for older in range(max(found, 1), FORMAT)):
        raise FormatError(f"format {found}, and this version reads {FORMAT}")
    return found


def _migrate(connection: sqlite3.Connection) -> None:
    found = _format_of(connection)
    steps = [_SCHEMA] if found == 0 else [_MIGRATIONS[older] for older in range(found, FORMAT)]
    if found != FORMAT:
        connection.executescript(f"begin; {''.join(steps)} pragma user_version = {FORMAT}; commit;")


def _write_rows(connection: sqlite3.Connection, table: str, rows: Iterable[KeptRow]) -> None:
    for row in rows:
        if row.item is None:
            connection.execute("delete from rows where (store, key) = (?, ?)", (table, row.key))
        else:
            connection.execute("insert or replace into rows values (?, ?, ?)", (table, row.key, row.item))


def _write_objects(connection: sqlite3.Connection, bucket: str, objects: Iterable[KeptObject]) -> None:
    connection.executemany(
        "insert or replace into objects values (?, ?, ?, ?, ?, ?, ?)",
        ((bucket, one.key, one.version, one.position, one.path, one.size, one.facts) for one in objects),
    )


def _write_messages(connection: sqlite3.Connection, queue: str, messages: Iterable[str]) -> None:
    connection.execute("delete from messages where queue = ?", (queue,))
    numbered = ((queue, position, message) for position, message in enumerate(messages))
    connection.executemany("insert into messages values (?, ?, ?)", numbered)
