"""Trying again: what failed for a passing reason is repeated after a while that grows."""

from collections.abc import Callable
from dataclasses import dataclass
from random import uniform
from threading import Event

import requests

PASSING = frozenset({409, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed; 409 is a race with other writers."""

TROUBLE = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
"""What the network does to a request: no connection, silence, an answer that breaks off."""

_LONGEST_PAUSE = 20.0


class UnreachableError(Exception):
    """Say that the service did not answer, or not well, however often it was asked."""


class StoppedError(Exception):
    """Say that the run was stopped while it waited."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Repeats requests, each so many times at most, until `stop` is set."""

    stop: Event
    name: str = "The service"
    attempts: int = 7

    def answer(
        self, send: Callable[[], requests.Response], is_done: Callable[[], bool] | None = None
    ) -> requests.Response | None:
        """Return the answer to a request, repeated while it fails for a passing reason.

        Where a repetition could do harm, `is_done` tells whether an attempt without a good answer did its work
        after all; then there is no answer.
        """
        trouble = ""
        for attempt in range(self.attempts):
            try:
                answer = send()
            except TROUBLE as error:
                trouble, asked = str(error) or type(error).__name__, 0.0
            else:
                if answer.status_code not in PASSING:
                    return answer
                trouble, asked = f"status {answer.status_code}", _asked_pause(answer)
            self.pause(max(asked, uniform(0.5, 1) * min(_LONGEST_PAUSE, 0.4 * 2**attempt)))  # noqa: S311  # jitter
            if is_done and is_done():
                return None
        raise UnreachableError(f"{self.name} does not answer: {trouble}.")

    def pause(self, seconds: float) -> None:
        """Wait; raises StoppedError when the run is stopped meanwhile."""
        if self.stop.wait(seconds):
            raise StoppedError


def _asked_pause(answer: requests.Response) -> float:
    text = answer.headers.get("Retry-After", "")
    return min(float(text), _LONGEST_PAUSE) if text.isdecimal() else 0.0
