"""Types of JSON values, from which the OpenAPI document takes its schemas.

An object's type is a TypedDict, so that the type checker proves that the answers are what the document says. A
member that may be None is left out of an answer when it is.
"""

from typing import TypedDict

type Guid = str
"""32 lower-case hex digits."""

type Time = str
"""ISO 8601, in UTC."""

type Ticks = int
"""A time span in units of 100 ns."""

type Bytes = int
"""A size, of 64 bits."""


class ProblemDetails(TypedDict):
    """An error: RFC 9457, with the members that Jellyfin gives it."""

    type: str
    title: str
    status: int
    detail: str | None
    errors: dict[str, list[str]] | None
