"""Trying again."""

from collections.abc import Callable
from threading import Event

import pytest
import requests

from infra.importer.service.retries import RetryPolicy, StoppedError, UnreachableError

RETRIES = RetryPolicy(Event())


def answer_of(status: int) -> requests.Response:
    """Answer with a status, and ask for no pause."""
    answer = requests.Response()
    answer.status_code = status
    answer.headers["Retry-After"] = "0"
    return answer


def answers(*outcomes: int | Exception) -> Callable[[], requests.Response]:
    """Answer with these statuses, or raise these errors, one after the other."""
    left = iter(outcomes)

    def send() -> requests.Response:
        outcome = next(left)
        if isinstance(outcome, Exception):
            raise outcome
        return answer_of(outcome)

    return send


@pytest.mark.parametrize(
    "passing",
    [
        409,
        429,
        500,
        503,
        requests.ReadTimeout("slow"),
        requests.ConnectionError("refused"),
        requests.exceptions.ChunkedEncodingError("cut off"),
    ],
)
def test_what_fails_for_a_passing_reason_is_repeated(passing: int | Exception) -> None:
    answer = RETRIES.answer(answers(passing, 200))
    assert answer is not None
    assert answer.status_code == 200


@pytest.mark.parametrize("status", [200, 400, 401, 404, 501])
def test_any_other_answer_is_final(status: int) -> None:
    answer = RETRIES.answer(answers(status))
    assert answer is not None
    assert answer.status_code == status


def test_work_that_was_done_without_an_answer_is_not_repeated() -> None:
    assert RETRIES.answer(answers(requests.ReadTimeout("lost")), lambda: True) is None


def test_work_that_was_not_done_is_repeated() -> None:
    assert RETRIES.answer(answers(504, 204), lambda: False) is not None


def test_patience_ends() -> None:
    with pytest.raises(UnreachableError, match="status 503"):
        RetryPolicy(Event(), attempts=3).answer(lambda: answer_of(503))


def test_a_run_that_is_stopped_waits_no_longer() -> None:
    stop = Event()
    stop.set()
    with pytest.raises(StoppedError):
        RetryPolicy(stop).answer(answers(503, 200))
