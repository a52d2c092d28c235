"""Word what Lambda itself says round a function's output: log lines and error documents."""

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Usage:
    """What one invocation used; ``init_ms`` is ``None`` where the environment was warm."""

    duration_ms: float
    init_ms: float | None
    memory_mb: int
    peak_bytes: int


def start_line(request_id: str, version: str) -> str:
    """Open an invocation's log."""
    return f"START RequestId: {request_id} Version: {version}\n"


def end_lines(request_id: str, usage: Usage) -> str:
    """Close an invocation's log with the END and REPORT lines."""
    return f"END RequestId: {request_id}\n{_report_line(request_id, usage)}\n"


def _report_line(request_id: str, usage: Usage) -> str:
    fields = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {usage.duration_ms:.2f} ms",
        f"Billed Duration: {math.ceil(usage.duration_ms + (usage.init_ms or 0))} ms",
        f"Memory Size: {usage.memory_mb} MB",
        f"Max Memory Used: {min(usage.memory_mb, math.ceil(usage.peak_bytes / MEBIBYTE))} MB",
    ]
    if usage.init_ms is not None:
        fields.append(f"Init Duration: {usage.init_ms:.2f} ms")
    return "\t".join(fields)


def timeout_message(request_id: str, seconds: float, now: datetime | None = None) -> str:
    """Word the end of an invocation that took longer than the function may."""
    moment = (now or datetime.now(UTC)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return f"{moment} {request_id} Task timed out after {seconds:.2f} seconds"


def timeout_document(message: str) -> bytes:
    """Return the error document of a timeout."""
    return json.dumps({"errorMessage": message}).encode()


def exit_message(request_id: str, return_code: int) -> str:
    """Word the end of a runtime process; negative codes are signals, as in :mod:`subprocess`."""
    return f"RequestId: {request_id} Error: Runtime exited {_exit_reason(return_code)}"


def _exit_reason(return_code: int) -> str:
    if return_code == 0:
        return "without providing a reason"
    if return_code > 0:
        return f"with error: exit status {return_code}"
    return f"with error: signal: {_SIGNALS.get(-return_code, str(-return_code))}"


_SIGNALS = {6: "aborted", 9: "killed", 11: "segmentation fault", 15: "terminated"}
"""Signal numbers in the words of Lambda's own supervisor, which is written in Go."""


def exit_document(message: str) -> bytes:
    """Return the error document of a runtime process that ended."""
    return json.dumps({"errorType": "Runtime.ExitError", "errorMessage": message}).encode()
