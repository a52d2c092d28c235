"""What the services rely on in any store of login attempts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.throttle import Attempts
from chalicelib.errors import TooManyAttemptsError
from chalicelib.services.accounts.password_gate import ADDRESS, Attempt, PasswordGate
from chalicelib.services.accounts.ports import LoginAttempts
from tests.support.fakes.accounts import NOON, FakeClock, FakeLoginAttempts, FakePasswords, FakeTokens

ONE = Attempts(1, NOON + timedelta(seconds=2), NOON + timedelta(hours=1))
TWO = Attempts(2, NOON + timedelta(seconds=4), NOON + timedelta(hours=2))
KEY = "name " + "x" * 2_000


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def attempts(request: pytest.FixtureRequest) -> LoginAttempts:
    if request.param == "fake":
        return FakeLoginAttempts()
    request.getfixturevalue("table")
    from chalicelib.adapters.dynamodb.accounts.login_attempts import DynamoLoginAttempts  # noqa: PLC0415  # only where it is there

    return DynamoLoginAttempts()


def test_nothing_is_known_at_first(attempts: LoginAttempts) -> None:
    assert attempts.find(KEY) == Attempts()


def test_what_is_written_is_read(attempts: LoginAttempts) -> None:
    assert attempts.replace(KEY, Attempts(), ONE)
    assert attempts.replace(KEY, ONE, TWO)
    assert attempts.find(KEY) == TWO
    assert attempts.find("other") == Attempts()


def test_free_attempts_are_counted_whoever_comes_at_once(attempts: LoginAttempts) -> None:
    later = NOON + timedelta(hours=1)
    with ThreadPoolExecutor(16) as pool:
        counted = list(pool.map(lambda _: attempts.add(KEY, 7, NOON, later), range(40)))
    assert counted.count(True) == 7
    assert attempts.find(KEY) == Attempts(7, None, later)


def test_an_attempt_is_not_free_while_the_next_one_has_to_wait(attempts: LoginAttempts) -> None:
    attempts.replace(KEY, Attempts(), ONE)
    assert not attempts.add(KEY, 7, NOON, NOON + timedelta(hours=1))
    assert attempts.add(KEY, 7, NOON + timedelta(seconds=2), NOON + timedelta(hours=3))
    assert attempts.find(KEY) == replace(TWO, next_at=ONE.next_at, forget_at=NOON + timedelta(hours=3))


def test_what_is_void_is_not_added_to(attempts: LoginAttempts) -> None:
    attempts.replace(KEY, Attempts(), ONE)
    assert not attempts.add(KEY, 7, NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    assert attempts.find(KEY) == ONE


@pytest.mark.parametrize("seen", [Attempts(), TWO, replace(ONE, next_at=None), replace(ONE, next_at=NOON)])
def test_a_slower_writer_learns_of_it(attempts: LoginAttempts, seen: Attempts) -> None:
    attempts.replace(KEY, Attempts(), ONE)
    assert not attempts.replace(KEY, seen, TWO)
    assert attempts.find(KEY) == ONE


def test_a_failure_can_be_taken_back(attempts: LoginAttempts) -> None:
    attempts.replace(KEY, Attempts(), TWO)
    attempts.forgive(KEY)
    forgiven = replace(TWO, failures=1, next_at=None)
    assert attempts.find(KEY) == forgiven
    assert attempts.replace(KEY, forgiven, TWO)


def test_there_are_never_less_than_no_failures(attempts: LoginAttempts) -> None:
    attempts.forgive(KEY)
    assert attempts.find(KEY) == Attempts()
    attempts.replace(KEY, Attempts(), ONE)
    attempts.forgive(KEY)
    attempts.forgive(KEY)
    assert attempts.find(KEY).failures == 0


def test_all_failures_can_be_forgotten(attempts: LoginAttempts) -> None:
    attempts.replace(KEY, Attempts(), TWO)
    attempts.forget(KEY)
    attempts.forget(KEY)
    assert attempts.find(KEY) == Attempts()


def test_a_crowd_on_many_names_is_checked_no_oftener_than_one_caller(attempts: LoginAttempts) -> None:
    """As many threads as AWS would start environments: lost races once let three times as many guesses pass."""
    passwords = FakePasswords()
    gate = PasswordGate(passwords, attempts, FakeTokens(), FakeClock())

    def guess(number: int) -> bool:
        try:
            gate.check(Attempt(f"user{number}", None, "wrong", "203.0.113.7"))
        except TooManyAttemptsError:
            return False
        return True

    with ThreadPoolExecutor(50) as crowd:
        passed = sum(crowd.map(guess, range(150)))
    assert passed == len(passwords.checks) == ADDRESS.free
