"""When a sweep begins, and that it goes on in another call where one ran out of time."""

from dataclasses import dataclass

import pytest

from chalicelib.events.sweep import handle_time
from chalicelib.services.ports import Blob
from tests.fakes.world import World
from tests.notifications import HOUR

ORPHAN = "originals/ff/" + "f" * 64


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
    assert handle_time(HOUR, Context()) == {}
    assert world.blobs_of_originals.keys == [ORPHAN]
    _at(world, world.settings.sweep_hour)
    assert handle_time(HOUR, Context())["findings"]["originals without an image"]["count"] == 1
    assert world.blobs_of_originals.keys == []
    assert world.remembered.text is None


def test_a_sweep_without_time_goes_on_in_another_hour(world: World) -> None:
    _at(world, world.settings.sweep_hour)
    handle_time(HOUR, Context(seconds=10))
    assert world.remembered.text
    assert world.blobs_of_originals.keys == [ORPHAN]
    _at(world, world.settings.sweep_hour + 1)
    handle_time(HOUR, Context())
    assert world.blobs_of_originals.keys == []
    assert world.remembered.text is None
