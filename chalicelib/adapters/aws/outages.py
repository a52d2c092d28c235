"""What AWS answers when it is too busy or fails, and no answer at all, as the service's own error.

It is told of a client as a whole, after its last attempt: so every call means the same by it, PynamoDB's too.
"""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ConnectionError as NoConnectionError
from botocore.exceptions import HTTPClientError

from chalicelib.errors import BusyError

_BUSY_STATUSES = frozenset({429, 500, 502, 503, 504})
"""Those of a moment: 501, for one, is answered to a call that the service will never know."""
_BUSY = frozenset(
    {
        "InternalError",
        "LimitExceededException",
        "OperationAborted",
        "OverLimit",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestTimeout",
        "ServiceUnavailable",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
_BUSY_PARTS = frozenset({"ProvisionedThroughputExceeded", "ThrottlingError"})
_PARTS_BESIDE = frozenset({"None", "TransactionConflict"})


def raise_busy_errors[C: Any](client: C) -> C:
    """Let a client raise BusyError instead of an error that a later call may not meet."""
    client.meta.events.register("after-call", _check_answer)
    client.meta.events.register("after-call-error", _check_failure)
    return client


def _check_answer(parsed: Mapping[str, Any], event_name: str, **_: object) -> None:
    status = parsed.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    code = parsed.get("Error", {}).get("Code", "")
    if busy := _busy_parts(parsed):
        raise _unavailable(event_name, f"{code} for {', '.join(sorted(busy))}")
    if status in _BUSY_STATUSES or code in _BUSY:
        raise _unavailable(event_name, code or str(status))


def _busy_parts(parsed: Mapping[str, Any]) -> frozenset[str]:
    """Return why a transaction failed for want of capacity; nothing if also for what it would meet again."""
    codes = frozenset(reason.get("Code", "") for reason in parsed.get("CancellationReasons", ()))
    return codes & _BUSY_PARTS if codes <= _BUSY_PARTS | _PARTS_BESIDE else frozenset()


def _check_failure(exception: Exception, event_name: str, **_: object) -> None:
    if isinstance(exception, (HTTPClientError, NoConnectionError)):
        raise _unavailable(event_name, f"{type(exception).__name__}: {exception}") from exception


def _unavailable(event_name: str, reason: str) -> BusyError:
    _, service, operation = event_name.split(".")
    return BusyError(f"{operation} of {service} is not available at the moment: {reason.rstrip('.')}.")
