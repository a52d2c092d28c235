"""The moment by which an answer must be ready."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from math import inf
from time import monotonic
from typing import Self

from chalicelib.errors import TooLongError, UnavailableError


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock; `now` reads that clock, in seconds."""

    at: float = inf
    now: Callable[[], float] = field(default=monotonic, compare=False, repr=False)

    @classmethod
    def after(cls, seconds: float, now: Callable[[], float] = monotonic) -> Self:
        """Set a deadline so many seconds from now."""
        return cls(now() + seconds, now)

    def within(self, time: timedelta) -> Self:
        """Return the earlier of this deadline and so much time from now, on the same clock."""
        return type(self)(min(self.at, self.now() + time.total_seconds()), self.now)

    @property
    def remaining(self) -> float:
        """Return the seconds that are left, negative when it has passed."""
        return self.at - self.now()

    def check(self, needed: float = 0.0) -> None:
        """Raise TooLongError when less than the needed seconds are left for a picture."""
        if self.remaining < needed:
            message = "The picture cannot be finished in the time that is left; ask for a smaller one."
            raise TooLongError(message)

    def check_wait(self, pause: float = 0.0) -> None:
        """Raise UnavailableError when there is no time to wait so many seconds for others."""
        if self.remaining < pause:
            message = "The resource stayed busy until the deadline; try again."
            raise UnavailableError(message)


NO_DEADLINE = Deadline()
"""All the time in the world."""
