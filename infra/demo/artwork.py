"""Artwork for the demo library: posters, backdrops and logos set around a photograph.

Nobody's film is advertised here; the titles are made up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps, ImageStat

POSTER = (1000, 1500)
BACKDROP = (1920, 1080)
COVER = (1200, 1200)
LOGO = (800, 310)
PAPER = (244, 240, 230)
PICTURE_HEIGHT = 1120
FADE_HEIGHT = 420

type Colour = tuple[int, int, int]
type Photograph = Path | Image.Image


class _Face(NamedTuple):
    """How a line is set; `spacing` between letters is a share of the font's size."""

    font: ImageFont.FreeTypeFont
    colour: Colour
    spacing: float = 0.1


def poster(photograph: Photograph, title: str, line: str) -> bytes:
    """Draw a film poster: the photograph melts into its own darkest tone, the title stands below."""
    with _opened(photograph) as picture:
        ground = _ground(picture)
        canvas = Image.new("RGB", POSTER, ground)
        top = _cover(picture, (POSTER[0], PICTURE_HEIGHT))
    canvas.paste(top, (0, 0), _fade_out(top.size))
    _centred(canvas, title.upper(), 1190, _Face(_fitting(title.upper(), 860, 118), PAPER))
    _centred(canvas, line, 1378, _Face(_fitting(line, 760, 34), _between(ground, PAPER, 0.65), 0.02))
    ImageDraw.Draw(canvas).line([(440, 1345), (560, 1345)], _between(ground, PAPER, 0.4), 2)
    return _encoded(canvas, "JPEG", quality=92)


def backdrop(photograph: Photograph) -> bytes:
    """Crop the photograph to a screen, darker towards the edge where a client writes on it."""
    with _opened(photograph) as picture:
        canvas = _cover(picture, BACKDROP)
    shade = Image.linear_gradient("L").rotate(90).resize(BACKDROP).point(lambda value: value * 2 // 3)
    canvas.paste((8, 8, 12), (0, 0, *BACKDROP), shade)
    return _encoded(canvas, "JPEG", quality=90)


def cover(photograph: Photograph) -> bytes:
    """Crop the photograph to the square of a record's sleeve, or of a portrait."""
    with _opened(photograph) as picture:
        return _encoded(_cover(picture, COVER), "JPEG", quality=92)


def logo(title: str) -> bytes:
    """Set the title in white on nothing, with a soft shadow."""
    canvas = Image.new("RGBA", LOGO)
    font = _fitting(title.upper(), 720, 130)
    _centred(canvas, title.upper(), 90, _Face(font, (0, 0, 0)))
    canvas = canvas.filter(ImageFilter.GaussianBlur(6))
    _centred(canvas, title.upper(), 86, _Face(font, (255, 255, 255)))
    return _encoded(canvas, "PNG", optimize=True)


@contextmanager
def _opened(photograph: Photograph) -> Iterator[Image.Image]:
    if isinstance(photograph, Image.Image):
        yield photograph
        return
    with Image.open(photograph) as picture:
        yield picture.convert("RGB")


def _cover(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    return ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=(0.5, 0.4))


def _ground(picture: Image.Image) -> Colour:
    """Return a dark tone of the photograph's own hue."""
    red, green, blue = (value / max(ImageStat.Stat(picture).mean) for value in ImageStat.Stat(picture).mean)
    return round(34 * red), round(34 * green), round(34 * blue)


def _between(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _fade_out(size: tuple[int, int]) -> Image.Image:
    """Return a mask that is full above and runs out towards the lower edge."""
    width, height = size
    mask = Image.new("L", size, 255)
    fade = ImageOps.flip(Image.linear_gradient("L").resize((width, FADE_HEIGHT)))
    mask.paste(fade, (0, height - FADE_HEIGHT))
    return mask


def _fitting(text: str, width: int, size: int) -> ImageFont.FreeTypeFont:
    """Return the largest font up to `size` in which a text, somewhat spaced, is no wider than `width`."""
    length = _font(size).getlength(text) * 1.15
    return _font(int(min(size, size * width / length)))


def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101  # Pillow's wheels have FreeType
    return font


def _centred(canvas: Image.Image, text: str, top: int, face: _Face) -> None:
    """Write a line in the middle, its letters set apart."""
    draw, font = ImageDraw.Draw(canvas), face.font
    gap = font.size * face.spacing
    left = (canvas.width - font.getlength(text) - gap * (len(text) - 1)) / 2
    for letter in text:
        draw.text((left, top), letter, face.colour, font)
        left += font.getlength(letter) + gap


def _encoded(picture: Image.Image, name: str, **options: object) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, name, **options)
    return buffer.getvalue()
