"""What a query may say of an image: which one, and how it is to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
from chalicelib.errors import InvalidInputError
from chalicelib.web.protocol.declarations.parameters import index
from chalicelib.web.protocol.declarations.query import Decimal, Index, Integer, Parameter, Query, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.images.formats import ImageFormat

IMAGE_TYPES = tuple(image_type.value for image_type in ImageType)

IMAGE_INDEX = Index("imageIndex", "which of several images of the type; counts from 0")
NEW_INDEX = Index("newIndex", "the place to change with", required=True)

WIDTH = Integer("width", "the exact width in pixels; an image is never enlarged")
HEIGHT = Integer("height", "the exact height in pixels; an image is never enlarged")
MAX_WIDTH = Integer("maxWidth", "the width in pixels that the image must fit in")
MAX_HEIGHT = Integer("maxHeight", "the height in pixels that the image must fit in")
FILL_WIDTH = Integer("fillWidth", "the width in pixels of a box that the image fills at least")
FILL_HEIGHT = Integer("fillHeight", "the height in pixels of a box that the image fills at least")
QUALITY = Integer("quality", "0 to 100, 90 where it is not given; what lies outside is clamped")
PERCENT_PLAYED = Decimal("percentPlayed", "draws a bar; nothing at 0 and below, nor at 100 and above")
UNPLAYED_COUNT = Integer("unplayedCount", "draws a badge with this number; nothing at 0 and below")
BLUR = Integer("blur", "the radius of a blur in pixels")
BACKGROUND_COLOR = Text(
    "backgroundColor", "lies behind what is transparent: #RGB, #ARGB, #RRGGBB or #AARRGGBB"
)
FOREGROUND_LAYER = Text("foregroundLayer", "the opacity of the picture, as a number from 0 to 1")
FORMAT = Text(
    "format",
    "the format of the answer; an unknown one is ignored",
    choices=("Original", "Gif", "Jpg", "Png", "Webp", "Avif"),
)
TAG = Text("tag", "the image's tag, which lets caches keep the answer for a year")
ACCEPT = Text("accept", "`webp` counts as if the header Accept named image/webp")

SHOWN = (TAG, FORMAT, ACCEPT)
"""What a picture that is not transformed takes."""

TRANSFORMATION = (
    *SHOWN,
    *(MAX_WIDTH, MAX_HEIGHT, WIDTH, HEIGHT, FILL_WIDTH, FILL_HEIGHT),
    *(QUALITY, PERCENT_PLAYED, UNPLAYED_COUNT, BLUR, BACKGROUND_COLOR, FOREGROUND_LAYER),
)
"""What decides how a picture looks."""


def image_index_of(query: Query, segment: str | None = None) -> int | None:
    """Return the index from the path, else from `imageIndex` in the query, None when neither has one."""
    return IMAGE_INDEX.of(query) if segment is None else index(IMAGE_INDEX.name, segment)


def image_options(query: Query, accepted: frozenset[ImageFormat]) -> ImageProcessingOptions:
    """Read all that GET of an image takes; an unknown `format` is ignored, as Jellyfin does."""
    return ImageProcessingOptions(
        width=WIDTH.of(query),
        height=HEIGHT.of(query),
        max_width=MAX_WIDTH.of(query),
        max_height=MAX_HEIGHT.of(query),
        fill_width=FILL_WIDTH.of(query),
        fill_height=FILL_HEIGHT.of(query),
        quality=QUALITY.of(query),
        percent_played=PERCENT_PLAYED.of(query),
        unplayed_count=UNPLAYED_COUNT.of(query),
        blur=BLUR.of(query),
        background_color=BACKGROUND_COLOR.of(query) or None,
        foreground_layer=FOREGROUND_LAYER.of(query) or None,
        format=RequestedFormat.parse(FORMAT.of(query)),
        accepted=accepted,
    )


def from_long_path(segments: Mapping[str, str]) -> dict[str, str]:
    """Return the query that the segments of Jellyfin's legacy path stand for; there, `format` must be known."""
    if RequestedFormat.parse(segments["format"]) is None:
        message = f"The value '{segments['format'][:100]}' is not valid."
        raise InvalidInputError(FORMAT.name, message)
    return {name.replace("_", ""): text for name, text in segments.items()}


PARAMETERS: tuple[Parameter, ...] = (*TRANSFORMATION, IMAGE_INDEX)
"""All that GET of an image takes."""
