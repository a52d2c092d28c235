"""What asking the upstream server relies on in any memory, the fake one and DynamoDB alike."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.upstream.places import Place
from chalicelib.domain.variants.allowances import Allowance
from chalicelib.services.upstream.ports import UpstreamMemory
from tests.support.fakes.accounts import NOON, FakeClock
from tests.support.fakes.upstream import FakeUpstreamMemory

SUBJECT = f"Items/{uuid.uuid4().hex}"
POSTER = Place(SUBJECT, ImageType.PRIMARY, 0)
BACKDROP = Place(SUBJECT, ImageType.BACKDROP, 3)
ELSEWHERE = Place("Persons/Ada / Byron#1", ImageType.PRIMARY, 0)
TIME = timedelta(seconds=10)
TWO = Allowance("unknown", 2, timedelta(minutes=1))


@dataclass
class Remembering:
    """A memory and its clock."""

    memory: UpstreamMemory
    clock: FakeClock


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def remembering(request: pytest.FixtureRequest) -> Iterator[Remembering]:
    clock = FakeClock()
    if request.param == "fake":
        yield Remembering(FakeUpstreamMemory(clock), clock)
        return
    request.getfixturevalue("table")
    from chalicelib.adapters.dynamodb.upstream.memory import DynamoUpstreamMemory  # noqa: PLC0415

    yield Remembering(DynamoUpstreamMemory(clock), clock)


def test_one_has_a_right_until_it_runs_out_or_is_given_back(remembering: Remembering) -> None:
    memory = remembering.memory
    assert not memory.is_leased(POSTER, "asking")
    assert [memory.lease(POSTER, "asking", TIME) for _ in range(3)] == [True, False, False]
    assert memory.lease(POSTER, "tag", TIME)
    assert memory.lease(BACKDROP, "asking", TIME)
    assert memory.lease(ELSEWHERE, "asking", TIME)
    memory.give_back(POSTER, "asking")
    assert (memory.is_leased(POSTER, "asking"), memory.is_leased(POSTER, "tag")) == (False, True)
    remembering.clock.advance(seconds=10.1)
    assert not memory.is_leased(BACKDROP, "asking")
    assert memory.lease(BACKDROP, "asking", TIME)


def test_what_is_missing_of_one_owner_is_forgotten(remembering: Remembering) -> None:
    memory = remembering.memory
    for place in (POSTER, BACKDROP, ELSEWHERE):
        memory.lease(place, "missing", TIME)
    memory.lease(POSTER, "tag", TIME)
    memory.forget(SUBJECT, "missing")
    assert [memory.is_leased(place, "missing") for place in (POSTER, BACKDROP, ELSEWHERE)] == [
        False,
        False,
        True,
    ]
    assert memory.is_leased(POSTER, "tag")


def test_spending_ends_at_the_bound_of_a_period(remembering: Remembering) -> None:
    memory, now = remembering.memory, NOON
    assert [memory.spend(TWO, now) for _ in range(4)] == [True, True, False, False]
    memory.refund(TWO, now)
    assert [memory.spend(TWO, now) for _ in range(2)] == [True, False]
    later = now + timedelta(minutes=1)
    assert memory.spend(TWO, later)
    memory.refund(TWO, now)
    assert [memory.spend(TWO, later) for _ in range(2)] == [True, False]
    memory.forgive(TWO, later)
    assert memory.spend(TWO, later)


def test_a_touch_is_remembered(remembering: Remembering) -> None:
    memory = remembering.memory
    assert memory.touched(SUBJECT) is None
    for at in (NOON, NOON + timedelta(seconds=1, microseconds=250_000)):
        memory.touch(SUBJECT, at)
        assert memory.touched(SUBJECT) == at


def test_a_rest_ends_when_the_server_wakes(remembering: Remembering) -> None:
    memory = remembering.memory
    assert memory.rests_until() is None
    memory.rest(NOON + TIME)
    assert memory.rests_until() == NOON + TIME
    memory.wake()
    assert memory.rests_until() is None
