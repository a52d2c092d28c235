"""The bytes behind a URL that an administrator chose."""

from dataclasses import dataclass

from chalicelib.adapters.fetching.client import FetchRequest, SafeClient
from chalicelib.domain.deadline import Deadline
from chalicelib.errors import NotFoundError, UpstreamError

_OK = 200
_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = 500
_HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class HttpImageFetcher:
    """ImageFetcher over HTTP; `max_bytes` is that of an upload."""

    client: SafeClient
    max_bytes: int

    def fetch(self, url: str, deadline: Deadline) -> bytes:
        """Return the body, whatever type the other site gives it: the bytes decide what they are."""
        answer = self.client.get(FetchRequest(url, self.max_bytes, _HEADERS), deadline)
        if answer.status == _OK:
            return answer.body
        raise _refusal(answer.status)


def _refusal(status: int) -> Exception:
    message = f"The other site answered the imageUrl with {status}."
    if status == _TOO_MANY_REQUESTS or status >= _SERVER_ERRORS:
        return UpstreamError(message)
    return NotFoundError(message)
