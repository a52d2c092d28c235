"""How failed logins are slowed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts.throttle import Attempts, Throttle, neighbourhood
from tests.support.fakes.accounts import NOON

SECOND = timedelta(seconds=1)
RULE = Throttle(free=3, first=2 * SECOND, longest=60 * SECOND, memory=timedelta(hours=1))


def failed(times: int) -> Attempts:
    attempts = Attempts()
    for _ in range(times):
        attempts = RULE.counted(attempts, NOON)
    return attempts


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (1, 0), (2, 0), (3, 2), (4, 4), (5, 8), (7, 32), (8, 60), (500, 60)]
)
def test_the_wait_doubles_up_to_a_bound(failures: int, seconds: int) -> None:
    assert RULE.wait(failed(failures), NOON) == seconds * SECOND


def test_the_wait_runs_down() -> None:
    assert RULE.wait(failed(4), NOON + SECOND) == 3 * SECOND
    assert RULE.wait(failed(4), NOON + 5 * SECOND) == timedelta()


def test_failures_are_forgotten_an_hour_after_the_last() -> None:
    later = NOON + RULE.memory
    assert RULE.wait(failed(8), later) == timedelta()
    assert RULE.counted(failed(8), later).failures == 1
    assert RULE.counted(failed(8), later - SECOND).failures == 9


@given(st.integers(0, 200), st.integers(0, 10_000))
def test_no_wait_is_longer_than_the_longest_or_negative(failures: int, seconds: int) -> None:
    wait = RULE.wait(
        RULE.counted(Attempts(failures, NOON, NOON + RULE.memory), NOON), NOON + seconds * SECOND
    )
    assert timedelta() <= wait <= RULE.longest


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("2001:db8:1:3::", "2001:db8:1:3::"),
        ("", "unknown"),
        ("somebody", "unknown"),
    ],
)
def test_one_party_is_one_neighbourhood(address: str, expected: str) -> None:
    assert neighbourhood(address) == expected


@given(st.ip_addresses(v=6, network="2001:db8::/64"))
def test_an_ipv6_network_is_one_party(address: object) -> None:
    assert neighbourhood(str(address)) == "2001:db8::"
