"""How a picture is answered: as bytes, or by where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.services.ports import Blob


@dataclass(frozen=True, slots=True)
class Inline:
    """A picture small enough to pass through a function; `is_hit` tells that it was stored before."""

    blob: Blob
    is_hit: bool

    @property
    def size(self) -> int:
        """Return its bytes."""
        return len(self.blob.data)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A picture too large to pass through a function: the URL where it can be had for so many seconds.

    `key` is the blob's, `size` its bytes.
    """

    url: str
    seconds: int
    key: str
    size: int
    is_hit: bool


type Answer = Inline | Elsewhere
