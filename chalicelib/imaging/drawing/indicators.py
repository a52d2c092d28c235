"""The marks that tell how much was played: the bar at the bottom and the badge with a count.

Geometry and colours are Jellyfin's on pictures of 100 pixels and more a side; on smaller ones the marks
shrink with the picture. The badge is drawn four times as large and averaged down, so its edge is smooth.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from chalicelib.domain.variants.plan import RenderPlan

if TYPE_CHECKING:
    from PIL import ImageFont

_BLUE = (0, 164, 220)
_WHITE = (255, 255, 255)
_BAR_ALPHA, _BADGE_ALPHA = 0x99, 0xCC
_BAR_HEIGHT = 9
_RADIUS, _MARGIN = 20, 18
_FULL_SIZE_FROM = 100
_FINER = 4
_FEW_DIGITS = 2
_FEW_DIGITS_HEIGHT, _MANY_DIGITS_HEIGHT = 0.44, 0.34
"""Height of a digit by the badge's; Jellyfin's 24 and 18 pixel fonts come to this."""
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
    top = height - min(max(round(_BAR_HEIGHT * height / _FULL_SIZE_FROM), 1), _BAR_HEIGHT)
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
    shrink = min(1.0, min(image.size) / _FULL_SIZE_FROM)
    diameter = max(round(2 * _RADIUS * max(shrink, min(1.0, shrink * 1.25))), 1)
    margin = round(_MARGIN * shrink)
    badge = _badge(str(plan.unplayed), diameter, max(image.width - 2 * margin, 1))
    drawn = image.copy()
    _lay_over(drawn, badge, (image.width - margin - badge.width, margin))
    return drawn


def _badge(text: str, height: int, max_width: int) -> Image.Image:
    from PIL import ImageDraw  # costs an import, and few variants have a badge

    share = _FEW_DIGITS_HEIGHT if len(text) <= _FEW_DIGITS else _MANY_DIGITS_HEIGHT
    tall = height * _FINER
    font = _font(tall * share)
    wide = max(tall, round(font.getlength(text) / _TEXT_SHARE))
    if wide > max_width * _FINER:
        wide = max_width * _FINER
        font = _font(font.size * _CAP_HEIGHT * wide * _TEXT_SHARE / font.getlength(text))
    shape = Image.new("L", (wide, tall))
    ImageDraw.Draw(shape).rounded_rectangle((0, 0, wide - 1, tall - 1), tall // 2, _BADGE_ALPHA)
    digits = Image.new("L", (wide, tall))
    left, top, right, bottom = font.getbbox(text)
    place = ((wide - left - right) / 2, (tall - top - bottom) / 2)
    ImageDraw.Draw(digits).text(place, text, 255, font)
    return _coloured(shape.reduce(_FINER), digits.reduce(_FINER))


def _coloured(shape: Image.Image, digits: Image.Image) -> Image.Image:
    badge = Image.new("RGBA", shape.size, (*_BLUE, 0))
    badge.putalpha(shape)
    text = Image.new("RGBA", shape.size, (*_WHITE, 0))
    text.putalpha(digits)
    return Image.alpha_composite(badge, text)


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
