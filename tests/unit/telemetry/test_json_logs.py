"""Log lines as JSON."""

import json
import logging
import re
import subprocess
import sys
from typing import Any

from chalicelib.telemetry.json_logs import JsonFormatter

PROCESS = """
import logging
from types import SimpleNamespace
from chalicelib.telemetry import json_logs
from chalicelib.telemetry.invocation import begin_invocation

json_logs.configure()
log = logging.getLogger("chalicelib.test")
log.info("starting")
for request_id in ("first", "second"):
    begin_invocation(SimpleNamespace(aws_request_id=request_id))
    log.info("one")
    log.warning("two", extra={"fields": {"figure": 7}})
"""


def _line(record: logging.LogRecord) -> dict[str, Any]:
    return dict(json.loads(JsonFormatter().format(record)))


def test_a_line_says_when_how_grave_and_what() -> None:
    record = logging.LogRecord("chalicelib.x", logging.WARNING, "x.py", 1, "It is %s.", ("late",), None)
    record.created = 1_795_348_800.0625
    line = _line(record)
    assert line["timestamp"] == "2026-11-22T12:00:00.062Z"
    assert (line["level"], line["logger"], line["message"]) == ("WARNING", "chalicelib.x", "It is late.")


def test_an_exception_is_part_of_its_line() -> None:
    try:
        raise KeyError("missing")  # noqa: TRY301  # the text is the point
    except KeyError:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", (), sys.exc_info())
    assert re.search(r"KeyError: 'missing'", _line(record)["exception"])


def test_lines_name_their_invocation_and_whether_it_is_the_first_of_its_process() -> None:
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", PROCESS], capture_output=True, check=True, text=True
    )
    lines = [json.loads(text) for text in done.stdout.splitlines()]
    assert [(line.get("function_request_id"), line.get("cold_start")) for line in lines] == [
        (None, None),
        ("first", True),
        ("first", True),
        ("second", False),
        ("second", False),
    ]
    assert lines[-1]["figure"] == 7
