"""One line a request."""

import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import BusyError, UnavailableError
from chalicelib.telemetry.json_logs import JsonFormatter
from tests.support.fakes.catalog import FakeImageCatalog
from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call


class Lines(logging.Handler):
    """Log lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))

    def line(self) -> dict[str, Any]:
        """Return the only one."""
        (text,) = self.texts
        return dict(json.loads(text))


@pytest.fixture
def lines() -> Iterator[Lines]:
    lines, logger = Lines(), logging.getLogger("chalicelib")
    logger.addHandler(lines)
    yield lines
    logger.removeHandler(lines)


class FailingCatalog(FakeImageCatalog):
    """A catalog that can never be read."""

    error: UnavailableError

    def find(self, owner: OwnerKey) -> OwnerImages | None:
        raise self.error from LookupError(owner)


def test_a_request_is_one_line_without_its_secrets(world: World, lines: Lines) -> None:
    world.add_item("a" * 32)
    call("GET", f"/Items/{'a' * 32}/Images?api_key=hidden", headers={"X-Emby-Token": "secret"})
    (text,), line = lines.texts, lines.line()
    assert (line["message"], line["method"], line["status"]) == ("request", "GET", 401)
    assert line["error"] == "UnauthenticatedError"
    assert line["path"] == f"/Items/{'a' * 32}/Images"
    assert (line["Refusals"], line["FunctionName"]) == (1, "tests")
    assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "JellyfinImages"
    assert "hidden" not in text
    assert "secret" not in text


SIGNATURE = "Aq3-_" * 8 + "xyz"
SIGNED = f"{'f' * 32}.6b49d200.{SIGNATURE}"


@pytest.mark.parametrize(
    "signed",
    [
        SIGNED,
        SIGNED.replace(".", "%2E"),
        SIGNED.replace("A", "%41"),
        SIGNED.replace("A", "%2541"),
        f"{SIGNED}{'/x' * 300}",
        f"{'x/' * 230}{SIGNED}",
    ],
    ids=["plain", "dots", "letters", "letters twice", "before a long end", "at the cut"],
)
def test_no_signature_of_the_legacy_path_is_logged(world: World, lines: Lines, signed: str) -> None:
    world.add_item("a" * 32)
    call("GET", f"/Items/{'a' * 32}/Images/Primary/0/{signed}/Webp/300/300/0/0")
    path = unquote(unquote(lines.line()["path"]))
    assert not any(SIGNATURE[start : start + 10] in path for start in range(len(SIGNATURE) - 10))
    assert f"/Items/{'a' * 32}/Images/Primary/0/" in path


@pytest.mark.usefixtures("world")
def test_ids_stay_readable(lines: Lines) -> None:
    call("GET", "/Items/12345678-1234-1234-1234-123456789abc/Images")
    assert lines.line()["path"] == "/Items/12345678-1234-1234-1234-123456789abc/Images"


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (
            BusyError("GetItem of dynamodb: ThrottlingException."),
            "The store is too busy at the moment; try again.",
        ),
        (UnavailableError("Not all of it fitted; repeat it."), "Not all of it fitted; repeat it."),
    ],
)
def test_the_line_says_what_was_unavailable_and_why(
    world: World, lines: Lines, error: UnavailableError, detail: str
) -> None:
    world.rows = world.catalog = FailingCatalog()
    world.rows.error = error
    answer = call("GET", f"/Items/{'a' * 32}/Images", headers=ADMIN)
    assert (answer.status, answer.json()["detail"]) == (503, detail)
    line = lines.line()
    assert (line["status"], line["error"], line["reason"]) == (503, type(error).__name__, str(error))
