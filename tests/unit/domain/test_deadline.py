"""The moment by which an answer must be ready."""

from datetime import timedelta

import pytest

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.errors import TooLongError, UnavailableError


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def test_a_deadline_is_met_until_it_has_passed() -> None:
    watch = Watch()
    deadline = Deadline.after(5, watch)
    watch.time += 4.9
    deadline.check()
    watch.time += 0.2
    with pytest.raises(TooLongError):
        deadline.check()


def test_what_needs_longer_than_is_left_is_not_begun() -> None:
    deadline = Deadline.after(5, Watch())
    assert deadline.remaining == 5
    deadline.check(needed=5)
    with pytest.raises(TooLongError, match="smaller"):
        deadline.check(needed=5.1)


def test_waiting_for_others_in_vain_may_be_repeated() -> None:
    deadline = Deadline.after(5, Watch())
    deadline.check_wait(5)
    with pytest.raises(UnavailableError, match="try again") as raised:
        deadline.check_wait(5.1)
    assert not isinstance(raised.value, TooLongError)


@pytest.mark.parametrize(("seconds", "left"), [(3, 3), (8, 5)])
def test_a_part_of_the_work_has_its_own_time_but_no_more_than_is_left(seconds: int, left: int) -> None:
    assert Deadline.after(5, Watch()).within(timedelta(seconds=seconds)).remaining == left


def test_no_deadline_is_never_reached() -> None:
    NO_DEADLINE.check(needed=1e9)
    NO_DEADLINE.check_wait(1e9)
