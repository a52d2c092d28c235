"""The invocation of the function that is under way, so that every log line names it."""

from collections.abc import Mapping
from contextvars import ContextVar
from itertools import count
from typing import Any

_invocations = count()
_current: ContextVar[Mapping[str, str | bool] | None] = ContextVar("invocation", default=None)


def begin_invocation(context: Any) -> None:  # noqa: ANN401  # Lambda's context object
    """Let the log lines from now on carry Lambda's id of the invocation, and whether it is the process's first."""
    request_id = getattr(context, "aws_request_id", "")
    _current.set({"cold_start": next(_invocations) == 0, "function_request_id": request_id})


def invocation_fields() -> Mapping[str, str | bool]:
    """Return the fields of the invocation; none before the first."""
    return _current.get() or {}
