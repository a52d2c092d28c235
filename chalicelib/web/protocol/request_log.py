"""One JSON line a request: what was asked, how it was answered, where the time went.

Neither the query nor any header is logged: tokens and signatures travel there. An API key in a path is not either.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, time
from typing import Any

from chalicelib.telemetry import metrics
from chalicelib.telemetry.invocation import begin_invocation
from chalicelib.telemetry.ledger import Ledger, ledger

_KEY_IN_PATH = re.compile(r"(?<=/auth/keys/)[^/]+", re.IGNORECASE)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Record:
    """What becomes known while a request is answered."""

    status: int = 0


@contextmanager
def logged(event: Mapping[str, Any], context: Any) -> Iterator[Record]:  # noqa: ANN401  # Lambda's context object
    """Write the line when the block is left, however it is left."""
    begin_invocation(context)
    record, start = Record(), perf_counter()
    with ledger() as spent:
        try:
            yield record
        finally:
            fields = _fields(event, record, spent, perf_counter() - start)
            measured = metrics.of_request(spent, record.status)
            fields |= metrics.embedded(measured, getattr(context, "function_name", ""), int(time() * 1000))
            _log.info("request", extra={"fields": fields})


def _fields(event: Mapping[str, Any], record: Record, spent: Ledger, seconds: float) -> dict[str, Any]:
    return {
        "method": event["requestContext"]["httpMethod"],
        "path": _KEY_IN_PATH.sub("{key}", event.get("path", "")[:500]),
        "status": record.status,
        "ms": round(seconds * 1000, 1),
        "spent_ms": {name: round(value * 1000, 1) for name, value in spent.seconds.items()},
        "calls": spent.calls,
    } | spent.notes
