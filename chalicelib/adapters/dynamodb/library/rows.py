"""The rows of the library: what an item says, where it stands in lists, and its name.

An item's details are one JSON document: nothing reads them in part. Entries are rows of their own, and small,
since a list reads thousands of them at once: some 300 bytes, so that a megabyte, which is what DynamoDB answers
at once, holds 3,000.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import DoesNotExist
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Chapter, Credit, Item, ItemType, Mention
from chalicelib.domain.library.metadata import Metadata
from chalicelib.domain.library.names import dashed_name, name_key

DETAILS = "details"
EXACT = "exact"

_MENTIONS = ("genres", "studios", "artists", "album_artists")


class DetailsRow(Row):
    """What an item says of itself; `closed` when it takes no more children.

    `is_listed` when it has its places in the listings, `is_tallied` when it is counted in totals and among those
    that mention the same; rows of earlier releases do not say so. `is_mentioning` is said by some of those: keys
    that nobody reads any more are to be deleted.
    """

    version = NumberAttribute()
    document = UnicodeAttribute()
    closed = BooleanAttribute(null=True)
    is_listed = BooleanAttribute(null=True)
    is_mentioning = BooleanAttribute(null=True)
    is_tallied = BooleanAttribute(null=True)


class ByType(GlobalSecondaryIndex["EntryRow"]):  # type: ignore[no-untyped-call]  # PynamoDB leaves it untyped
    """Entries by `type#<type>`."""

    class Meta:
        """The table's first index."""

        index_name = "gsi1"
        projection = AllProjection()

    gsi1pk = UnicodeAttribute(hash_key=True)
    gsi1sk = UnicodeAttribute(range_key=True)


class ByTop(GlobalSecondaryIndex["EntryRow"]):  # type: ignore[no-untyped-call]  # PynamoDB leaves it untyped
    """Entries by `under#<id of the item at the top>`."""

    class Meta:
        """The table's second index."""

        index_name = "gsi2"
        projection = AllProjection()

    gsi2pk = UnicodeAttribute(hash_key=True)
    gsi2sk = UnicodeAttribute(range_key=True)


class EntryRow(Row):
    """An entry in the partition of its parent's children, and in the two indexes."""

    document = UnicodeAttribute()
    gsi1pk = UnicodeAttribute()
    gsi1sk = UnicodeAttribute()
    gsi2pk = UnicodeAttribute(null=True)
    gsi2sk = UnicodeAttribute(null=True)
    by_type = ByType()
    by_top = ByTop()


class NameRow(Row):
    """A named item's name, or what Jellyfin's older client makes of it (`like#<id>`, sorted after `exact`)."""

    item_id = UnicodeAttribute()


def item_key(item_id: str) -> str:
    """Return the partition of an item."""
    return f"item#{item_id}"


def children_key(parent_id: str | None) -> str:
    """Return the partition of the entries below an item, or at the top."""
    return f"children#{parent_id or 'top'}"


def details_row(item: Item) -> DetailsRow:
    """Turn an item into its row."""
    fields = {**asdict(item), "created": item.created.isoformat(), "metadata": _told(item.metadata)}
    del fields["version"]
    key = item_key(item.id)
    document = _json(fields)
    return DetailsRow(key, DETAILS, version=item.version, document=document, is_listed=True, is_tallied=True)


def find_row(item_id: str) -> DetailsRow | None:
    """Read an item's row by one consistent read."""
    try:
        return DetailsRow.get(item_key(item_id), DETAILS, consistent_read=True)
    except DoesNotExist:
        return None


def find_items(item_ids: Iterable[str]) -> Mapping[str, Item]:
    """Read items by batches of consistent reads."""
    keys = [(item_key(item_id), DETAILS) for item_id in dict.fromkeys(item_ids)]
    found = map(item_of, DetailsRow.batch_get(keys, consistent_read=True)) if keys else ()
    return {item.id: item for item in found}


def item_of(row: DetailsRow) -> Item:
    """Turn a row back into the item."""
    fields = json.loads(row.document)
    fields |= {
        "type": ItemType(fields["type"]),
        "created": datetime.fromisoformat(fields["created"]),
        "ancestors": tuple(fields.get("ancestors", ())),
        "people": tuple(Credit(**credit) for credit in fields.get("people", ())),
        "metadata": Metadata(**_tuples(fields.get("metadata", {}))),
        "chapters": tuple(Chapter(**chapter) for chapter in fields.get("chapters", ())),
    }
    fields |= {name: tuple(Mention(**mention) for mention in fields.get(name, ())) for name in _MENTIONS}
    return Item(**fields, version=int(row.version))


def entry_row(item: Item) -> EntryRow:
    """Turn an item into its place in the lists."""
    partition = f"named#{item.type}" if item.type.is_named else children_key(item.parent_id)
    row = EntryRow(
        partition,
        item.id,
        document=_json(asdict(Entry.of(item))),
        gsi1pk=type_key(item.type),
        gsi1sk=item.id,
    )
    if item.ancestors:
        row.gsi2pk, row.gsi2sk = top_key(item.ancestors[0]), item.id
    return row


def entry_of(row: EntryRow) -> Entry:
    """Turn a row back into the entry."""
    fields = _tuples(json.loads(row.document))
    return Entry(**{**fields, "type": ItemType(fields["type"])})


def type_key(item_type: ItemType) -> str:
    """Return the partition of a type in the first index."""
    return f"type#{item_type}"


def top_key(top_id: str) -> str:
    """Return the partition of all below an item at the top, in the second index."""
    return f"under#{top_id}"


def name_partition(item_type: ItemType, name: str) -> str:
    """Return the partition of a name; its digest, since a key may have 2,048 bytes and a name more."""
    return f"name#{item_type}#{hashlib.sha256(name_key(name).encode()).hexdigest()}"


def name_rows(item: Item) -> Mapping[tuple[str, str], NameRow]:
    """Return the rows under which a named item is found, by key; none for any other item."""
    if not item.type.is_named:
        return {}
    return {(row.pk, row.sk): row for row in _name_rows(item)}


def _name_rows(item: Item) -> Iterable[NameRow]:
    exact = name_partition(item.type, item.name)
    yield NameRow(exact, EXACT, item_id=item.id)
    dashed = name_partition(item.type, dashed_name(item.name))
    if dashed != exact:
        yield NameRow(dashed, f"like#{item.id}", item_id=item.id)


def _told(metadata: Metadata) -> dict[str, Any]:
    """Return what is said, which is what is not as it is by default."""
    said = ((known, getattr(metadata, known.name)) for known in dataclasses.fields(metadata))
    return {known.name: value for known, value in said if value != known.default}


def _tuples(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def _json(fields: Mapping[str, Any]) -> str:
    """Write what is known; empty lists and objects are not."""
    known = {name: value for name, value in fields.items() if value not in (None, (), [], {})}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))
