"""When a sweep begins, and that it goes on in another call where one ran out of time."""

from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.events.sweep import handle_time
from chalicelib.services.ports import Blob
from tests.fakes.world import World

ORPHAN = "originals/ff/" + "f" * 64
EVENT: dict[str, Any] = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "account": "123456789012",
    "region": "us-east-1",
    "detail": {},
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "time": "2026-11-22T03:00:00Z",
    "resources": ["arn:aws:events:us-east-1:123456789012:rule/sweep"],
}


@dataclass
class Context:
    """Lambda's context with so many seconds left."""

    seconds: float = 900

    def get_remaining_time_in_millis(self) -> int:
        return int(self.seconds * 1000)


@pytest.fixture(autouse=True)
def orphan(world: World) -> None:
    world.originals_store.put(ORPHAN, Blob(b"left behind", "image/gif"))
    world.time.advance(days=3)


def _at(world: World, hour: int) -> None:
    world.time.time = world.time.time.replace(hour=hour)


def test_a_sweep_begins_in_its_hour_only(world: World) -> None:
    _at(world, world.settings.sweep_hour + 1)
    assert handle_time(EVENT, Context()) == {}
    assert world.blobs_of_originals.keys == [ORPHAN]
    _at(world, world.settings.sweep_hour)
    assert handle_time(EVENT, Context())["findings"]["originals without an image"]["count"] == 1
    assert world.blobs_of_originals.keys == []
    assert world.remembered.text is None


def test_a_sweep_without_time_goes_on_in_another_hour(world: World) -> None:
    _at(world, world.settings.sweep_hour)
    handle_time(EVENT, Context(seconds=10))
    assert world.remembered.text
    assert world.blobs_of_originals.keys == [ORPHAN]
    _at(world, world.settings.sweep_hour + 1)
    handle_time(EVENT, Context())
    assert world.blobs_of_originals.keys == []
    assert world.remembered.text is None
