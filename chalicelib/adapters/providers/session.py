"""Asking a provider's API: who asks, how long to wait, and what an answer must be."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import inf
from time import sleep
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from chalicelib.adapters.fetching.client import FetchRequest, FetchResponse
from chalicelib.domain.deadline import Deadline
from chalicelib.errors import UpstreamError

MAX_ANSWER_BYTES = 8_000_000
_OK = 200
_ABSENT = frozenset({400, 404, 410})
"""What sites answer for an id that they do not know, or that is not one of theirs."""
_BUSY = frozenset({429, 503})
_DEFAULT_PAUSE = 1.0
_LONGEST_REST = 3_600.0
_ATTEMPTS = 3


class Client(Protocol):
    """What a session uses of a SafeClient."""

    def get(self, request: FetchRequest, deadline: Deadline) -> FetchResponse:
        """Ask."""
        ...


@dataclass(slots=True)
class Rest:
    """Until when a site asked to be left alone, on the clock of the deadlines."""

    until: float = -inf


@dataclass(frozen=True, slots=True)
class ProviderSession:
    """One provider's API. `credentials` are headers and `secrets` parameters that no log may show.

    The session lasts as long as the process, and so does what it knows of the site's rest.
    """

    client: Client
    base_url: str
    credentials: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    pause: Callable[[float], None] = sleep
    rest: Rest = field(default_factory=Rest)

    def get(self, path: str, deadline: Deadline, **parameters: str) -> Any:  # noqa: ANN401  # any JSON value
        """Return the JSON below a path, None when the site knows no such thing.

        A site that is busy is asked again after the time that it names, if that is in time; if not, it is left
        alone for so long. Raises UpstreamError for a site that is busy, fails or answers nonsense.
        """
        query = urlencode({**parameters, **self.secrets})
        url = f"{self.base_url}{path}{'?' if query else ''}{query}"
        headers = {"Accept": "application/json"}
        request = FetchRequest(url, MAX_ANSWER_BYTES, headers, self.credentials)
        for _ in range(_ATTEMPTS):
            self._respect(deadline)
            answer = self.client.get(request, deadline)
            if answer.status not in _BUSY:
                return _json(answer)
            self._wait(_seconds(answer.headers.get("retry-after", "")), deadline)
        raise _busy()

    def _respect(self, deadline: Deadline) -> None:
        if self.rest.until > deadline.now():
            raise _busy()

    def _wait(self, seconds: float, deadline: Deadline) -> None:
        if seconds >= deadline.remaining:
            self.rest.until = deadline.now() + min(seconds, _LONGEST_REST)
            raise _busy()
        self.pause(seconds)


def segment(text: str) -> str:
    """Return a text as one segment of a path."""
    return quote(text, safe="")


def _busy() -> UpstreamError:
    return UpstreamError("The provider is busy and asked for a pause.")


def _json(answer: FetchResponse) -> Any:  # noqa: ANN401  # any JSON value
    if answer.status in _ABSENT:
        return None
    if answer.status != _OK:
        message = f"It answered with {answer.status}."
        raise UpstreamError(message)
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        message = "It answered something that is not JSON."
        raise UpstreamError(message) from error


def _seconds(retry_after: str) -> float:
    """Read a Retry-After header, in seconds or as a date (RFC 9110 §10.2.3)."""
    if retry_after.strip().isdecimal():
        return max(float(retry_after), _DEFAULT_PAUSE)
    try:
        until = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return _DEFAULT_PAUSE
    # A date with the zone -0000 is in UTC, but comes back without one.
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), _DEFAULT_PAUSE)
