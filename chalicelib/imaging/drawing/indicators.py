"""The marks that tell how much was played: the bar at the bottom and the badge with a count.

Geometry is Jellyfin's on pictures of 200 pixels and more a side; on smaller ones the marks shrink, slower than the
picture, so that they neither cover it nor vanish. The badge is opaque and a shade darker than Jellyfin's, whose
white digits are hard to read on bright pictures: a contrast of 2.4 there, of 3.9 here. It is drawn four times
as large and averaged down, so its edge is smooth, but digits begin and end on whole pixels.
"""

from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from chalicelib.domain.variants.plan import RenderPlan

if TYPE_CHECKING:
    from PIL import ImageFont

_BLUE = (0, 164, 220)
_BADGE_BLUE = (0, 137, 188)
_WHITE = (255, 255, 255)
_BAR_ALPHA, _RING_ALPHA = 0x99, 0x48
_SIDES = (0, 20, 40, 60, 100, 200)
"""Shorter sides of pictures; below, the marks' measures at each. From the last on they stay."""
_BAR_HEIGHTS = (1, 1.5, 2, 3, 5, 9)
_DIAMETERS = (1, 10, 15, 20, 29, 40)
_MARGINS = (0, 1, 1.5, 2.5, 6, 18)
_FINER = 4
_FEW_DIGITS = 2
_DIGIT_HEIGHTS = (0.62, 0.48, 0.40)
"""Height of one digit, of two, and of more, by the badge's."""
_TEXT_SHARE = 0.78
"""How much of a disc's or a pill's width its text may take."""
_FONT = Path(__file__).parent / "fonts" / "inter-digits.otf"
_CAP_HEIGHT = 0.727
"""Height of Inter's digits by its font size."""


def with_played_bar(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Draw the played bar along the lowest rows; the last column stays free, as Jellyfin leaves it."""
    if plan.played is None:
        return image
    width, height = image.size
    top = height - max(round(_measure(_BAR_HEIGHTS, height)), 1)
    rest = (plan.played, top, width - 1, height)
    drawn = image.copy()
    if rest[0] < rest[2]:
        _lay_over(drawn, Image.new("RGBA", _size(rest), (0, 0, 0, _BAR_ALPHA)), rest[:2])
    drawn.paste((*_BLUE, 255)[: len(drawn.getbands())], (0, top, plan.played, height))
    return drawn


def with_unplayed_badge(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Draw the count of what is unplayed in the upper right corner: on a disc, or a pill if it is long."""
    if not plan.unplayed:
        return image
    side = min(image.size)
    diameter = max(round(_measure(_DIAMETERS, side)), 1)
    margin = round(_measure(_MARGINS, side))
    badge = _badge(str(plan.unplayed), diameter, max(image.width - 2 * margin, 1))
    drawn = image.copy()
    _lay_over(drawn, badge, (image.width - margin - badge.width, margin))
    return drawn


def _measure(measures: tuple[float, ...], side: int) -> float:
    """Return what a mark measures on a picture of a side, between the two sides that are known."""
    place = bisect_right(_SIDES, side)
    if place == len(_SIDES):
        return measures[-1]
    share = (side - _SIDES[place - 1]) / (_SIDES[place] - _SIDES[place - 1])
    return measures[place - 1] + share * (measures[place] - measures[place - 1])


def _badge(text: str, height: int, max_width: int) -> Image.Image:
    font, wide = _fitted(text, height, max_width)
    size = (wide * _FINER, height * _FINER)
    return _coloured(_pill(size, 0), _pill(size, _FINER), _digits(text, font, size))


def _fitted(text: str, height: int, max_width: int) -> "tuple[ImageFont.FreeTypeFont, int]":
    """Return the font, whose digits are whole pixels high and can be centred, and the badge's width in pixels."""
    share = _DIGIT_HEIGHTS[min(len(text) - 1, _FEW_DIGITS)]
    tall = max(round(height * share), 1)
    tall -= (height - tall) % 2 if tall > _FEW_DIGITS else 0
    font = _font(tall * _FINER)
    wide = max(height, round(font.getlength(text) / _TEXT_SHARE / _FINER))
    if wide > max_width:
        wide = max_width
        font = _font(font.size * _CAP_HEIGHT * wide * _FINER * _TEXT_SHARE / font.getlength(text))
    return font, wide


def _pill(size: tuple[int, int], inset: int) -> Image.Image:
    from PIL import ImageDraw  # costs an import, and few variants have a badge

    shape = Image.new("L", size)
    box = (inset, inset, size[0] - 1 - inset, size[1] - 1 - inset)
    if box[0] < box[2] and box[1] < box[3]:
        ImageDraw.Draw(shape).rounded_rectangle(box, (size[1] - 2 * inset) // 2, 255)
    return shape


def _digits(text: str, font: "ImageFont.FreeTypeFont", size: tuple[int, int]) -> Image.Image:
    from PIL import ImageDraw

    digits = Image.new("L", size)
    left, top, right, bottom = font.getbbox(text)
    place = ((size[0] - left - right) / 2, (size[1] - top - bottom) / 2)
    ImageDraw.Draw(digits).text(place, text, 255, font)
    return digits


def _coloured(ring: Image.Image, disc: Image.Image, digits: Image.Image) -> Image.Image:
    """Lay digits on a disc on a dark ring that sets it off from bright pictures."""
    badge = Image.new("RGBA", (ring.width // _FINER, ring.height // _FINER), (0, 0, 0, 0))
    badge.putalpha(ring.reduce(_FINER).point([value * _RING_ALPHA // 255 for value in range(256)]))
    for colour, mask in ((_BADGE_BLUE, disc), (_WHITE, digits)):
        layer = Image.new("RGBA", badge.size, (*colour, 0))
        layer.putalpha(mask.reduce(_FINER))
        badge = Image.alpha_composite(badge, layer)
    return badge


def _lay_over(image: Image.Image, layer: Image.Image, place: tuple[int, int]) -> None:
    box = (*place, place[0] + layer.width, place[1] + layer.height)
    if image.mode == "RGBA":
        image.alpha_composite(layer, place)
    else:
        image.paste(layer, box, layer)


def _size(box: tuple[int, int, int, int]) -> tuple[int, int]:
    return box[2] - box[0], box[3] - box[1]


@cache
def _font(digit_height: float) -> "ImageFont.FreeTypeFont":
    """Return the bundled font in the size at which digits are so many pixels high."""
    from PIL import ImageFont

    size = max(digit_height / _CAP_HEIGHT, 1.0)
    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)
