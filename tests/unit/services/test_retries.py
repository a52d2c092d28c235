"""Writers that meet on one row."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from chalicelib.domain.deadline import Deadline
from chalicelib.errors import ClaimLostError, ConflictError, NotFoundError, ServiceError, UnavailableError
from chalicelib.services.retries import ATTEMPTS, retry_on_conflict


@dataclass
class Watch:
    """A clock that pauses set forward."""

    time: float = 0.0
    pauses: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += seconds


def losing(times: int, error: type[ServiceError] = ConflictError) -> Callable[[], int]:
    """Return a change that loses so many races, then returns how many it has run."""
    runs = 0

    def change() -> int:
        nonlocal runs
        runs += 1
        if runs <= times:
            message = "changed meanwhile"
            raise error(message)
        return runs

    return change


@pytest.mark.parametrize("times", [0, 1, 4, ATTEMPTS - 1])
def test_a_lost_race_is_run_again(times: int) -> None:
    watch = Watch()
    assert retry_on_conflict(losing(times), sleep=watch.sleep) == times + 1
    assert len(watch.pauses) == times


def test_who_loses_every_time_says_so() -> None:
    with pytest.raises(ConflictError):
        retry_on_conflict(losing(5), attempts=5, sleep=Watch().sleep)
    with pytest.raises(ConflictError):
        retry_on_conflict(losing(ATTEMPTS), sleep=Watch().sleep)


def test_other_errors_fly() -> None:
    def change() -> None:
        message = "gone"
        raise NotFoundError(message)

    with pytest.raises(NotFoundError):
        retry_on_conflict(change)


def test_a_lost_claim_is_retried_by_whoever_can_claim_again() -> None:
    with pytest.raises(ClaimLostError):
        retry_on_conflict(losing(1, ClaimLostError))
    assert retry_on_conflict(losing(1, ClaimLostError), on=ClaimLostError, sleep=Watch().sleep) == 2


def test_pauses_grow_at_random_up_to_a_bound() -> None:
    bounds = [0.04, 0.08, 0.16, 0.32, *[0.4] * (ATTEMPTS - 5)]
    runs = []
    for _ in range(20):
        watch = Watch()
        retry_on_conflict(losing(ATTEMPTS - 1), sleep=watch.sleep)
        assert all(0 <= pause <= bound for pause, bound in zip(watch.pauses, bounds, strict=True))
        runs.append(watch.pauses)
    assert len({pauses[0] for pauses in runs}) > 1
    assert max(max(pauses) for pauses in runs) > 0.2


def test_nobody_waits_past_the_deadline() -> None:
    watch = Watch()
    with pytest.raises(UnavailableError, match="busy until the deadline"):
        retry_on_conflict(losing(ATTEMPTS), Deadline.after(1, watch.now), sleep=watch.sleep)
    assert watch.time <= 1
