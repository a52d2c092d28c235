"""The guard of rendering in DynamoDB.

| pk | sk | Holds |
|---|---|---|
| `render#<tag>` | `lease#<variant>` | until when one request alone may make a variant |
| `render#<tag>` | `made#<period>` | how many variants were made as asked for, in a period of that many days |

All go by the table's time to live, which lags, so a lease says itself when it ends.
"""

from datetime import UTC, datetime, timedelta

from pynamodb.attributes import NumberAttribute, TTLAttribute
from pynamodb.exceptions import PutError, UpdateError

from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.services.ports import Clock

RENDER = "render#"
_LEASE = "lease#"
_MADE = "made#"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class LeaseRow(Row):
    """The right to make one variant; `until` is in seconds since 1970."""

    until = NumberAttribute()
    expires_at = TTLAttribute()


class MadeRow(Row):
    """A count."""

    made = NumberAttribute()
    expires_at = TTLAttribute()


class DynamoRenderGuard:
    """RenderGuard over the rows above; variants are kept for `kept`."""

    def __init__(self, clock: Clock, kept: timedelta) -> None:
        self._clock = clock
        self._kept = kept

    def lease(self, tag: str, variant: str, seconds: float) -> bool:
        """Put the row on the condition that there is none or that it has run out."""
        now = self._clock.now()
        until = now + timedelta(seconds=seconds)
        row = LeaseRow(RENDER + tag, _LEASE + variant, until=until.timestamp(), expires_at=until)
        try:
            row.save(LeaseRow.pk.does_not_exist() | (LeaseRow.until < now.timestamp()))
        except PutError as error:
            return _refused(error)
        return True

    def give_back(self, tag: str, variant: str) -> None:
        """Delete the row."""
        LeaseRow(RENDER + tag, _LEASE + variant).delete()

    def count(self, tag: str, most: int) -> bool:
        """Add one on the condition that it stays within the bound."""
        if most < 1:
            return False
        now = self._clock.now()
        period = (now - _EPOCH) // self._kept
        row = MadeRow(RENDER + tag, f"{_MADE}{period}")
        end = _EPOCH + (period + 1) * self._kept
        try:
            row.update(
                [MadeRow.made.add(1), MadeRow.expires_at.set(end)],
                MadeRow.made.does_not_exist() | (MadeRow.made < most),
            )
        except UpdateError as error:
            return _refused(error)
        return True

    def forget(self, tag: str) -> None:
        """Delete all rows of the tag."""
        rows = list(LeaseRow.query(RENDER + tag, attributes_to_get=["pk", "sk"]))
        with batch_of(LeaseRow) as batch:
            for row in rows:
                batch.delete(row)


def _refused(error: PutError | UpdateError) -> bool:
    """Return False when the condition did not hold; any other error flies."""
    if not is_refused(error):
        raise error
    return False
