"""Errors as answers."""

import json

import pytest

from chalicelib import errors
from chalicelib.web.protocol.error_map import RETRY_SECONDS, STATUS, error_response, status_of


def _leaves(kind: type[errors.ServiceError]) -> list[type[errors.ServiceError]]:
    return [kind, *(leaf for sub in kind.__subclasses__() for leaf in _leaves(sub))]


@pytest.mark.parametrize("kind", _leaves(errors.ServiceError)[1:])
def test_every_error_has_a_status(kind: type[errors.ServiceError]) -> None:
    status = next((STATUS[parent] for parent in kind.__mro__ if parent in STATUS), None)
    assert status
    assert 400 <= status < 600


def test_a_limit_is_a_400_that_states_value_and_limit() -> None:
    answer = error_response(errors.LimitExceededError("body", "width in pixels", 20_000, 16_383))
    body = json.loads(answer.body)
    assert answer.status_code == 400
    assert body["errors"] == {"body": ["The width in pixels is 20,000; the limit is 16,383."]}
    assert body["type"].startswith("https://tools.ietf.org/html/rfc9110")


def test_an_error_without_a_field_has_a_detail() -> None:
    error = errors.NotFoundError("There is no item 42.")
    assert status_of(error) == 404
    assert json.loads(error_response(error).body)["detail"] == "There is no item 42."


def test_which_call_of_which_store_failed_is_not_for_callers() -> None:
    error = errors.BusyError("GetItem of dynamodb is not available at the moment: ThrottlingException.")
    detail = json.loads(error_response(error).body)["detail"]
    assert detail == "The store is too busy at the moment; try again."


@pytest.mark.parametrize(
    ("error", "status", "seconds"),
    [
        (errors.UnavailableError("Not all of it fitted."), 503, str(RETRY_SECONDS)),
        (errors.TooLongError("Ask for a smaller one."), 503, None),
        (errors.BusyError("PutItem: ThrottlingException."), 503, str(RETRY_SECONDS)),
        (errors.TooManyAttemptsError(8), 429, "8"),
        (errors.UpstreamError("The site fails."), 502, None),
        (errors.CorruptError("The bytes are others."), 500, None),
    ],
)
def test_what_passes_says_when_to_ask_again(
    error: errors.ServiceError, status: int, seconds: str | None
) -> None:
    answer = error_response(error)
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, seconds)
