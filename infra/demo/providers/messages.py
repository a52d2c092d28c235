"""What the stand-ins are asked, and what they answer."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ABSENT = "404"
"""The id that no stand-in knows."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A GET request: the path below the stand-in's own, and the address of the server for links."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    base_url: str

    @property
    def segments(self) -> list[str]:
        """Return the parts of the path."""
        return [part for part in self.path.split("/") if part]

    @property
    def says_who_asks(self) -> bool:
        """Tell whether the User-Agent carries a way to reach the operator, as MusicBrainz and Wikimedia demand."""
        agent = self.headers.get("user-agent", "")
        return "(" in agent and ("@" in agent or "://" in agent)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def as_json(value: Any, status: int = 200) -> Reply:  # noqa: ANN401  # any JSON value
    """Answer JSON."""
    return Reply(json.dumps(value).encode(), status)


def redirect(url: str, status: int = 307) -> Reply:
    """Answer that it lies elsewhere."""
    return Reply(status=status, headers={"Location": url})


def seed_of(*parts: object) -> str:
    """Return hex digits that stay the same for the same parts."""
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:24]
