"""The guard of rendering in DynamoDB.

| pk | sk | Holds |
|---|---|---|
| `render#<tag>` | `lease#<variant>` | until when one request alone may make a variant |
| `render#<tag>` | `spent#<allowance>#<period>` | how much of an allowance was spent in one of its periods |

All go by the table's time to live, which lags, so a lease says itself when it ends.
"""

from datetime import timedelta

from pynamodb.attributes import NumberAttribute, TTLAttribute
from pynamodb.exceptions import PutError, UpdateError

from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.variants.allowances import Allowance
from chalicelib.services.ports import Clock

RENDER = "render#"
_LEASE = "lease#"
_SPENT = "spent#"


class LeaseRow(Row):
    """The right to make one variant; `until` is in seconds since 1970."""

    until = NumberAttribute()
    expires_at = TTLAttribute()


class SpentRow(Row):
    """A sum."""

    spent = NumberAttribute()
    expires_at = TTLAttribute()


class DynamoRenderGuard:
    """RenderGuard over the rows above."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

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

    def spend(self, tag: str, allowance: Allowance, amount: int) -> bool:
        """Add to the sum on the condition that it was below the bound."""
        if allowance.most < 1:
            return False
        row = self._row(tag, allowance)
        try:
            row.update(
                [SpentRow.spent.add(amount), SpentRow.expires_at.set(allowance.end_at(self._clock.now()))],
                SpentRow.spent.does_not_exist() | (SpentRow.spent < allowance.most),
            )
        except UpdateError as error:
            return _refused(error)
        return True

    def is_spent(self, tag: str, allowance: Allowance) -> bool:
        """Read the sum, at half the price of a consistent read."""
        if allowance.most < 1:
            return True
        row = self._row(tag, allowance)
        try:
            found = SpentRow.get(row.pk, row.sk)
        except SpentRow.DoesNotExist:
            return False
        return int(found.spent) >= allowance.most

    def forget(self, tag: str) -> None:
        """Delete all rows of the tag."""
        rows = list(LeaseRow.query(RENDER + tag, attributes_to_get=["pk", "sk"]))
        with batch_of(LeaseRow) as batch:
            for row in rows:
                batch.delete(row)

    def _row(self, tag: str, allowance: Allowance) -> SpentRow:
        number = allowance.number_at(self._clock.now())
        return SpentRow(RENDER + tag, f"{_SPENT}{allowance.name}#{number}")


def _refused(error: PutError | UpdateError) -> bool:
    """Return False when the condition did not hold; any other error flies."""
    if not is_refused(error):
        raise error
    return False
