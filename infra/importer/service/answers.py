"""What an answer of the service means: good, refused, or late."""

from http import HTTPStatus

import requests


class RefusedError(Exception):
    """Say why the service does not take something; `is_of_file` tells that the same bytes will be refused again."""

    def __init__(self, reason: str, *, is_of_file: bool = False) -> None:
        super().__init__(reason)
        self.is_of_file = is_of_file


class LateError(Exception):
    """Say that a file was sent and that nobody knows yet what has become of it."""


def is_good(answer: requests.Response) -> bool:
    """Tell whether a request was answered as asked; a redirect is no answer of the API."""
    return HTTPStatus.OK <= answer.status_code < HTTPStatus.MULTIPLE_CHOICES


def reason_of(answer: requests.Response) -> str:
    """Return what a ProblemDetails says."""
    try:
        problem = answer.json()
    except ValueError:
        return f"The service answered with status {answer.status_code}."
    return str(problem.get("detail") or problem.get("title") or answer.status_code)
