"""Rights that one caller at a time may have, and sums below a bound: single conditional writes.

Such rows go by the table's time to live, which lags, so a lease says itself when it ends.
"""

from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, TTLAttribute
from pynamodb.exceptions import PutError, UpdateError

from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.adapters.dynamodb.table.models import Row


class LeaseRow(Row):
    """A right; `until` is in seconds since 1970."""

    until = NumberAttribute()
    expires_at = TTLAttribute()


class SpentRow(Row):
    """A sum."""

    spent = NumberAttribute()
    expires_at = TTLAttribute()


def take(row: LeaseRow, now: datetime, time: timedelta) -> bool:
    """Put the row on the condition that there is none or that it has run out."""
    until = now + time
    row.until, row.expires_at = until.timestamp(), until
    try:
        row.save(LeaseRow.pk.does_not_exist() | (LeaseRow.until < now.timestamp()))
    except PutError as error:
        return _refused(error)
    return True


def spend(row: SpentRow, amount: int, most: int, forget: datetime) -> bool:
    """Add to the sum on the condition that it was below the bound."""
    try:
        row.update(
            [SpentRow.spent.add(amount), SpentRow.expires_at.set(forget)],
            SpentRow.spent.does_not_exist() | (SpentRow.spent < most),
        )
    except UpdateError as error:
        return _refused(error)
    return True


def _refused(error: PutError | UpdateError) -> bool:
    """Return False when the condition did not hold; any other error flies."""
    if not is_refused(error):
        raise error
    return False
