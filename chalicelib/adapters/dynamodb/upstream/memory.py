"""What all functions remember of the asking, in DynamoDB.

| pk | sk | Holds |
|---|---|---|
| `upstream#<owner>` | `lease#<purpose>#<type>/<index>` | until when one caller alone has a right |
| `upstream#<owner>` | `touched` | when something was last passed on that may change the owner's images |
| `upstream` | `spent#<allowance>#<period>` | how much of an allowance was spent in one of its periods |
| `upstream` | `rest` | until when the server is left alone |
"""

from datetime import UTC, datetime, timedelta

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb.images.rows import UPSTREAM
from chalicelib.adapters.dynamodb.table.batches import batch_of
from chalicelib.adapters.dynamodb.table.leases import LeaseRow, SpentRow, spend, take
from chalicelib.domain.upstream.places import Place
from chalicelib.domain.variants.allowances import Allowance
from chalicelib.services.ports import Clock

_STACK = "upstream"
_LEASE = "lease#"
_TOUCHED = "touched"
_REST = "rest"
_KEPT = timedelta(hours=1)


class DynamoUpstreamMemory:
    """UpstreamMemory over such rows."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def lease(self, place: Place, purpose: str, time: timedelta) -> bool:
        """Put the row on the condition that there is none or that it has run out."""
        return take(_lease(place, purpose), self._clock.now(), time)

    def is_leased(self, place: Place, purpose: str) -> bool:
        """Read the row."""
        row = _lease(place, purpose)
        until = _until(row.pk, row.sk)
        return until is not None and until > self._clock.now()

    def give_back(self, place: Place, purpose: str) -> None:
        """Delete the row."""
        _lease(place, purpose).delete()

    def forget(self, subject: str, purpose: str) -> None:
        """Delete the rows of the purpose."""
        begin = f"{_LEASE}{purpose}#"
        rows = list(LeaseRow.query(UPSTREAM + subject, LeaseRow.sk.startswith(begin), consistent_read=True))
        with batch_of(LeaseRow) as batch:
            for row in rows:
                batch.delete(row)

    def touch(self, subject: str, at: datetime) -> None:
        """Put the row."""
        LeaseRow(UPSTREAM + subject, _TOUCHED, until=at.timestamp(), expires_at=at + _KEPT).save()

    def touched(self, subject: str) -> datetime | None:
        """Read the row."""
        return _until(UPSTREAM + subject, _TOUCHED)

    def spend(self, allowance: Allowance, at: datetime) -> bool:
        """Add one on the condition that there is one left."""
        return spend(_spent(allowance, at), 1, allowance.most, allowance.end_at(at) + _KEPT)

    def refund(self, allowance: Allowance, at: datetime) -> None:
        """Take one away."""
        forget = allowance.end_at(at) + _KEPT
        _spent(allowance, at).update([SpentRow.spent.add(-1), SpentRow.expires_at.set(forget)])

    def rests_until(self) -> datetime | None:
        """Read the row."""
        return _until(_STACK, _REST)

    def rest(self, until: datetime) -> None:
        """Put the row."""
        LeaseRow(_STACK, _REST, until=until.timestamp(), expires_at=until + _KEPT).save()

    def wake(self) -> None:
        """Delete the row."""
        LeaseRow(_STACK, _REST).delete()

    def forgive(self, allowance: Allowance, at: datetime) -> None:
        """Delete the sum."""
        _spent(allowance, at).delete()


def _lease(place: Place, purpose: str) -> LeaseRow:
    return LeaseRow(UPSTREAM + place.subject, f"{_LEASE}{purpose}#{place.name}")


def _spent(allowance: Allowance, now: datetime) -> SpentRow:
    return SpentRow(_STACK, f"spent#{allowance.name}#{allowance.number_at(now)}")


def _until(pk: str, sk: str) -> datetime | None:
    try:
        row = LeaseRow.get(pk, sk, consistent_read=True)
    except DoesNotExist:
        return None
    return datetime.fromtimestamp(float(row.until), UTC)
