"""What the making of variants relies on in any guard, the fake one and DynamoDB alike."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest

from chalicelib.domain.variants.allowances import Allowance
from chalicelib.services.variants.ports import RenderGuard
from tests.support.fakes.accounts import FakeClock
from tests.support.fakes.guard import FakeRenderGuard

TAG, OTHER = uuid.uuid4().hex, uuid.uuid4().hex
TWO = Allowance("stored", 2, timedelta(minutes=1))
VARIANT = f"variants/{TAG}/v1-1x1.webp"


@dataclass
class Guarded:
    """A guard and its clock."""

    guard: RenderGuard
    clock: FakeClock


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def guarded(request: pytest.FixtureRequest) -> Guarded:
    clock = FakeClock()
    if request.param == "fake":
        return Guarded(FakeRenderGuard(clock), clock)
    request.getfixturevalue("table")
    from chalicelib.adapters.dynamodb.images.render_guard import DynamoRenderGuard  # noqa: PLC0415

    return Guarded(DynamoRenderGuard(clock), clock)


def test_one_has_the_lease(guarded: Guarded) -> None:
    assert [guarded.guard.lease(TAG, VARIANT, 15) for _ in range(3)] == [True, False, False]
    assert guarded.guard.lease(TAG, VARIANT + "x", 15)
    assert guarded.guard.lease(OTHER, VARIANT, 15)


def test_a_lease_runs_out(guarded: Guarded) -> None:
    assert guarded.guard.lease(TAG, VARIANT, 15)
    guarded.clock.advance(seconds=14.9)
    assert not guarded.guard.lease(TAG, VARIANT, 15)
    guarded.clock.advance(seconds=0.2)
    assert guarded.guard.lease(TAG, VARIANT, 15)


def test_a_lease_that_is_given_back_can_be_taken(guarded: Guarded) -> None:
    assert guarded.guard.lease(TAG, VARIANT, 15)
    guarded.guard.give_back(TAG, VARIANT)
    assert guarded.guard.lease(TAG, VARIANT, 15)


def test_spending_ends_at_the_bound(guarded: Guarded) -> None:
    assert [guarded.guard.spend(TAG, TWO, 1) for _ in range(4)] == [True, True, False, False]
    assert guarded.guard.is_spent(TAG, TWO)
    assert not guarded.guard.is_spent(OTHER, TWO)
    assert guarded.guard.spend(OTHER, TWO, 1)


def test_what_is_left_may_be_overdrawn_once(guarded: Guarded) -> None:
    assert guarded.guard.spend(TAG, TWO, 1)
    assert guarded.guard.spend(TAG, TWO, 40)
    assert not guarded.guard.spend(TAG, TWO, 1)


def test_allowances_are_spent_apart(guarded: Guarded) -> None:
    assert guarded.guard.spend(TAG, TWO, 2)
    assert guarded.guard.spend(TAG, Allowance("another", 2, timedelta(minutes=1)), 2)


def test_each_period_begins_anew(guarded: Guarded) -> None:
    assert guarded.guard.spend(TAG, TWO, 2)
    guarded.clock.advance(seconds=59)
    assert not guarded.guard.spend(TAG, TWO, 1)
    guarded.clock.advance(seconds=1)
    assert not guarded.guard.is_spent(TAG, TWO)
    assert guarded.guard.spend(TAG, TWO, 1)


def test_of_an_allowance_of_nothing_nothing_is_spent(guarded: Guarded) -> None:
    nothing = Allowance("nothing", 0, timedelta(minutes=1))
    assert guarded.guard.is_spent(TAG, nothing)
    assert not guarded.guard.spend(TAG, nothing, 1)


def test_what_is_forgotten_begins_anew(guarded: Guarded) -> None:
    assert guarded.guard.lease(TAG, VARIANT, 15)
    assert [guarded.guard.spend(TAG, TWO, 2) for _ in range(2)] == [True, False]
    assert guarded.guard.is_spent(TAG, TWO)
    guarded.guard.forget(TAG)
    assert not guarded.guard.is_spent(TAG, TWO)
    assert guarded.guard.lease(TAG, VARIANT, 15)
    assert guarded.guard.spend(TAG, TWO, 2)
