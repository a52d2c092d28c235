"""Who mentions a named item: a key of `mention#<id of the named item>` for each item that does.

A key is written before the item, and deleted after the item no longer mentions it, so that none is ever missing. A
write that fails between may leave one too many; whoever reads the items sees that.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import batched

from pynamodb.exceptions import TransactWriteError

from chalicelib.adapters.dynamodb.library.rows import DETAILS, DetailsRow, item_key
from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.adapters.dynamodb.table.plain_rows import plain_rows
from chalicelib.adapters.dynamodb.table.transactions import transaction
from chalicelib.domain.library.items import Item, ItemType

_DELETED_AT_ONCE = 99
"""Beside one condition, in a transaction."""

_READ = 2_000
"""Keys of a named item that are read; beyond, DynamoDB counts them by type."""


class MentionRow(Row):
    """That an item mentions a named item: its key is all there is to it."""


def mention_row(named_id: str, item: Item) -> MentionRow:
    """Return the row of an item in the partition of a named item."""
    return MentionRow(_partition(named_id), f"{item.type}#{item.id}")


def add_mentions(item: Item, known: frozenset[str] = frozenset()) -> None:
    """Write the keys of what an item mentions, but for those that are known to be there."""
    rows = [mention_row(named_id, item) for named_id in sorted(item.mentioned_ids() - known)]
    if rows:
        with batch_of(MentionRow) as batch:
            for row in rows:
                batch.save(row)


def drop_mentions(item: Item, named_ids: Iterable[str], version: int | None) -> None:
    """Delete keys if the item still has the version that mentions them no more; with None, if it is still gone."""
    as_left = DetailsRow.pk.does_not_exist() if version is None else DetailsRow.version == version
    for some in batched(sorted(named_ids), _DELETED_AT_ONCE, strict=False):
        with suppress(TransactWriteError), transaction() as write:
            write.condition_check(DetailsRow, item_key(item.id), DETAILS, condition=as_left)
            for named_id in some:
                write.delete(mention_row(named_id, item))


def read_mentioning(named_id: str, kinds: Iterable[ItemType], most: int) -> tuple[str, ...]:
    """Return the ids of up to so many items of some types that mention a named item; of any type without types."""
    found: list[str] = []
    for beginning in [f"{kind}#" for kind in sorted(kinds)] or [""]:
        begins = MentionRow.sk.startswith(beginning) if beginning else None
        rows = plain_rows(_partition(named_id), begins, most=most - len(found)) if len(found) < most else ()
        found += [row["sk"]["S"].partition("#")[2] for row in rows]
    return tuple(found)


def read_mention_counts(named_id: str, kinds: Iterable[ItemType]) -> Mapping[ItemType, int]:
    """Count the items of each type that mention a named item, by one query where they are few."""
    keys = [row["sk"]["S"] for row in plain_rows(_partition(named_id), consistent=False, most=_READ)]
    if len(keys) == _READ:
        partition = _partition(named_id)
        return {kind: MentionRow.count(partition, MentionRow.sk.startswith(f"{kind}#")) for kind in kinds}
    counts = Counter(key.partition("#")[0] for key in keys)
    return {kind: counts[kind] for kind in kinds}


def _partition(named_id: str) -> str:
    return f"mention#{named_id}"
