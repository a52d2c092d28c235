"""Passwords checked at a bounded rate.

An attempt is counted before its password is looked at, so that a thousand at once are no way round; a right one
takes its count back. It is counted under the name with the address, under the address, and under the name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from chalicelib.domain.accounts.accounts import NOBODY, User, folded_name
from chalicelib.domain.accounts.throttle import Throttle, neighbourhood
from chalicelib.errors import ConflictError, TooManyAttemptsError
from chalicelib.services.accounts.ports import LoginAttempts, PasswordCheck, Passwords, Tokens
from chalicelib.services.ports import Clock
from chalicelib.services.retries import retry_on_conflict

_ATTEMPTS_TO_COUNT = 5
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
PAIR = Throttle(free=5, first=timedelta(seconds=2), longest=15 * _MINUTE, memory=_HOUR)
"""For one name from one address: somebody guesses, or has forgotten."""
ADDRESS = Throttle(free=50, first=timedelta(seconds=2), longest=15 * _MINUTE, memory=_HOUR)
"""For all names from one address: somebody tries a password on many names; or an office behind one address."""
NAME = Throttle(free=100, first=timedelta(seconds=1), longest=_MINUTE, memory=_HOUR)
"""For one name from all addresses: many machines guess. Devices where the user signed in before are exempt, or
anybody could lock the user out."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A password for a name from somewhere; `user` is None where nobody has the name."""

    name: str
    user: User | None
    password: str
    address: str
    device_id: str = ""


@dataclass(frozen=True, slots=True)
class PasswordGate:
    """Tell whether a password is right, unless too many were wrong of late."""

    passwords: Passwords
    attempts: LoginAttempts
    tokens: Tokens
    clock: Clock

    def check(self, attempt: Attempt) -> PasswordCheck:
        """Compare the password; takes as long where there is no user, or one without a password.

        Raises TooManyAttemptsError without looking at the password.
        """
        counted = list(self._counters(attempt))
        for key, throttle in counted:
            self._count(key, throttle)
        check = self.passwords.check(attempt.user.password_hash if attempt.user else "", attempt.password)
        if check.is_right:
            self._take_back(counted)
        return check

    def _counters(self, attempt: Attempt) -> Iterator[tuple[str, Throttle]]:
        """Yield what the attempt is counted under, the narrowest first: what blocks one leaves the rest alone."""
        name, address = folded_name(attempt.name), neighbourhood(attempt.address)
        yield f"pair {address} {name}", PAIR
        yield f"address {address}", ADDRESS
        if not self._is_on_known_device(attempt):
            yield f"name {name}", NAME

    def _is_on_known_device(self, attempt: Attempt) -> bool:
        """Look the device up even where there is no user: the time that it takes tells nothing."""
        user_id = attempt.user.id if attempt.user else NOBODY
        return bool(attempt.device_id) and self.tokens.knows_device(user_id, attempt.device_id)

    def _count(self, key: str, throttle: Throttle) -> None:
        """Count an attempt, or raise TooManyAttemptsError; none passes uncounted.

        Free attempts are added without a race, so a busy office keeps nobody out. From then on one attempt at a
        time goes ahead: whoever loses the race to it has to wait like everybody else.
        """
        try:
            retry_on_conflict(lambda: self._count_once(key, throttle), attempts=_ATTEMPTS_TO_COUNT)
        except ConflictError:
            raise TooManyAttemptsError(1) from None

    def _count_once(self, key: str, throttle: Throttle) -> None:
        now = self.clock.now()
        if self.attempts.add(key, throttle.undelayed, now, now + throttle.memory):
            return
        seen = self.attempts.find(key)
        if wait := throttle.wait(seen, now):
            raise TooManyAttemptsError(ceil(wait.total_seconds()))
        if not self.attempts.replace(key, seen, throttle.counted(seen, now)):
            raise ConflictError("Another attempt was counted first.")

    def _take_back(self, counted: list[tuple[str, Throttle]]) -> None:
        for key, throttle in counted:
            if throttle is PAIR:
                self.attempts.forget(key)
            else:
                self.attempts.forgive(key)
