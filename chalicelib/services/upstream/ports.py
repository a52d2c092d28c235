"""What standing in front of a Jellyfin server needs of the outside world."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.upstream.places import Place
from chalicelib.domain.variants.allowances import Allowance


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of an image as the server stores it, with the fields that tell them from others."""

    data: bytes
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of stored bytes; the server need not send the same again. Empty where nothing is stored."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A request that is passed on as it came; `target` is path and query, names of headers are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """The server's answer to it."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        """Tell whether the server did as it was asked."""
        return 200 <= self.status < 300  # noqa: PLR2004  # HTTP's own


class Jellyfin(Protocol):
    """The server. Every method raises UpstreamError when it fails or answers nonsense."""

    def fetch(self, place: Place, known: Known, deadline: Deadline) -> Original | None:
        """Return the file behind an image; None when it is the known one; raises NotFoundError for no image."""
        ...

    def pass_on(self, call: Call, deadline: Deadline) -> Reply:
        """Send a request of somebody else; raises AnswerTooLargeError for an answer that cannot be passed back."""
        ...


class UpstreamMemory(Protocol):
    """What all functions together remember of the asking; every entry forgets itself."""

    def lease(self, place: Place, purpose: str, time: timedelta) -> bool:
        """Take a right that one caller at a time may have, for so long; False while somebody else has it."""
        ...

    def is_leased(self, place: Place, purpose: str) -> bool:
        """Tell whether somebody has a right, by a consistent read."""
        ...

    def give_back(self, place: Place, purpose: str) -> None:
        """Let somebody else have a right."""
        ...

    def forget(self, subject: str, purpose: str) -> None:
        """Give back the rights to all images of an owner."""
        ...

    def touch(self, subject: str, at: datetime) -> None:
        """Remember when something that may change an owner's images was passed on."""
        ...

    def touched(self, subject: str) -> datetime | None:
        """Return when that was last, None when it was not of late."""
        ...

    def spend(self, allowance: Allowance, at: datetime) -> bool:
        """Spend one of what the whole stack may in the period of a moment; False when none is left."""
        ...

    def refund(self, allowance: Allowance, at: datetime) -> None:
        """Take back what was spent at a moment."""
        ...

    def rests_until(self) -> datetime | None:
        """Return until when the server is left alone, which may be past; None while all is well."""
        ...

    def rest(self, until: datetime) -> None:
        """Let the server be left alone."""
        ...

    def wake(self) -> None:
        """Forget that it was."""
        ...

    def forgive(self, allowance: Allowance, at: datetime) -> None:
        """Take back all that was spent in the period of a moment."""
        ...


class UpstreamImages(Protocol):
    """The images that are kept for an owner of the upstream server."""

    def of(self, subject: str) -> tuple[OwnerImages, ...]:
        """Return them, each with the owner that stands for its place."""
        ...
