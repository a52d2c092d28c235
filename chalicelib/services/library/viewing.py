"""What users have done with items: shown beside them, asked for in lists, and changed by clients."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.queries import ItemQuery
from chalicelib.domain.library.selection import NOBODY, Viewer
from chalicelib.domain.library.user_data import UNTOUCHED, UserBook, UserData, plays
from chalicelib.domain.library.watching import COUNTED, Tally, tallies
from chalicelib.errors import UnavailableError
from chalicelib.services.library.entries import EntryFinder
from chalicelib.services.library.ports import UserDataStore
from chalicelib.services.ports import Clock
from chalicelib.services.retries import retry_on_conflict

_FEW = 3
"""Folders whose items are read folder by folder; for more of them, and few episodes, the index is read once."""

_AT_ONCE = 100
_OF_SHOWS = frozenset({ItemType.SERIES, ItemType.SEASON})
_EPISODES = frozenset({ItemType.EPISODE})


@dataclass(frozen=True, slots=True)
class Seen:
    """What a user has done with an item, and what is left below it where it is a folder."""

    data: UserData
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class Viewing:
    """The book of each user; a folder is played when all below it is."""

    store: UserDataStore
    finder: EntryFinder
    clock: Clock

    def book(self, user_id: str | None) -> UserBook:
        """Return all that a user has done; nobody has done nothing."""
        return self.store.all(user_id) if user_id else {}

    def viewer(self, query: ItemQuery, book: UserBook) -> Viewer:
        """Return what a list needs to know of its user."""
        if not query.is_about_a_user:
            return NOBODY
        needs_counts = query.states.played is not None and (not query.types or query.types & COUNTED)
        return Viewer(book, tallies(self.finder.everywhere(_EPISODES), book) if needs_counts else {})

    def seen(self, user_id: str, items: Sequence[Item]) -> Mapping[str, Seen]:
        """Return what a user has done with items, by id."""
        folders = [item for item in items if item.type in COUNTED]
        if not folders:
            found = self.store.find(user_id, (item.id for item in items))
            return {item.id: Seen(found.get(item.id, UNTOUCHED)) for item in items}
        book = self.book(user_id)
        counts = self._counts(folders, book)
        return {
            item.id: Seen(
                book.get(item.id, UNTOUCHED),
                counts.get(item.id, Tally()) if item.type in COUNTED else None,
            )
            for item in items
        }

    def change(
        self,
        user_id: str,
        item: Item,
        change: Callable[[UserData], UserData],
        deadline: Deadline = NO_DEADLINE,
    ) -> Seen:
        """Change what a user has done with one item."""
        retry_on_conflict(lambda: self._changed(user_id, item.id, change), deadline)
        return self.seen(user_id, [item])[item.id]

    def mark_played(
        self, user_id: str, item: Item, when: datetime | None, deadline: Deadline = NO_DEADLINE
    ) -> Seen:
        """Say that a user has played an item, or all below a folder."""
        now = self.clock.now()
        return self._mark(user_id, item, lambda data: data.played(when, now), deadline)

    def mark_unplayed(self, user_id: str, item: Item, deadline: Deadline = NO_DEADLINE) -> Seen:
        """Say that a user has not played an item, or any below a folder."""
        return self._mark(user_id, item, UserData.unplayed, deadline)

    def _mark(
        self, user_id: str, item: Item, change: Callable[[UserData], UserData], deadline: Deadline
    ) -> Seen:
        if not item.type.is_folder:
            return self.change(user_id, item, change, deadline)
        book = self.book(user_id)
        leaves = (entry for entry in self.finder.below(item) if _can_be_played(entry))
        changed = {leaf.id: change(book.get(leaf.id, UNTOUCHED)) for leaf in leaves}
        different = {key: data for key, data in changed.items() if data != book.get(key, UNTOUCHED)}
        for batch in batched(different.items(), _AT_ONCE, strict=False):
            _check_time(deadline)
            self.store.save_many(user_id, dict(batch))
        return self.seen(user_id, [item])[item.id]

    def _changed(self, user_id: str, item_id: str, change: Callable[[UserData], UserData]) -> None:
        before = self.store.find(user_id, [item_id]).get(item_id, UNTOUCHED)
        after = change(before)
        if after != before:
            self.store.save(user_id, item_id, before, after)

    def _counts(self, folders: Sequence[Item], book: UserBook) -> Mapping[str, Tally]:
        """Count below folders: those of many shows by one reading of all episodes, where these are few."""
        shows = [folder for folder in folders if folder.type in _OF_SHOWS]
        others: Iterable[Item] = folders
        counts: dict[str, Tally] = {}
        if len(shows) > _FEW and self.finder.is_short(ItemType.EPISODE):
            counts |= tallies(self.finder.everywhere(_EPISODES), book)
            others = (folder for folder in folders if folder.type not in _OF_SHOWS)
        for folder in others:
            leaves = [entry for entry in self.finder.below(folder) if _can_be_played(entry)]
            counts |= {folder.id: tallies(leaves, book).get(folder.id, Tally())}
        return counts


def _can_be_played(entry: Entry) -> bool:
    return not entry.type.is_folder and plays(entry.type)


def _check_time(deadline: Deadline) -> None:
    if deadline.remaining < 0:
        message = "Not all below the item could be marked in the time of one call; repeat it."
        raise UnavailableError(message)
