"""What a client asks for, as it arrives from the query."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from chalicelib.domain.images.formats import ImageFormat


class RequestedFormat(StrEnum):
    """What the `format` parameter can name; `Original` is whatever is stored."""

    ORIGINAL = "Original"
    GIF = "Gif"
    JPG = "Jpg"
    PNG = "Png"
    WEBP = "Webp"
    AVIF = "Avif"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the format of that name in any letter case, or of Jellyfin's number; None when unknown."""
        return _BY_NAME.get(text.strip().lower())

    @property
    def image_format(self) -> ImageFormat | None:
        """Return the named picture format, None for `Original`."""
        return None if self is RequestedFormat.ORIGINAL else ImageFormat(self.value)


_JELLYFIN_NUMBERS = {
    "1": RequestedFormat.GIF,
    "2": RequestedFormat.JPG,
    "3": RequestedFormat.PNG,
    "4": RequestedFormat.WEBP,
}
_BY_NAME = {f.value.lower(): f for f in RequestedFormat} | _JELLYFIN_NUMBERS

NEGOTIABLE = frozenset({ImageFormat.WEBP, ImageFormat.AVIF})
"""Formats that a client gets only after listing them in its Accept header."""


@dataclass(frozen=True, slots=True)
class ImageProcessingOptions:
    """The parameters of an image request, typed but not yet judged; None is absent.

    Sizes and `blur` are pixels, `quality` and `percent_played` percentages; numbers may be out of range.
    `accepted` holds those of NEGOTIABLE that the client lists.
    """

    width: int | None = None
    height: int | None = None
    max_width: int | None = None
    max_height: int | None = None
    fill_width: int | None = None
    fill_height: int | None = None
    quality: int | None = None
    percent_played: float | None = None
    unplayed_count: int | None = None
    blur: int | None = None
    background_color: str | None = None
    foreground_layer: str | None = None
    format: RequestedFormat | None = None
    accepted: frozenset[ImageFormat] = frozenset()
