"""The one retry rule for writers that meet on a row."""

from collections.abc import Callable
from random import uniform
from time import sleep

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.errors import ConflictError, ServiceError

ATTEMPTS = 30
_FIRST_PAUSE = 0.02
_LONGEST_PAUSE = 0.4


def retry_on_conflict[T](
    attempt: Callable[[], T],
    deadline: Deadline = NO_DEADLINE,
    *,
    attempts: int = ATTEMPTS,
    on: type[ServiceError] = ConflictError,
    sleep: Callable[[float], None] = sleep,
) -> T:
    """Return the result of an attempt, which reads anew each time it is made.

    Between two attempts there is a pause of full jitter below a bound that doubles up to 0.4 s. Raises the last
    attempt's error, and UnavailableError where the deadline leaves no time for the pause.
    """
    bound = _FIRST_PAUSE
    for _ in range(attempts - 1):
        try:
            return attempt()
        except on:
            bound = min(_LONGEST_PAUSE, 2 * bound)
            pause = uniform(0, bound)  # noqa: S311  # jitter, no secret
            deadline.check_wait(pause)
            sleep(pause)
    return attempt()
