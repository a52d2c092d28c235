"""The Jellyfin server by HTTP: at the operator's scheme, host and port, and nowhere else.

That one origin may have a private address. A redirect that leaves it is not followed, whatever its address.
"""

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Self

from chalicelib.adapters.fetching.bodies import read_body, read_raw
from chalicelib.adapters.fetching.client import MAX_REDIRECTS, SafeClient
from chalicelib.adapters.fetching.clients import PRODUCT
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.remote.egress import AllowList
from chalicelib.domain.remote.safe_url import RefusedUrlError, Target, parse_target, redirected
from chalicelib.domain.upstream.places import Place
from chalicelib.errors import (
    AbsentError,
    AnswerTooLargeError,
    LimitExceededError,
    NotFoundError,
    UpstreamError,
    UpstreamTimeoutError,
)
from chalicelib.services.upstream.ports import Call, Known, Original, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Verdict(Enum):
    """What a 304 says of the known file."""

    UNCHANGED = "unchanged"
    OTHER_DATE = "other date"


RETRY_SECONDS = 5
"""After which it is worth asking a server again that failed."""

_OK, _NOT_MODIFIED = 200, 304
_ABSENT = frozenset({400, 404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = ", ".join([*(kind.mime_type for kind in ImageFormat), "*/*"])
"""All that we read: Jellyfin sends the stored file itself to whoever takes its format."""
_UNTYPED = frozenset({"", "application/octet-stream", "binary/octet-stream"})


@dataclass(frozen=True, slots=True)
class HttpJellyfin:
    """Jellyfin over HTTP; `max_bytes` are those of a picture, `max_reply` of an answer that is passed back."""

    client: SafeClient
    base: Target
    max_bytes: int
    max_reply: int

    @classmethod
    def at(cls, url: str, *, max_bytes: int, max_reply: int) -> Self:
        """Return the server at a URL, below whose path its API begins."""
        allowed = AllowList().with_urls([url])
        return cls(SafeClient(PRODUCT, allowed), parse_target(url.rstrip("/"), allowed), max_bytes, max_reply)

    def fetch(self, place: Place, known: Known, deadline: Deadline) -> Original | None:
        """Ask for the file, conditionally where something is known.

        A server that compares dates says 304 to an older file, too: another date than the known one is a change.
        """
        with _translated():
            found = self._fetched(self._below(place.path), known, deadline)
            if found is _Verdict.OTHER_DATE:
                found = self._fetched(self._below(place.path), Known(), deadline)
            return found if isinstance(found, Original) else None

    def pass_on(self, call: Call, deadline: Deadline) -> Reply:
        """Send a request and return its answer as it came."""
        target = self._below(call.target)
        with (
            _translated(),
            self.client.exchange(target, call.headers, deadline, call.method, call.body) as answer,
        ):
            try:
                body = read_raw(answer, self.max_reply)
            except LimitExceededError as error:
                raise AnswerTooLargeError(error.limit) from error
            return Reply(answer.status, _fields(answer), body)

    def _fetched(self, target: Target, known: Known, deadline: Deadline) -> Original | _Verdict:
        """Return the file, or what a 304 says of the known one."""
        for _ in range(MAX_REDIRECTS + 1):
            with self.client.exchange(target, _asking(known), deadline) as answer:
                location = answer.headers.get("Location") if answer.status in _REDIRECTS else None
                if location is None:
                    return self._answer(answer, known)
            target = self._followed(target, location)
        raise UpstreamError("The Jellyfin server redirects without end.", RETRY_SECONDS)

    def _answer(self, answer: HTTPResponse, known: Known) -> Original | _Verdict:
        if answer.status == _NOT_MODIFIED and known != Known():
            modified = answer.headers.get("Last-Modified", "")
            is_same = known.etag or modified in ("", known.last_modified)
            return _Verdict.UNCHANGED if is_same else _Verdict.OTHER_DATE
        if answer.status in _ABSENT:
            raise AbsentError("The Jellyfin server has no such image.")
        if answer.status != _OK:
            message = f"The Jellyfin server answered with {answer.status}."
            raise UpstreamError(message, RETRY_SECONDS)
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in _UNTYPED and not kind.startswith("image/"):
            raise UpstreamError(
                "The Jellyfin server answered with something other than a picture.", RETRY_SECONDS
            )
        return self._original(answer, kind)

    def _original(self, answer: HTTPResponse, kind: str) -> Original:
        try:
            data = read_body(answer, self.max_bytes)
        except LimitExceededError as error:
            message = (
                f"The picture of the Jellyfin server has {error.value:,} bytes; the limit is {error.limit:,}."
            )
            raise AbsentError(message) from error
        etag = answer.headers.get("ETag", "")
        modified = answer.headers.get("Last-Modified", "")
        return Original(data, etag if etag.startswith('"') else "", modified, kind)

    def _followed(self, target: Target, location: str) -> Target:
        reached = redirected(target, location, self.client.allowed)
        if reached.origin != self.base.origin:
            raise UpstreamError(
                "The Jellyfin server redirects elsewhere, which is not followed.", RETRY_SECONDS
            )
        return reached

    def _below(self, path: str) -> Target:
        return replace(self.base, path=self.base.path.rstrip("/") + path)


def _asking(known: Known) -> dict[str, str]:
    own = {"User-Agent": PRODUCT, "Accept": _ACCEPT, "Accept-Encoding": "identity", "Connection": "close"}
    if known.etag:
        return own | {"If-None-Match": known.etag}
    return own | ({"If-Modified-Since": known.last_modified} if known.last_modified else {})


def _fields(answer: HTTPResponse) -> Mapping[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


@contextmanager
def _translated() -> "Iterator[None]":
    """Say of the server what the client says of any other site; its address is for nobody else."""
    try:
        yield
    except AbsentError:
        raise
    except UpstreamTimeoutError as error:
        raise UpstreamTimeoutError("The Jellyfin server did not answer in time.", RETRY_SECONDS) from error
    except RefusedUrlError as error:
        raise UpstreamError(
            "The Jellyfin server redirects to where no request may go.", RETRY_SECONDS
        ) from error
    except NotFoundError as error:
        raise UpstreamError("The name of the Jellyfin server cannot be resolved.", RETRY_SECONDS) from error
    except UpstreamError as error:
        raise UpstreamError(str(error).replace("other site", "Jellyfin server"), RETRY_SECONDS) from error
