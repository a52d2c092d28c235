"""A request as views see it: names without letter case, path decoded once, body as bytes."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.errors import InvalidInputError, UnsupportedEncodingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chalicelib.domain.accounts.accounts import Identity


@dataclass(frozen=True, slots=True)
class Request:
    """One call. `headers` and `query` have lower-case names; the first of repeated query values counts.

    `lists` has all values of the query, for the parameters that are lists.
    Repeated headers are joined by commas as RFC 9110 §5.3 says. `deadline` lies before the end of the function's
    time; `identity` is known where a view asks for one. `body_shape` is the type of the JSON object that a view
    declares to take, None where it takes none.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    raw_body: str = ""
    is_base64: bool = False
    deadline: Deadline = NO_DEADLINE
    source_address: str = ""
    identity: Identity | None = None
    body_shape: type | None = None

    @classmethod
    def from_event(cls, event: Mapping[str, Any], deadline: Deadline = NO_DEADLINE) -> Self:
        """Read API Gateway's proxy event (REST API, payload format 1.0)."""
        context = event["requestContext"]
        lists = _lists(_many(event, "queryStringParameters", "multiValueQueryStringParameters"))
        return cls(
            method=context["httpMethod"],
            path=event.get("path", ""),
            headers={n.lower(): ", ".join(v) for n, v in _many(event, "headers", "multiValueHeaders")},
            query={name: values[0] for name, values in lists.items()},
            lists=lists,
            raw_body=event.get("body") or "",
            is_base64=bool(event.get("isBase64Encoded")),
            deadline=deadline,
            source_address=context.get("identity", {}).get("sourceIp") or "",
        )

    @property
    def body(self) -> bytes:
        """Return the bytes that the client sent.

        Raises UnsupportedEncodingError where they are packed, InvalidInputError where the gateway's coding is off.
        """
        if (
            self.raw_body
            and (encoding := self.headers.get("content-encoding", "identity")).lower() != "identity"
        ):
            raise UnsupportedEncodingError(encoding)
        return self.packed_body

    @property
    def packed_body(self) -> bytes:
        """Return the bytes of the body in the coding in which the client sent them, whichever that is.

        Raises InvalidInputError where the gateway's coding is off.
        """
        if not self.is_base64:
            return self.raw_body.encode()
        try:
            return base64.b64decode(self.raw_body, validate=True)
        except binascii.Error as error:
            raise InvalidInputError("body", "The body could not be read.") from error


def path_value(text: str) -> str:
    """Decode one path segment, which API Gateway hands over percent-encoded; bad UTF-8 becomes U+FFFD."""
    return unquote(text)


def _many(event: Mapping[str, Any], single: str, several: str) -> list[tuple[str, Sequence[str]]]:
    """Return names with all their values; a caller without the multi-value form may send only single ones."""
    if event.get(several):
        return list(event[several].items())
    return [(name, [value]) for name, value in (event.get(single) or {}).items()]


def _lists(pairs: list[tuple[str, Sequence[str]]]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, several in pairs:
        if several:
            values.setdefault(name.lower(), []).extend(value or "" for value in several)
    return values
