"""Transactions on the one table, over the connection of its rows."""

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.table.models import connection

CONDITION = "ConditionalCheckFailed"
CONFLICT = "TransactionConflict"


def transaction() -> TransactWrite:
    """Begin a transaction; it runs when the `with` block ends.

    DynamoDB sees deletes first, then puts, then updates, whatever order they are called in.
    """
    return TransactWrite(connection=connection())


def failures(error: TransactWriteError) -> list[str]:
    """Return for each part of a cancelled transaction why it failed, empty text where it did not.

    Nothing at all when somebody being faster is not the cause; such an error should fly.
    """
    codes = [reason.code if reason else "" for reason in error.cancellation_reasons]
    return codes if {CONDITION, CONFLICT} & set(codes) else []
