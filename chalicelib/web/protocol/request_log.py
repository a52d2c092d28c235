"""One JSON line a request: what was asked, how it was answered, where the time went.

Neither the query nor any header is logged: tokens and signatures travel there. An API key or a signature in a
path is not either, however its characters are encoded.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, time
from typing import Any
from urllib.parse import unquote

from chalicelib.telemetry import metrics
from chalicelib.telemetry.invocation import begin_invocation
from chalicelib.telemetry.ledger import Ledger, ledger

_KEY_IN_PATH = re.compile(r"(?<=/auth/keys/)[^/]+", re.IGNORECASE)
_SIGNATURE_IN_PATH = re.compile(r"[\w-]{40,}", re.ASCII)
"""The legacy path of images has their signed tag. An id has 36 characters at most, a signature 43."""
_MOST_DECODINGS = 3
_LONGEST_PATH = 500
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
        "path": _shown(event.get("path", "")),
        "status": record.status,
        "ms": round(seconds * 1000, 1),
        "spent_ms": {name: round(value * 1000, 1) for name, value in spent.seconds.items()},
        "calls": spent.calls,
    } | spent.notes


def _shown(path: str) -> str:
    """Return a path without what opens something; decoded first, since whoever reads the log can decode it too."""
    for _ in range(_MOST_DECODINGS):
        path = unquote(path)
    return _SIGNATURE_IN_PATH.sub("{signature}", _KEY_IN_PATH.sub("{key}", path))[:_LONGEST_PATH]
