"""Long lists of entries, kept by a process between its calls.

A library of 10,000 items is some ten megabytes of entries, which DynamoDB hands over a megabyte at a time. Every
writer marks the library as changed before it writes; whoever has read a long list since the last mark need not
read it again. What was read within seconds of a mark is not kept, for the write that follows the mark, and the
indexes that follow the write, may not have been done: so a crash between mark and write spoils nothing.

A mark is forgotten at last, so that a library that is no more leaves nothing behind. Two times without a mark look
alike, so a list is not kept for as long as a mark is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from chalicelib.domain.library.entries import Entry

type Entries = tuple[Entry, ...]

LONG = 1_000
"""Entries; reading a shorter list is hardly dearer than asking whether it changed."""

MOST = 100_000
"""Entries kept at once, some 100 MB."""

SETTLED = timedelta(seconds=30)
"""Longer than any call of a function lasts, and with it the write after a mark and the index after the write."""


LONGEST = timedelta(hours=12)
"""After which a list is read again, whatever the mark says."""

MARKED = 2 * LONGEST
"""For so long, at least, a mark is remembered."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How many changes were announced, and when the last one was."""

    count: int
    at: datetime


BEGINNING = Mark(0, datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Kept:
    """A list, the mark before which it was read, and when."""

    mark: Mark
    read: datetime
    entries: Entries


@dataclass
class EntryCache:
    """Keeps long lists by their key until the library is marked as changed."""

    last_mark: Callable[[], Mark]
    now: Callable[[], datetime]
    kept: dict[str, Kept] = field(default_factory=dict)

    def entries(self, key: str, load: Callable[[], Entries]) -> Entries:
        """Return a list: the kept one if nobody has announced a change since, else what `load` reads."""
        if kept := self.kept.get(key):
            if self.now() - kept.read < LONGEST and self.last_mark() == kept.mark:
                return kept.entries
            del self.kept[key]
        return self._loaded(key, load)

    def _loaded(self, key: str, load: Callable[[], Entries]) -> Entries:
        began = self.now()
        entries = load()
        if LONG <= len(entries) <= MOST:
            mark = self.last_mark()
            if mark.at + SETTLED < began:
                self._make_room(len(entries))
                self.kept[key] = Kept(mark, began, entries)
        return entries

    def _make_room(self, needed: int) -> None:
        """Forget the lists that have been kept longest."""
        while self.kept and needed + sum(len(kept.entries) for kept in self.kept.values()) > MOST:
            del self.kept[next(iter(self.kept))]
