"""Single writes that meet a transaction.

DynamoDB refuses a write of one row while a transaction holds that row, and neither botocore nor PynamoDB tries
again by itself. Here it does: the transaction takes some milliseconds, and then the write's own condition decides.
"""

from random import uniform
from typing import Any

_CONFLICT = "TransactionConflictException"
_WRITES = ("PutItem", "UpdateItem", "DeleteItem")
_MOST_ATTEMPTS = 8
_LONGEST_PAUSE = 0.3


def retry_transaction_conflicts(client: Any) -> None:  # noqa: ANN401  # botocore makes clients without a type
    """Let single writes of a DynamoDB client wait for transactions."""
    for operation in _WRITES:
        client.meta.events.register(f"needs-retry.dynamodb.{operation}", _pause)


def _pause(attempts: int, response: tuple[Any, dict[str, Any]] | None, **_: object) -> float | None:
    """Return for how many seconds to wait before another attempt, None for no other."""
    if response is None or attempts >= _MOST_ATTEMPTS:
        return None
    is_conflict = response[1].get("Error", {}).get("Code") == _CONFLICT
    return uniform(0, min(_LONGEST_PAUSE, 0.01 * 2**attempts)) if is_conflict else None  # noqa: S311  # jitter
