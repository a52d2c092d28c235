"""Keys by which an earlier release found who mentions a named item: deleted with the first write of an item."""

from chalicelib.adapters.dynamodb.library.rows import DetailsRow, item_of
from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.models import Row


class OldMentionRow(Row):
    """That an item mentions a named item: `mention#<id of the named item>`, and the item's type and id."""


def drop_old_keys(row: DetailsRow) -> None:
    """Delete the keys of an item as an earlier release wrote it; none of an item that has its places."""
    if row.is_tallied or not row.is_mentioning:
        return
    item = item_of(row)
    with batch_of(OldMentionRow) as batch:
        for named_id in sorted(item.mentioned_ids()):
            batch.delete(OldMentionRow(f"mention#{named_id}", f"{item.type}#{item.id}"))
