"""What takes several times a picture's memory, done to a part of the picture at a time."""

from collections.abc import Callable
from itertools import chain

from PIL import Image

_BAND_PIXELS = 2_100_000
"""A frame of Full HD, which is made whole."""


def in_bands(image: Image.Image, convert: Callable[[Image.Image], Image.Image]) -> Image.Image:
    """Return what `convert` makes of a picture, for one that looks at each pixel alone."""
    if image.width * image.height <= _BAND_PIXELS:
        return convert(image)
    rows = max(_BAND_PIXELS // image.width, 1)
    tops = range(0, image.height, rows)
    bands = (convert(image.crop((0, top, image.width, min(top + rows, image.height)))) for top in tops)
    first = next(bands)
    whole = Image.new(first.mode, image.size)
    for top, band in zip(tops, chain((first,), bands), strict=True):
        whole.paste(band, (0, top))
    return whole
