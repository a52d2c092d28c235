"""The listings of the library: read by window, and written with the items."""

from collections.abc import Callable, Iterable, Mapping

from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.library.finds import read_found
from chalicelib.adapters.dynamodb.library.mentions import (
    add_mentions,
    read_mention_counts,
    read_mentioning,
)
from chalicelib.adapters.dynamodb.library.places import (
    Completeness,
    completeness,
    drop_empty_segments,
    mark_complete,
)
from chalicelib.adapters.dynamodb.library.placing import PlacesTakenError, Placing, conflicts
from chalicelib.adapters.dynamodb.library.rows import DetailsRow, EntryRow, children_key, find_row, item_of
from chalicelib.adapters.dynamodb.library.windows import read_listed, read_totals
from chalicelib.adapters.dynamodb.table.transactions import transaction
from chalicelib.domain.library.items import NAMED_TYPES, Item, ItemType
from chalicelib.domain.library.listings import Listed, Listing, Window
from chalicelib.services.retries import retry_on_conflict

_ATTEMPTS = 15


class DynamoListings:
    """Listings; complete in a new library, and in an old one once the sweep has given each item its places."""

    def __init__(self, find: Callable[[Iterable[str]], Mapping[str, Item]]) -> None:
        self._find = find
        self._complete = Completeness()
        self._has_begun = False

    def read(self, listings: Iterable[Listing], window: Window) -> Listed | None:
        """Return a window; None while some items have no places yet."""
        return read_listed(listings, window) if self._is_usable() else None

    def totals(self, listings: Iterable[Listing]) -> Mapping[Listing, int] | None:
        """Return how many places listings have; None while some items have none yet."""
        return read_totals(listings) if self._is_usable() else None

    def found(self, term: str, kinds: Iterable[str], scope: str | None, most: int) -> tuple[str, ...] | None:
        """Return whom a term finds; None while some items have no keys yet."""
        return read_found(term, kinds, scope, most) if self._is_usable() else None

    def begin(self) -> None:
        """See once whether this library is new; then no item is without its places."""
        if not self._has_begun and not self._is_usable() and _is_empty():
            mark_complete()
        self._has_begun = True

    def write(
        self, item: Item, before: Item | None, after: Item | None, rows: Callable[[TransactWrite], None]
    ) -> None:
        """Write an item's rows with its places; others at the same places are waited for."""

        def attempt() -> None:
            placing = Placing(before, after, self._find)
            with conflicts(item, placing), transaction() as write:
                rows(write)
                placing.add_to(write)
            placing.tidy()

        retry_on_conflict(attempt, attempts=_ATTEMPTS, on=PlacesTakenError)

    def end(self, scope: str) -> None:
        """Leave no counters of a scope whose items are gone; with an item of it each would count again."""
        drop_empty_segments(scope)

    def list_old(self, item_id: str) -> None:
        """Give an item of an earlier release its places and its keys of mentions.

        Raises ConflictError when somebody has written it meanwhile, and with it both.
        """
        if (row := find_row(item_id)) and not row.is_mentioning:
            item = item_of(row)
            add_mentions(item)
            before = item if row.is_listed else None
            self.write(item, before, item, lambda write: _mark_listed(write, row))

    def mentioning(self, named_id: str, kinds: Iterable[ItemType], most: int) -> tuple[str, ...] | None:
        """Return who mentions a named item; None while some items have no keys of mentions yet."""
        return read_mentioning(named_id, kinds, most) if self._has_mentions() else None

    def mention_counts(
        self, named_ids: Iterable[str], kinds: Iterable[ItemType]
    ) -> Mapping[str, Mapping[ItemType, int]] | None:
        """Return how many items mention each of some named items; None as `mentioning` does."""
        if not self._has_mentions():
            return None
        kinds = tuple(kinds)
        return {named_id: read_mention_counts(named_id, kinds) for named_id in named_ids}

    def _is_usable(self) -> bool:
        if not self._complete.places:
            self._complete = completeness()
        return self._complete.places

    def _has_mentions(self) -> bool:
        if not self._complete.mentions:
            self._complete = completeness()
        return self._complete.mentions


def _mark_listed(write: TransactWrite, row: DetailsRow) -> None:
    unchanged = (DetailsRow.version == row.version) & DetailsRow.is_mentioning.does_not_exist()
    row.is_listed = row.is_mentioning = True
    write.save(row, condition=unchanged)


def _is_empty() -> bool:
    partitions = (children_key(None), *(f"named#{kind}" for kind in NAMED_TYPES))
    return not any(list(EntryRow.query(key, limit=1, consistent_read=True)) for key in partitions)
