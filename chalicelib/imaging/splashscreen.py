"""The splash screen: posters and backdrops in slanted rows, dimmed so that a form in front of it can be read."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import cycle
from math import cos, radians, sin

from PIL import Image, ImageChops, ImageDraw

from chalicelib.services.ports import Blob

SIZE = (1920, 1080)
ROW_HEIGHT = 300
_GAP = 20
_RADIUS = 12
_DEGREES = 8
_WALL = (2480, 1600)
"""What must be covered so that, turned, it fills the screen."""
_BACKDROP_WIDTH = 534
_POSTER_WIDTH = 200
_PATTERN = "ppbppppb"
"""How posters and backdrops alternate in a row."""
_NIGHT = (12, 14, 20)
_FINER = 4
_DIM_TOP, _DIM_BOTTOM = 40, 125
"""How opaque the night lies over the wall, of 255."""
_QUALITY = 88


class PillowSplashPainter:
    """Paints by Pillow."""

    def paint(self, posters: Sequence[bytes], backdrops: Sequence[bytes]) -> Blob:
        """Return a JPEG of 1920 by 1080 pixels; pictures come again where there are few."""
        wall = _wall(
            [_tile(data, _POSTER_WIDTH) for data in posters],
            [_tile(data, _BACKDROP_WIDTH) for data in backdrops],
        )
        stream = BytesIO()
        _dimmed(_turned(wall)).save(stream, "JPEG", quality=_QUALITY, progressive=True)
        return Blob(stream.getvalue(), "image/jpeg")


def _tile(data: bytes, width: int) -> Image.Image:
    """Return a picture that fills a place in a row, cut at the edges where its shape is another."""
    image = Image.open(BytesIO(data)).convert("RGB")
    scale = max(width / image.width, ROW_HEIGHT / image.height)
    size = (max(round(image.width * scale), width), max(round(image.height * scale), ROW_HEIGHT))
    left, top = (size[0] - width) // 2, (size[1] - ROW_HEIGHT) // 2
    return image.resize(size, Image.Resampling.LANCZOS).crop((left, top, left + width, top + ROW_HEIGHT))


def _wall(posters: Sequence[Image.Image], backdrops: Sequence[Image.Image]) -> Image.Image:
    wall = Image.new("RGB", _WALL, _NIGHT)
    masks = {width: _rounded(width) for width in (_POSTER_WIDTH, _BACKDROP_WIDTH)}
    tiles = _tiles(posters, backdrops)
    for row, top in enumerate(range(-_GAP, _WALL[1], ROW_HEIGHT + _GAP)):
        left = -(row * 173) % (_POSTER_WIDTH + _GAP) - _POSTER_WIDTH - _GAP
        while left < _WALL[0]:
            tile = next(tiles)
            wall.paste(tile, (left, top), masks[tile.width])
            left += tile.width + _GAP
    return wall


def _turned(wall: Image.Image) -> Image.Image:
    """Return the middle of a wall that is turned about it; half of what `Image.rotate` computes is outside."""
    cosine, sine = cos(radians(_DEGREES)), sin(radians(_DEGREES))
    x, y = SIZE[0] / 2, SIZE[1] / 2
    matrix = (
        *(cosine, -sine, wall.width / 2 - cosine * x + sine * y),
        *(sine, cosine, wall.height / 2 - sine * x - cosine * y),
    )
    return wall.transform(SIZE, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC, fillcolor=_NIGHT)


def _tiles(posters: Sequence[Image.Image], backdrops: Sequence[Image.Image]) -> Iterator[Image.Image]:
    """Yield posters and backdrops in turn without end; of one kind alone where there is no other."""
    sources = {"p": cycle(posters or backdrops), "b": cycle(backdrops or posters)}
    for kind in cycle(_PATTERN):
        yield next(sources[kind])


def _rounded(width: int) -> Image.Image:
    """Return the mask of a tile with round corners, drawn finer and averaged down."""
    finer = Image.new("L", (width * _FINER, ROW_HEIGHT * _FINER))
    box = (0, 0, finer.width - 1, finer.height - 1)
    ImageDraw.Draw(finer).rounded_rectangle(box, _RADIUS * _FINER, fill=255)
    return finer.resize((width, ROW_HEIGHT), Image.Resampling.BOX)


def _dimmed(image: Image.Image) -> Image.Image:
    """Lay the night over a picture, thicker towards the bottom and the corners."""
    fall = (
        Image.linear_gradient("L")
        .resize(image.size)
        .point(lambda v: _DIM_TOP + v * (_DIM_BOTTOM - _DIM_TOP) // 255)
    )
    corners = Image.radial_gradient("L").resize(image.size).point(lambda v: v * v // 900)
    return Image.composite(Image.new("RGB", image.size, _NIGHT), image, ImageChops.add(fall, corners))
