"""Writers that meet on one row."""

from collections.abc import Callable

import pytest

from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.services.retries import until_settled


def losing(times: int) -> Callable[[], int]:
    """Return a change that loses so many races, then returns how many it has run."""
    runs = 0

    def change() -> int:
        nonlocal runs
        runs += 1
        if runs <= times:
            message = "changed meanwhile"
            raise ConflictError(message)
        return runs

    return change


@pytest.mark.parametrize("times", [0, 1, 4])
def test_a_lost_race_is_run_again(times: int) -> None:
    assert until_settled(losing(times)) == times + 1


def test_who_loses_every_time_says_so() -> None:
    with pytest.raises(ConflictError):
        until_settled(losing(5))


def test_other_errors_fly() -> None:
    def change() -> None:
        message = "gone"
        raise NotFoundError(message)

    with pytest.raises(NotFoundError):
        until_settled(change)
