"""Transactions on the one table, as patient as its rows."""

from functools import cache

from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.models import Row

CONDITION = "ConditionalCheckFailed"
CONFLICT = "TransactionConflict"


def transaction() -> TransactWrite:
    """Begin a transaction; it runs when the `with` block ends.

    DynamoDB sees deletes first, then puts, then updates, whatever order they are called in.
    """
    return TransactWrite(connection=_connection())


def failures(error: TransactWriteError) -> list[str]:
    """Return for each part of a cancelled transaction why it failed, empty text where it did not.

    Nothing at all when somebody being faster is not the cause; such an error should fly.
    """
    codes = [reason.code if reason else "" for reason in error.cancellation_reasons]
    return codes if {CONDITION, CONFLICT} & set(codes) else []


@cache
def _connection() -> Connection:
    meta = Row.Meta
    return Connection(
        connect_timeout_seconds=meta.connect_timeout_seconds,
        read_timeout_seconds=meta.read_timeout_seconds,
        max_retry_attempts=meta.max_retry_attempts,
    )
