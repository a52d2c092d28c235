"""What an image request is answered with, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.deadline import NO_DEADLINE, Deadline

if TYPE_CHECKING:
    from chalicelib.domain.images.heads import ServableImage
    from chalicelib.domain.images.images import ImageType
    from chalicelib.domain.images.owners import OwnerKey


@dataclass(frozen=True, slots=True)
class Found:
    """An image; `is_named` tells that the request's tag names its bytes, so that the answer never changes.

    `seconds` is how long another answer may be kept without asking, None where nothing is known of that. `is_stale`
    tells that it should have been asked for anew and could not be.
    """

    image: ServableImage
    is_named: bool
    seconds: int | None = None
    is_stale: bool = False


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
