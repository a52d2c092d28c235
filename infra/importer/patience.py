"""Trying again: what failed for a passing reason is repeated after a while that grows."""

from collections.abc import Callable
from random import uniform
from time import sleep

import httpx

PASSING = frozenset({409, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed; 409 is a race with other writers."""

_LONGEST_PAUSE = 20.0


class UnreachableError(Exception):
    """Say that the service did not answer, or not well, however often it was asked."""


def patiently(
    send: Callable[[], httpx.Response], is_done: Callable[[], bool] | None = None, attempts: int = 7
) -> httpx.Response | None:
    """Return the answer to a request, repeated while it fails for a passing reason.

    Where a repetition could do harm, `is_done` tells whether an attempt without a good answer did its work after
    all; then there is no answer.
    """
    trouble = ""
    for attempt in range(attempts):
        try:
            answer = send()
        except httpx.TransportError as error:
            trouble, wait = str(error) or type(error).__name__, 0.0
        else:
            if answer.status_code not in PASSING:
                return answer
            trouble, wait = f"status {answer.status_code}", _asked_pause(answer)
        sleep(max(wait, uniform(0.5, 1) * min(_LONGEST_PAUSE, 0.4 * 2**attempt)))  # noqa: S311  # jitter, no secret
        if is_done and is_done():
            return None
    raise UnreachableError(f"The service does not answer: {trouble}.")


def _asked_pause(answer: httpx.Response) -> float:
    text = answer.headers.get("Retry-After", "")
    return min(float(text), _LONGEST_PAUSE) if text.isdecimal() else 0.0
