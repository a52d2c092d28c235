"""Recent login attempts in DynamoDB: pk `attempts#<key>`, gone by the table's time to live."""

import hashlib
from datetime import datetime

from pynamodb.attributes import NumberAttribute, TTLAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist, PutError, UpdateError
from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.accounts.throttle import Attempts

ATTEMPTS = "attempts"


class AttemptsRow(Row):
    """The attempts counted under one key."""

    failures = NumberAttribute()
    next_at = UTCDateTimeAttribute(null=True)
    expires_at = TTLAttribute()


class DynamoLoginAttempts:
    """LoginAttempts over the row above."""

    def find(self, key: str) -> Attempts:
        """Read one row."""
        try:
            row = AttemptsRow.get(_key(key), ATTEMPTS, consistent_read=True)
        except DoesNotExist:
            return Attempts()
        return Attempts(int(row.failures), row.next_at, row.expires_at)

    def add(self, key: str, most: int, now: datetime, forget_at: datetime) -> bool:
        """Add one on the condition that it is still free; DynamoDB orders those who come at once."""
        row = AttemptsRow(_key(key), ATTEMPTS)
        is_free = AttemptsRow.pk.does_not_exist() | _is_free(most, now)
        try:
            row.update([AttemptsRow.failures.add(1), AttemptsRow.expires_at.set(forget_at)], is_free)
        except UpdateError as error:
            return _lost(error)
        return True

    def replace(self, key: str, seen: Attempts, attempts: Attempts) -> bool:
        """Put the row on the condition that nobody else has since."""
        row = AttemptsRow(
            _key(key),
            ATTEMPTS,
            failures=attempts.failures,
            next_at=attempts.next_at,
            expires_at=attempts.forget_at,
        )
        try:
            row.save(_still(seen))
        except PutError as error:
            return _lost(error)
        return True

    def forgive(self, key: str) -> None:
        """Count one failure less if there is one."""
        row = AttemptsRow(_key(key), ATTEMPTS)
        actions = [AttemptsRow.failures.add(-1), AttemptsRow.next_at.remove()]
        try:
            row.update(actions, AttemptsRow.failures > 0)
        except UpdateError as error:
            _lost(error)

    def forget(self, key: str) -> None:
        """Delete the row."""
        AttemptsRow(_key(key), ATTEMPTS).delete()


def _still(seen: Attempts) -> Condition:
    if seen == Attempts():
        return AttemptsRow.pk.does_not_exist()
    next_at = AttemptsRow.next_at
    same_next = next_at.does_not_exist() if seen.next_at is None else next_at == seen.next_at
    both: Condition = (AttemptsRow.failures == seen.failures) & same_next
    return both


def _is_free(most: int, now: datetime) -> Condition:
    next_at = AttemptsRow.next_at
    may_go_ahead = next_at.does_not_exist() | (next_at <= now)
    free: Condition = (AttemptsRow.failures < most) & (AttemptsRow.expires_at > now) & may_go_ahead
    return free


def _lost(error: PutError | UpdateError) -> bool:
    """Return False for a lost race; raise anything else again."""
    if is_refused(error):
        return False
    raise error


def _key(key: str) -> str:
    """Name what is counted by a digest: it holds a caller's free text, and what people type as a name."""
    return f"attempts#{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"
