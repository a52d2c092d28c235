"""The handler of the queue: where each message goes, what is logged, and what comes back."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.domain.images.owners import OwnerKey
from chalicelib.events.originals import originals_changed
from chalicelib.services.ports import Blob
from chalicelib.telemetry.json_logs import JsonFormatter
from tests.support.fakes.world import World
from tests.support.gateway import Context
from tests.support.notifications import batch, created, deliver
from tests.support.tiny_images import gif


class Lines(logging.Handler):
    """Log lines, read back."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.read: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.read.append(json.loads(self.format(record)))


@pytest.fixture
def lines() -> Iterator[Lines]:
    lines, logger = Lines(), logging.getLogger("chalicelib")
    logger.addHandler(lines)
    yield lines
    logger.removeHandler(lines)


def test_s3s_test_event_and_other_folders_are_no_work(world: World) -> None:
    world.originals_store.put("refused/x.jpg", Blob(b"x", "image/jpeg"))
    answer = originals_changed(batch([{"Service": "Amazon S3", "Event": "s3:TestEvent"}]), Context())
    assert answer == {"batchItemFailures": []}
    assert deliver("refused/x.jpg") == []


def test_keys_are_form_encoded(world: World) -> None:
    key = "uploads/a b+c&d=é%41"
    world.originals_store.put(key, Blob(gif(1), "image/gif"))
    assert deliver(key) == []
    assert world.blobs_of_originals.keys == []


def test_a_removal_is_no_arrival(world: World) -> None:
    key = "uploads/nobodys"
    world.originals_store.put(key, Blob(gif(1), "image/gif"))
    removed = created(key)
    removed["Records"][0]["eventName"] = "ObjectRemoved:Delete"
    originals_changed(batch([removed]), Context())
    assert world.blobs_of_originals.keys == [key]


def test_a_message_that_fails_comes_back_alone(world: World, lines: Lines) -> None:
    world.originals_store.put("uploads/nobodys", Blob(gif(1), "image/gif"))
    event = batch([created("uploads/nobodys"), {}, created("uploads/nobodys")])
    event["Records"][1]["body"] = "no JSON"
    assert originals_changed(event, Context()) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert [line["message"] for line in lines.read] == ["message done", "message failed", "message done"]
    assert "exception" in lines.read[1]
    while_handled = dict.fromkeys(("receipt-0", "receipt-1", "receipt-2"), 28 + 15)
    assert world.messages.held == [while_handled, {"receipt-1": 15}]


PENDING = "originals/ee/" + "e" * 64


@pytest.mark.parametrize(("receipts", "seconds"), [(1, 15), (2, 60), (3, 240), (4, 720), (9, 720)])
def test_what_was_not_available_is_asked_again_soon_and_then_ever_later(
    world: World, lines: Lines, receipts: int, seconds: int
) -> None:
    world.catalog.claim(PENDING, OwnerKey.item("a" * 32), world.clock.now())
    event = batch([{"released": PENDING}])
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = str(receipts)
    assert originals_changed(event, Context()) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert world.messages.pauses == {"receipt-0": seconds}
    assert world.messages.held == [{"receipt-0": 28 + 15}, {"receipt-0": seconds}]
    (line,) = lines.read
    assert (line["message"], line["again_after_s"]) == ("message postponed", seconds)
    assert "under way" in line["reason"]


def test_a_queue_that_is_not_available_either_costs_the_other_messages_nothing(
    world: World, lines: Lines
) -> None:
    world.messages.is_available = False
    world.catalog.claim(PENDING, OwnerKey.item("a" * 32), world.clock.now())
    world.originals_store.put("uploads/nobodys", Blob(gif(1), "image/gif"))
    event = batch([{"released": PENDING}, created("uploads/nobodys")])
    assert originals_changed(event, Context()) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert [line["message"] for line in lines.read] == ["message postponed", "message done"]
    assert lines.read[0]["again_after_s"] == 720


def test_a_message_that_does_not_say_how_often_it_came_counts_as_new(world: World, lines: Lines) -> None:
    world.catalog.claim(PENDING, OwnerKey.item("a" * 32), world.clock.now())
    world.originals_store.put("uploads/nobodys", Blob(gif(1), "image/gif"))
    event = batch([{"released": PENDING}, created("uploads/nobodys")])
    del event["Records"][0]["attributes"]["ApproximateReceiveCount"]
    assert originals_changed(event, Context()) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert [line["message"] for line in lines.read] == ["message postponed", "message done"]
    assert lines.read[0]["again_after_s"] == 15


@pytest.mark.parametrize(("receipts", "seconds"), [(1, 15), (2, 60), (3, 240), (4, 720), (7, 720)])
def test_what_fails_otherwise_comes_back_soon_and_then_ever_later(
    world: World, receipts: int, seconds: int
) -> None:
    event = batch([{}])
    event["Records"][0]["body"] = "no JSON"
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = str(receipts)
    assert originals_changed(event, Context()) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert world.messages.pauses == {"receipt-0": seconds}


def test_a_message_is_one_line_with_its_metrics(world: World, lines: Lines) -> None:
    world.originals_store.put("uploads/nobodys", Blob(gif(1), "image/gif"))
    deliver("uploads/nobodys")
    (line,) = lines.read
    (metrics,) = line["_aws"]["CloudWatchMetrics"]
    assert metrics["Metrics"] == [{"Name": "EventAge", "Unit": "Milliseconds"}]
    assert line["EventAge"] >= 0
    assert line["FunctionName"] == "tests"
