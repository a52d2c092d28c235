"""How many environments live, and how many invocations run, at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, BrokenBarrierError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.localstack.plugins.dockerless.functions.fleet import Fleet, QueueTimeoutError, Turnstile


@dataclass
class Member:
    """Counts as alive from its first work until it is laid to rest."""

    is_alive: bool = False
    rests: int = 0

    def work(self, fleet: Fleet) -> None:
        with fleet.at_work(self):
            self.is_alive = True

    def rest(self) -> None:
        self.is_alive = False
        self.rests += 1


def test_the_longest_idle_member_makes_room() -> None:
    fleet, members = Fleet(2), [Member() for _ in range(3)]
    for member in members:
        member.work(fleet)
    assert [member.is_alive for member in members] == [False, True, True]


def test_work_makes_a_member_recent() -> None:
    fleet, (first, second, third) = Fleet(2), [Member() for _ in range(3)]
    for member in (first, second, first, third):
        member.work(fleet)
    assert [first.is_alive, second.is_alive, third.is_alive] == [True, False, True]


def test_a_busy_member_is_left_alone() -> None:
    fleet, busy, other, third = Fleet(1), Member(), Member(), Member()
    with fleet.at_work(busy):
        busy.is_alive = True
        other.work(fleet)
        third.work(fleet)
    assert (busy.is_alive, busy.rests) == (True, 0)


def test_a_forgotten_member_takes_no_room() -> None:
    fleet, gone, first, second = Fleet(2), Member(), Member(), Member()
    gone.work(fleet)
    fleet.forget(gone)
    first.work(fleet)
    second.work(fleet)
    assert (gone.rests, first.rests) == (0, 0)


@given(st.integers(1, 4), st.lists(st.integers(0, 6), max_size=40))
def test_never_more_than_the_maximum_are_alive(maximum: int, order: list[int]) -> None:
    fleet, members = Fleet(maximum), [Member() for _ in range(7)]
    for index in order:
        members[index].work(fleet)
        assert sum(member.is_alive for member in members) <= maximum
        assert members[index].is_alive


def test_who_finds_every_place_taken_waits_for_one() -> None:
    turnstile, meeting = Turnstile(2, seconds=5), Barrier(3)

    def pass_through(_: int) -> bool:
        with turnstile.place():
            try:
                meeting.wait(timeout=0.2)
            except BrokenBarrierError:
                return False
            return True

    with ThreadPoolExecutor(3) as callers:
        assert not any(callers.map(pass_through, range(3)))


def test_who_waits_too_long_is_turned_away() -> None:
    turnstile = Turnstile(1, seconds=0.01)
    with turnstile.place(), pytest.raises(QueueTimeoutError), turnstile.place():
        pass
    with turnstile.place():
        pass
