"""The guard of rendering in DynamoDB.

| pk | sk | Holds |
|---|---|---|
| `render#<tag>` | `lease#<variant>` | until when one request alone may make a variant |
| `render#<tag>` | `spent#<allowance>#<period>` | how much of an allowance was spent in one of its periods |
"""

from datetime import timedelta

from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.leases import LeaseRow, SpentRow, spend, take
from chalicelib.domain.variants.allowances import Allowance
from chalicelib.services.ports import Clock

RENDER = "render#"
_LEASE = "lease#"
_SPENT = "spent#"


class DynamoRenderGuard:
    """RenderGuard over the rows above."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def lease(self, tag: str, variant: str, seconds: float) -> bool:
        """Put the row on the condition that there is none or that it has run out."""
        return take(LeaseRow(RENDER + tag, _LEASE + variant), self._clock.now(), timedelta(seconds=seconds))

    def give_back(self, tag: str, variant: str) -> None:
        """Delete the row."""
        LeaseRow(RENDER + tag, _LEASE + variant).delete()

    def spend(self, tag: str, allowance: Allowance, amount: int) -> bool:
        """Add to the sum on the condition that it was below the bound."""
        if allowance.most < 1:
            return False
        end = allowance.end_at(self._clock.now())
        return spend(self._row(tag, allowance), amount, allowance.most, end)

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
