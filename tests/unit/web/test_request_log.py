"""One line a request."""

import json
import logging

import pytest

from chalicelib.json_logs import JsonFormatter
from tests.fakes.world import World
from tests.gateway import call


class Lines(logging.Handler):
    """Log lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


@pytest.fixture
def lines() -> Lines:
    return Lines()


def test_a_request_is_one_line_without_its_secrets(world: World, lines: Lines) -> None:
    world.add_item("a" * 32)
    logger = logging.getLogger("chalicelib")
    logger.addHandler(lines)
    try:
        call("GET", f"/Items/{'a' * 32}/Images?api_key=hidden", headers={"X-Emby-Token": "secret"})
    finally:
        logger.removeHandler(lines)
    (text,) = lines.texts
    line = json.loads(text)
    assert (line["message"], line["method"], line["status"]) == ("request", "GET", 401)
    assert line["error"] == "UnauthenticatedError"
    assert line["path"] == f"/Items/{'a' * 32}/Images"
    assert (line["Refusals"], line["FunctionName"]) == (1, "tests")
    assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "JellyfinImages"
    assert "hidden" not in text
    assert "secret" not in text
