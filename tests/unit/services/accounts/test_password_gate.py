"""Passwords checked at a bounded rate."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from time import sleep

import pytest

from chalicelib.domain.accounts.accounts import Device, Session, User
from chalicelib.domain.accounts.throttle import Attempts, Throttle
from chalicelib.errors import TooManyAttemptsError
from chalicelib.services.accounts.password_gate import ADDRESS, NAME, PAIR, Attempt, PasswordGate
from tests.support.fakes.accounts import NOON, FakeClock, FakeLoginAttempts, FakePasswords, FakeTokens

ANN = User("a" * 32, "Ann", NOON, password_hash="new:right")
WRONG = Attempt("Ann", ANN, "wrong", "203.0.113.7")
RIGHT = replace(WRONG, password="right")


@dataclass
class Setting:
    """A gate over fakes."""

    clock: FakeClock = field(default_factory=FakeClock)
    passwords: FakePasswords = field(default_factory=FakePasswords)
    attempts: FakeLoginAttempts = field(default_factory=FakeLoginAttempts)
    tokens: FakeTokens = field(default_factory=FakeTokens)

    @property
    def gate(self) -> PasswordGate:
        return PasswordGate(self.passwords, self.attempts, self.tokens, self.clock)

    def fail(self, times: int, attempt: Attempt = WRONG) -> None:
        for _ in range(times):
            assert not self.gate.check(attempt).is_right


@pytest.fixture
def setting() -> Setting:
    return Setting()


def test_right_and_wrong_are_told_apart(setting: Setting) -> None:
    assert setting.gate.check(RIGHT).is_right
    assert not setting.gate.check(WRONG).is_right


def test_after_some_failures_one_has_to_wait_even_with_the_right_password(setting: Setting) -> None:
    setting.fail(PAIR.free)
    checks = len(setting.passwords.checks)
    with pytest.raises(TooManyAttemptsError) as refusal:
        setting.gate.check(RIGHT)
    assert refusal.value.seconds == 2
    assert len(setting.passwords.checks) == checks


def test_the_wait_grows_with_each_failure(setting: Setting) -> None:
    setting.fail(PAIR.free)
    for expected in (4, 8, 16):
        setting.clock.advance(seconds=expected / 2)
        setting.fail(1)
        with pytest.raises(TooManyAttemptsError, match=f"again in {expected} s"):
            setting.gate.check(WRONG)


def test_who_waits_gets_in(setting: Setting) -> None:
    setting.fail(PAIR.free)
    setting.clock.advance(seconds=2)
    assert setting.gate.check(RIGHT).is_right


def test_a_right_password_starts_anew(setting: Setting) -> None:
    for _ in range(3):
        setting.fail(PAIR.free - 1)
        assert setting.gate.check(RIGHT).is_right


def test_somebody_elses_failures_elsewhere_do_not_keep_a_user_out(setting: Setting) -> None:
    setting.fail(PAIR.free, replace(WRONG, address="198.51.100.1"))
    assert setting.gate.check(RIGHT).is_right


@pytest.mark.parametrize("name", ["ANN", " ann", "\uff21nn"])
def test_another_spelling_of_the_name_is_no_way_round(setting: Setting, name: str) -> None:
    setting.fail(PAIR.free)
    with pytest.raises(TooManyAttemptsError):
        setting.gate.check(replace(RIGHT, name=name))


def test_another_address_of_the_same_network_is_no_way_round(setting: Setting) -> None:
    setting.fail(PAIR.free, replace(WRONG, address="2001:db8::1"))
    with pytest.raises(TooManyAttemptsError):
        setting.gate.check(replace(RIGHT, address="2001:db8::2"))


def test_one_password_tried_on_many_names_is_slowed(setting: Setting) -> None:
    for number in range(ADDRESS.free):
        setting.fail(1, Attempt(f"user{number}", None, "wrong", WRONG.address))
    with pytest.raises(TooManyAttemptsError):
        setting.gate.check(Attempt("another", None, "wrong", WRONG.address))


def test_signing_in_to_ones_own_account_does_not_reset_the_count_of_the_address(setting: Setting) -> None:
    for number in range(ADDRESS.free - 1):
        setting.fail(1, Attempt(f"user{number}", None, "wrong", WRONG.address))
    assert setting.gate.check(RIGHT).is_right
    setting.fail(1, Attempt("one more", None, "wrong", WRONG.address))
    with pytest.raises(TooManyAttemptsError):
        setting.gate.check(RIGHT)


def many_machines_guess(setting: Setting) -> None:
    for number in range(NAME.free):
        setting.fail(1, replace(WRONG, address=f"198.51.{number // 250}.{number % 250}"))


def test_many_machines_guessing_at_one_name_are_slowed_by_a_minute_at_most(setting: Setting) -> None:
    many_machines_guess(setting)
    with pytest.raises(TooManyAttemptsError):
        setting.gate.check(RIGHT)
    assert NAME.longest <= timedelta(minutes=1)


def test_many_machines_cannot_lock_a_user_out_of_a_device_that_is_known(setting: Setting) -> None:
    device = Device("App", "Phone", "known", "1.0")
    setting.tokens.open(Session("digest", ANN.id, device, 0, NOON, NOON + timedelta(days=1)))
    many_machines_guess(setting)
    with pytest.raises(TooManyAttemptsError):
        setting.gate.check(replace(RIGHT, device_id="unknown"))
    assert setting.gate.check(replace(RIGHT, device_id="known")).is_right


@pytest.mark.parametrize("user", [None, replace(ANN, password_hash="")])
def test_a_password_is_checked_even_where_there_is_none(setting: Setting, user: User | None) -> None:
    assert not setting.gate.check(replace(WRONG, user=user)).is_right
    assert setting.passwords.checks == [""]


def test_unknown_names_are_slowed_like_known_ones(setting: Setting) -> None:
    setting.fail(PAIR.free, replace(WRONG, user=None))
    with pytest.raises(TooManyAttemptsError):
        setting.gate.check(replace(WRONG, user=None))


@dataclass
class Slow(FakeLoginAttempts):
    """Attempts in a store so far away that many read before the first one writes."""

    def find(self, key: str) -> Attempts:
        found = super().find(key)
        sleep(0.002)
        return found


@dataclass
class Crowd(FakeLoginAttempts):
    """Attempts among which, under keys of one kind, another one always comes first."""

    kind: str = ""

    def replace(self, key: str, seen: Attempts, attempts: Attempts) -> bool:
        came_first = super().replace(key, seen, attempts)
        return came_first and not key.startswith(self.kind)


@pytest.mark.parametrize(("kind", "throttle"), [("pair", PAIR), ("address", ADDRESS), ("name", NAME)])
def test_of_a_crowd_of_guesses_the_slower_ones_are_not_even_checked(
    setting: Setting, kind: str, throttle: Throttle
) -> None:
    setting.attempts = Crowd(kind=kind)
    for key in (f"pair {WRONG.address} ann", f"address {WRONG.address}", "name ann"):
        if key.startswith(kind):
            later = NOON + timedelta(hours=1)
            setting.attempts.attempts[key] = Attempts(throttle.undelayed, None, later)
    with pytest.raises(TooManyAttemptsError):
        setting.gate.check(RIGHT)
    assert setting.passwords.checks == []


def test_five_hundred_at_once_are_checked_no_oftener_than_one_after_the_other(setting: Setting) -> None:
    def guess(number: int) -> bool:
        try:
            setting.gate.check(Attempt(f"user{number}", None, "wrong", WRONG.address))
        except TooManyAttemptsError:
            return False
        return True

    setting.attempts = Slow()
    with ThreadPoolExecutor(100) as pool:
        passed = sum(pool.map(guess, range(500)))
    assert passed == len(setting.passwords.checks) == ADDRESS.free


@pytest.mark.parametrize("kind", ["address", "name"])
def test_nobody_is_kept_out_by_others_who_sign_in_at_the_same_time(setting: Setting, kind: str) -> None:
    setting.attempts = Crowd(kind=kind)
    assert setting.gate.check(RIGHT).is_right


def test_hostile_text_is_counted_like_any_other(setting: Setting) -> None:
    hostile = Attempt("\ud800", None, "\ud800", "x" * 1_000, "\ud800")
    setting.fail(PAIR.free, hostile)
    assert {found.failures for found in setting.attempts.attempts.values()} == {PAIR.free}
    assert len(setting.attempts.attempts) == 3
    with pytest.raises(TooManyAttemptsError):
        setting.gate.check(hostile)
