"""Painting pictures in given colours, nearer than Pillow does.

Pillow looks a colour up by the upper six bits of each channel, as if the lower two were 0: of four levels it takes
the lowest. Here each half of the four is looked up by itself, in colours that are moved by as much as the half is.
Nothing can be moved below 0, so of the darkest four levels it is as near as Pillow.
"""

from collections.abc import Iterator
from itertools import product

from PIL import Image

_HALVES = 1, 3
"""Levels by which the colours are moved for the lower two of four levels, and for the upper two."""
_IF_UPPER = [0, 0, 255, 255] * 64


class Painting:
    """A palette to paint in."""

    def __init__(self, colours: Image.Image) -> None:
        self._palette = colours.getpalette() or []
        self._moved = list(_moved(self._palette))

    def of(self, image: Image.Image) -> Image.Image:
        """Return an RGB picture in the colours that are nearest, without dithering."""
        found = [image.quantize(palette=moved, dither=Image.Dither.NONE) for moved in self._moved]
        for channel in reversed(image.split()):
            is_upper = channel.point(_IF_UPPER)
            pairs = zip(found[::2], found[1::2], strict=True)
            found = [Image.composite(upper, lower, is_upper) for lower, upper in pairs]
        [painted] = found
        painted.putpalette(self._palette)
        return painted


def _moved(palette: list[int]) -> Iterator[Image.Image]:
    """Yield the palette for each half of red, green and blue; the halves of blue alternate."""
    for halves in product(_HALVES, repeat=3):
        moved = Image.new("P", (1, 1))
        moved.putpalette([max(level - halves[n % 3], 0) for n, level in enumerate(palette)])
        yield moved
