"""How a picture is answered: as bytes, or by where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.services.ports import Blob


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to answer with.

    `is_hit` tells that it was stored before; `is_exact` that it is what was asked for, not what stands in for
    it because too many different variants were.
    """

    blob: Blob
    is_hit: bool
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A picture too large to pass through a function: the URL where it can be had for so many seconds."""

    url: str
    seconds: int
    is_hit: bool
    is_exact: bool = True


type Answer = Picture | Elsewhere
