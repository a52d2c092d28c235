"""The guard of rendering in DynamoDB.

| pk | sk | Holds |
|---|---|---|
| `render#<tag>` | `lease#<variant>` | until when one request alone may make a variant |
| `render#<tag>` | `spent#<allowance>#<period>` | how much of an allowance was spent in one of its periods |
"""

from datetime import datetime, timedelta

from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.leases import LeaseRow, SpentRow, spend, take
from chalicelib.domain.variants.allowances import Allowance
from chalicelib.services.ports import Clock

RENDER = "render#"
_LEASE = "lease#"
_SPENT = "spent#"
_REMEMBERED = timedelta(minutes=1)
"""So long a process takes for spent what was: who forgets an image may give it a new allowance before its time."""
_MOST_REMEMBERED = 1_000


class DynamoRenderGuard:
    """RenderGuard over the rows above."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._spent: dict[tuple[str, str], datetime] = {}

    def lease(self, tag: str, variant: str, seconds: float) -> bool:
        """Put the row on the condition that there is none or that it has run out."""
        return take(LeaseRow(RENDER + tag, _LEASE + variant), self._clock.now(), timedelta(seconds=seconds))

    def give_back(self, tag: str, variant: str) -> None:
        """Delete the row."""
        LeaseRow(RENDER + tag, _LEASE + variant).delete()

    def spend(self, tag: str, allowance: Allowance, amount: int) -> bool:
        """Add to the sum on the condition that it was below the bound."""
        if self.is_spent(tag, allowance):
            return False
        row, end = self._row(tag, allowance), allowance.end_at(self._clock.now())
        if spend(row, amount, allowance.most, end):
            return True
        self._remember(row)
        return False

    def is_spent(self, tag: str, allowance: Allowance) -> bool:
        """Look into memory: a read before each variant would cost more than three writes at the bound."""
        if allowance.most < 1:
            return True
        row = self._row(tag, allowance)
        return self._spent.get((row.pk, row.sk), self._clock.now()) > self._clock.now()

    def forget(self, tag: str) -> None:
        """Delete all rows of the tag."""
        self._spent = {key: until for key, until in self._spent.items() if key[0] != RENDER + tag}
        rows = list(LeaseRow.query(RENDER + tag, attributes_to_get=["pk", "sk"]))
        with batch_of(LeaseRow) as batch:
            for row in rows:
                batch.delete(row)

    def _remember(self, row: SpentRow) -> None:
        if len(self._spent) >= _MOST_REMEMBERED:
            self._spent.clear()
        self._spent[row.pk, row.sk] = self._clock.now() + _REMEMBERED

    def _row(self, tag: str, allowance: Allowance) -> SpentRow:
        number = allowance.number_at(self._clock.now())
        return SpentRow(RENDER + tag, f"{_SPENT}{allowance.name}#{number}")
