"""What Lambda says round a function's output."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.localstack.plugins.dockerless.functions import report
from infra.localstack.plugins.dockerless.functions.report import MEBIBYTE, Usage

ID = "1f3c0e5a-0000-4000-8000-000000000001"
milliseconds = st.floats(0, 900_000)


def test_a_cold_call_reports_its_start() -> None:
    usage = Usage(duration_ms=12.344, init_ms=98.1, memory_mb=256, peak_bytes=40 * MEBIBYTE)
    assert report.end_lines(ID, usage) == (
        f"END RequestId: {ID}\n"
        f"REPORT RequestId: {ID}\tDuration: 12.34 ms\tBilled Duration: 111 ms"
        "\tMemory Size: 256 MB\tMax Memory Used: 40 MB\tInit Duration: 98.10 ms\n"
    )


def test_a_warm_call_reports_no_start() -> None:
    usage = Usage(duration_ms=1, init_ms=None, memory_mb=128, peak_bytes=1)
    assert "Init Duration" not in report.end_lines(ID, usage)


@given(milliseconds, st.none() | milliseconds, st.integers(0, 10**11))
def test_no_report_claims_more_memory_than_there_is(duration: float, init: float | None, peak: int) -> None:
    line = report.end_lines(ID, Usage(duration, init, 512, peak))
    used = int(line.partition("Max Memory Used: ")[2].split()[0])
    billed = int(line.partition("Billed Duration: ")[2].split()[0])
    assert 0 <= used <= 512
    assert billed >= duration


@pytest.mark.parametrize(("seconds", "text"), [(3, "3.00"), (0.5, "0.50"), (900, "900.00")])
def test_a_timeout_names_the_moment_the_call_and_the_limit(seconds: float, text: str) -> None:
    message = report.timeout_message(ID, seconds, datetime(2026, 2, 3, 4, 5, 6, 789000, UTC))
    assert message == f"2026-02-03T04:05:06.789Z {ID} Task timed out after {text} seconds"
    assert json.loads(report.timeout_document(message)) == {"errorMessage": message}


@pytest.mark.parametrize(
    ("return_code", "reason"),
    [
        (0, "without providing a reason"),
        (1, "with error: exit status 1"),
        (-9, "with error: signal: killed"),
        (-11, "with error: signal: segmentation fault"),
        (-40, "with error: signal: 40"),
    ],
)
def test_an_exit_is_worded_as_lambda_words_it(return_code: int, reason: str) -> None:
    message = report.exit_message(ID, return_code)
    assert message == f"RequestId: {ID} Error: Runtime exited {reason}"
    assert json.loads(report.exit_document(message))["errorType"] == "Runtime.ExitError"
