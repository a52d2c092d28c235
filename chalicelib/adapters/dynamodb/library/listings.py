"""The listings of the library: read by window, and written with the items."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.library.counting import PlacesTakenError
from chalicelib.adapters.dynamodb.library.finds import read_found
from chalicelib.adapters.dynamodb.library.mentions.intents import Intent, mentions_kept
from chalicelib.adapters.dynamodb.library.mentions.old_keys import drop_old_keys
from chalicelib.adapters.dynamodb.library.mentions.reading import read_mention_counts, read_mentioning
from chalicelib.adapters.dynamodb.library.places import (
    Completeness,
    completeness,
    drop_empty_segments,
    mark_complete,
)
from chalicelib.adapters.dynamodb.library.placing import Placing, conflicts
from chalicelib.adapters.dynamodb.library.rows import DetailsRow, EntryRow, children_key, find_row, item_of
from chalicelib.adapters.dynamodb.library.totals import drop_empty_totals, read_item_counts
from chalicelib.adapters.dynamodb.library.windows import read_listed, read_totals
from chalicelib.adapters.dynamodb.table.transactions import transaction
from chalicelib.domain.library.items import NAMED_TYPES, Item, ItemType
from chalicelib.domain.library.listings import Listed, Listing, Window
from chalicelib.domain.library.mentions import ScopeAndKind, names_scope, needs_tallies
from chalicelib.errors import BusyError
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
        listings = list(listings)
        return read_listed(listings, window) if self._have_all(listings) else None

    def totals(self, listings: Iterable[Listing]) -> Mapping[Listing, int] | None:
        """Return how many places listings have; None as `read` does."""
        listings = list(listings)
        return read_totals(listings) if self._have_all(listings) else None

    def found(self, term: str, kinds: Iterable[str], scope: str | None, most: int) -> tuple[str, ...] | None:
        """Return whom a term finds; None while some items have no keys yet."""
        return read_found(term, kinds, scope, most) if self._is_usable() else None

    def begin(self) -> None:
        """See once whether this library is new; then no item is without its places."""
        if not self._has_begun and not self._is_usable() and _is_empty():
            mark_complete()
        self._has_begun = True

    def add(self, item: Item, rows: Callable[[TransactWrite], None]) -> None:
        """Write the rows of a new item with its places."""
        with mentions_kept(Intent.between(item.id, None, item), item, self._find):
            self._write(item, Placing(None, item, self._find), rows)

    def change(self, row: DetailsRow, after: Item | None, rows: Callable[[TransactWrite], None]) -> None:
        """Write the rows of an item that is there with its places, with None of one that goes."""
        before = item_of(row)
        listed, counted = (before if known else None for known in (row.is_listed, row.is_tallied))
        intent = Intent.between(before.id, before, after, is_tallied=bool(row.is_tallied))
        with mentions_kept(intent, after, self._find):
            self._write(before, Placing(listed, after, self._find, counted), rows)
        drop_old_keys(row)

    def _write(self, item: Item, placing: Placing, rows: Callable[[TransactWrite], None]) -> None:
        """Write an item's rows and places in one transaction; others at the same places are waited for."""

        def attempt() -> None:
            placing.renew()
            with conflicts(item, placing), transaction() as write:
                rows(write)
                placing.add_to(write)
            with suppress(BusyError):  # the item is written; the next writer here tidies
                placing.tidy()

        retry_on_conflict(attempt, attempts=_ATTEMPTS, on=PlacesTakenError)

    def end(self, scope: str) -> None:
        """Leave no counters of a scope whose items are gone; with an item of it each would count again."""
        for counted in (scope, names_scope(scope)):
            drop_empty_segments(counted)
        drop_empty_totals(scope)

    def list_old(self, item_id: str) -> None:
        """Give an item of an earlier release its places, and count it.

        Raises ConflictError when somebody has written it meanwhile, and with it both.
        """
        if (row := find_row(item_id)) and not row.is_tallied:
            self.change(row, item_of(row), lambda write: _mark_listed(write, row))

    def mentioning(self, named_id: str, kinds: Iterable[ItemType], most: int) -> tuple[str, ...] | None:
        """Return who mentions a named item; None while some items are not counted yet."""
        return read_mentioning(named_id, kinds, most) if self._has_tallies() else None

    def mention_counts(self, named_ids: Iterable[str]) -> Mapping[str, Mapping[ScopeAndKind, int]] | None:
        """Return how many items mention each of some named items; None as `mentioning` does."""
        return read_mention_counts(named_ids) if self._has_tallies() else None

    def item_counts(self, scopes: Iterable[str]) -> Mapping[ItemType, int] | None:
        """Return how many items of each type there are; None as `mentioning` does."""
        return read_item_counts(scopes) if self._has_tallies() else None

    def _have_all(self, listings: Iterable[Listing]) -> bool:
        """Tell whether all items have their places in listings of such kinds."""
        return self._has_tallies() if any(map(needs_tallies, listings)) else self._is_usable()

    def _is_usable(self) -> bool:
        if not self._complete.places:
            self._complete = completeness()
        return self._complete.places

    def _has_tallies(self) -> bool:
        if not self._complete.tallies:
            self._complete = completeness()
        return self._complete.tallies


def _mark_listed(write: TransactWrite, row: DetailsRow) -> None:
    unchanged = (DetailsRow.version == row.version) & DetailsRow.is_tallied.does_not_exist()
    row = DetailsRow(
        row.pk,
        row.sk,
        version=row.version,
        document=row.document,
        closed=row.closed,
        is_listed=True,
        is_tallied=True,
    )
    write.save(row, condition=unchanged)


def _is_empty() -> bool:
    partitions = (children_key(None), *(f"named#{kind}" for kind in NAMED_TYPES))
    return not any(list(EntryRow.query(key, limit=1, consistent_read=True)) for key in partitions)
