"""What an image request is answered with, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.deadline import NO_DEADLINE, Deadline

if TYPE_CHECKING:
    from chalicelib.domain.images.heads import ServableImage
    from chalicelib.domain.images.images import ImageType
    from chalicelib.domain.images.owners import OwnerKey


class Freshness(StrEnum):
    """What was done to answer with the upstream server's present image; nothing for one of our own."""

    OWN = ""
    STORED = "stored"
    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Found:
    """An image; `is_named` tells that the request's tag names its bytes, so that the answer never changes.

    `seconds` is how long another answer may be kept without asking, None where nothing is known of that.
    """

    image: ServableImage
    is_named: bool
    seconds: int | None = None
    freshness: Freshness = Freshness.OWN


class ImageLookup(Protocol):
    """Where the images of requests come from."""

    def look_up(
        self,
        owner: OwnerKey,
        image_type: ImageType,
        index: int | None = None,
        tag: str = "",
        deadline: Deadline = NO_DEADLINE,
    ) -> Found:
        """Return one image; raises NotFoundError when the owner or the image does not exist."""
        ...
