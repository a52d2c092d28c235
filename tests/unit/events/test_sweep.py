"""When a sweep begins, and that it goes on in another call where one ran out of time."""

from dataclasses import dataclass

import pytest

from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.sweep.report import Phase, Progress
from chalicelib.errors import BusyError
from chalicelib.events.sweep import hour_passed
from chalicelib.services.ports import Blob
from chalicelib.services.sweep.ports import RowBatch
from tests.support.fakes.sweep import FakeSweepProgressStore, FakeTableScan
from tests.support.fakes.world import World
from tests.support.notifications import HOUR

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
    assert hour_passed(HOUR, Context()) == {}
    assert world.blobs_of_originals.keys == [ORPHAN]
    _at(world, world.settings.sweep_hour)
    assert hour_passed(HOUR, Context())["findings"]["originals without an image"]["count"] == 1
    assert world.blobs_of_originals.keys == []
    assert world.remembered.text is None


@dataclass
class BusyScan(FakeTableScan):
    """A table that is too busy to be read, for a while."""

    is_busy: bool = True

    def images(self, after: str) -> RowBatch[OwnerImages]:
        if self.is_busy:
            raise BusyError("Scan of dynamodb: ThrottlingException.")
        return super().images(after)


class ForgetfulProgressStore(FakeSweepProgressStore):
    """A memory that takes the first word left in it and no other."""

    def save(self, text: str) -> None:
        if self.text:
            raise BusyError("PutItem of dynamodb: ThrottlingException.")
        super().save(text)


def test_a_sweep_that_fails_goes_on_in_the_next_hour_where_it_was(world: World) -> None:
    scan = world.table_scan = BusyScan(world.rows)
    _at(world, world.settings.sweep_hour)
    with pytest.raises(BusyError, match="Scan"):
        hour_passed(HOUR, Context())
    assert world.remembered.text
    assert Progress.from_json(world.remembered.text).phase is Phase.IMAGES
    _at(world, world.settings.sweep_hour + 1)
    with pytest.raises(BusyError, match="Scan"):
        hour_passed(HOUR, Context())
    scan.is_busy = False
    found = hour_passed(HOUR, Context())
    assert found["findings"]["originals without an image"]["count"] == 1
    assert world.remembered.text is None


def test_a_sweep_that_cannot_even_leave_word_is_begun_again_in_the_next_hour(world: World) -> None:
    world.remembered = world.sweep_progress = ForgetfulProgressStore()
    _at(world, world.settings.sweep_hour)
    with pytest.raises(BusyError, match="PutItem"):
        hour_passed(HOUR, Context(seconds=10))
    assert world.blobs_of_originals.keys == [ORPHAN]
    _at(world, world.settings.sweep_hour + 1)
    hour_passed(HOUR, Context())
    assert world.blobs_of_originals.keys == []
    assert world.remembered.text is None


def test_a_sweep_without_time_goes_on_in_another_hour(world: World) -> None:
    _at(world, world.settings.sweep_hour)
    hour_passed(HOUR, Context(seconds=10))
    assert world.remembered.text
    assert world.blobs_of_originals.keys == [ORPHAN]
    _at(world, world.settings.sweep_hour + 1)
    hour_passed(HOUR, Context())
    assert world.blobs_of_originals.keys == []
    assert world.remembered.text is None
