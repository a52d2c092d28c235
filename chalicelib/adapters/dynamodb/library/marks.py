"""The announcement of changes to the library: one row, which every writer counts up before it writes.

It goes by the table's time to live when nobody has changed anything for long.
"""

from datetime import datetime

from pynamodb.attributes import NumberAttribute, TTLAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb.library.entry_cache import BEGINNING, MARKED, Mark
from chalicelib.adapters.dynamodb.table.models import Row

_KEY = ("library", "mark")


class MarkRow(Row):
    """The last mark; `marks` counts them all."""

    marks = NumberAttribute()
    at = UTCDateTimeAttribute()
    expires_at = TTLAttribute()


def announce(at: datetime) -> None:
    """Mark the library as about to change."""
    MarkRow(*_KEY).update(
        actions=[MarkRow.marks.add(1), MarkRow.at.set(at), MarkRow.expires_at.set(at + MARKED)]
    )


def last_mark() -> Mark:
    """Return the last announcement by a consistent read."""
    try:
        row = MarkRow.get(*_KEY, consistent_read=True)
    except DoesNotExist:
        return BEGINNING
    return Mark(int(row.marks), row.at)
