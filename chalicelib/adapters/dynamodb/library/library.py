"""The library in DynamoDB: an item's details and images, its entry in the lists, and its name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from pynamodb.exceptions import UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.images.rows import ImagesRow, delete_images, images_row
from chalicelib.adapters.dynamodb.library.entry_cache import EntryCache
from chalicelib.adapters.dynamodb.library.listings import DynamoListings
from chalicelib.adapters.dynamodb.library.marks import announce, last_mark
from chalicelib.adapters.dynamodb.library.rows import (
    DETAILS,
    EXACT,
    DetailsRow,
    EntryRow,
    NameRow,
    children_key,
    details_row,
    entry_of,
    entry_row,
    find_items,
    find_row,
    item_key,
    item_of,
    name_partition,
    name_rows,
    top_key,
    type_key,
)
from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.listings import Listed, Listing, Window
from chalicelib.domain.library.mentions import ScopeAndKind
from chalicelib.domain.library.names import name_key
from chalicelib.errors import ConflictError
from chalicelib.services.ports import Clock

_DOCUMENT = ["document"]


class DynamoLibrary:
    """Library over the rows of `library_rows`; long lists are kept until somebody announces a change."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._cache = EntryCache(last_mark, clock.now)
        self._listings = DynamoListings(find_items)

    def find(self, item_id: str) -> Item | None:
        """Return an item by one consistent read."""
        row = find_row(item_id)
        return item_of(row) if row else None

    def find_many(self, item_ids: Iterable[str]) -> Mapping[str, Item]:
        """Return items by batches of consistent reads."""
        return find_items(item_ids)

    def add(self, item: Item) -> Item:
        """Write all rows of a new item in one transaction."""
        announce(self._clock.now())
        self._listings.begin()
        added = replace(item, version=1)
        images = OwnerImages(OwnerKey.item(item.id), item.name, version=1)

        def rows(write: TransactWrite) -> None:
            write.save(details_row(added), condition=DetailsRow.pk.does_not_exist())
            write.save(images_row(images), condition=ImagesRow.pk.does_not_exist())
            write.save(entry_row(added))
            _check_parent(write, added)
            _take_names(write, added)

        self._listings.add(added, rows)
        return added

    def update(self, item: Item) -> Item:
        """Write what changed in one transaction, on the condition that nobody else did."""
        if (row := find_row(item.id)) is None or row.version != item.version:
            raise ConflictError(f"The item {item.id} changed meanwhile.")
        announce(self._clock.now())
        before, updated = item_of(row), replace(item, version=(item.version or 0) + 1)

        def rows(write: TransactWrite) -> None:
            unchanged = (DetailsRow.version == item.version) & DetailsRow.closed.does_not_exist()
            write.save(details_row(updated), condition=unchanged)
            _change_entry(write, before, updated)
            _rename_images(write, before, updated)
            _change_names(write, before, updated)

        self._listings.change(row, updated, rows)
        return updated

    def close(self, item_id: str) -> None:
        """Mark the details."""
        row = DetailsRow(item_key(item_id), DETAILS)
        try:
            row.update(actions=[DetailsRow.closed.set(True)], condition=DetailsRow.pk.exists())
        except UpdateError as error:
            if not is_refused(error):
                raise

    def remove(self, item: Item, images: OwnerImages) -> None:
        """Delete all rows of an item in one transaction.

        With an item at the top go the counters of what was below it. It was closed before that was removed, so
        nobody counts there any more; a call that ends between leaves the item, and its repetition goes on.
        """
        announce(self._clock.now())
        if (row := find_row(item.id)) is None:
            raise ConflictError(f"The item {item.id} is gone.")
        if item.type.is_folder and not item.ancestors:
            self._listings.end(item.id)

        def rows(write: TransactWrite) -> None:
            write.delete(details_row(item), condition=DetailsRow.version == item.version)
            delete_images(write, images)
            write.delete(entry_row(item))
            for name_row in name_rows(item).values():
                write.delete(name_row)

        self._listings.change(row, None, rows)

    def named(self, item_type: ItemType, name: str) -> str | None:
        """Return the first row of a name's partition: the exact name, else the likeness with the lowest id."""
        rows = NameRow.query(name_partition(item_type, name), limit=1, consistent_read=True)
        return next((row.item_id for row in rows), None)

    def known_names(self, item_type: ItemType, names: Iterable[str]) -> Mapping[str, str]:
        """Return exact names by batches of consistent reads."""
        keys = {name_partition(item_type, name): name_key(name) for name in names}
        rows = NameRow.batch_get([(key, EXACT) for key in keys], consistent_read=True)
        return {keys[row.pk]: row.item_id for row in rows}

    def children(self, parent_id: str | None) -> tuple[Entry, ...]:
        """Return the partition of a parent's children."""
        key = children_key(parent_id)
        return self._entries(
            key, lambda: EntryRow.query(key, consistent_read=True, attributes_to_get=_DOCUMENT)
        )

    def of_type(self, item_type: ItemType) -> tuple[Entry, ...]:
        """Return a partition of the first index."""
        key = type_key(item_type)
        return self._entries(key, lambda: EntryRow.by_type.query(key, attributes_to_get=_DOCUMENT))

    def under(self, top_id: str) -> tuple[Entry, ...]:
        """Return a partition of the second index."""
        key = top_key(top_id)
        return self._entries(key, lambda: EntryRow.by_top.query(key, attributes_to_get=_DOCUMENT))

    def listed(self, listings: Iterable[Listing], window: Window) -> Listed | None:
        """Read places by a few consistent queries."""
        return self._listings.read(listings, window)

    def totals(self, listings: Iterable[Listing]) -> Mapping[Listing, int] | None:
        """Read segments by a consistent query for each scope."""
        return self._listings.totals(listings)

    def found(self, term: str, kinds: Iterable[str], scope: str | None, most: int) -> tuple[str, ...] | None:
        """Read keys that begin with the term; the newest may be missing for a moment."""
        return self._listings.found(term, kinds, scope, most)

    def item_counts(self, scopes: Iterable[str]) -> Mapping[ItemType, int] | None:
        """Read the totals of the scopes by a batch of consistent reads."""
        return self._listings.item_counts(scopes)

    def mentioning(self, named_id: str, kinds: Iterable[ItemType], most: int) -> tuple[str, ...] | None:
        """Read its tally, then places by a consistent query for each scope and type."""
        return self._listings.mentioning(named_id, kinds, most)

    def mention_counts(self, named_ids: Iterable[str]) -> Mapping[str, Mapping[ScopeAndKind, int]] | None:
        """Read tallies by a batch of consistent reads."""
        return self._listings.mention_counts(named_ids)

    def _entries(self, key: str, query: Callable[[], Iterable[EntryRow]]) -> tuple[Entry, ...]:
        return self._cache.entries(key, lambda: tuple(map(entry_of, query())))


def _check_parent(write: TransactWrite, item: Item) -> None:
    if item.parent_id is not None:
        is_open = DetailsRow.pk.exists() & DetailsRow.closed.does_not_exist()
        write.condition_check(DetailsRow, item_key(item.parent_id), DETAILS, condition=is_open)


def _take_names(write: TransactWrite, item: Item) -> None:
    for (_, sk), row in name_rows(item).items():
        is_free = NameRow.pk.does_not_exist() | (NameRow.item_id == item.id)
        write.save(row, condition=is_free if sk == EXACT else None)


def _change_names(write: TransactWrite, before: Item, after: Item) -> None:
    _take_names(write, after)
    kept = name_rows(after)
    for key, row in name_rows(before).items():
        if key not in kept:
            write.delete(row)


def _change_entry(write: TransactWrite, before: Item, after: Item) -> None:
    write.save(entry_row(after))
    if after.parent_id != before.parent_id:
        write.delete(entry_row(before))
        _check_parent(write, after)


def _rename_images(write: TransactWrite, before: Item, after: Item) -> None:
    """Change the name beside the images; the new version makes a writer that read the old name read again."""
    if after.name != before.name:
        row = ImagesRow(str(OwnerKey.item(after.id)), "images")
        write.update(
            row,
            actions=[ImagesRow.name.set(after.name), ImagesRow.version.set(ImagesRow.version + 1)],
            condition=ImagesRow.pk.exists(),
        )
