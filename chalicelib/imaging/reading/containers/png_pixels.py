"""Transparency of a deep PNG: 16 bits a channel name the clear colour, of which Pillow keeps 8."""

from functools import reduce

from PIL import Image, ImageChops

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.imaging.reading.opening import Picture
from chalicelib.imaging.reading.sniff import open_as

_RGB_DEPTH_AND_TYPE = bytes((16, 2))


def with_deep_key(picture: Picture, pixels: Image.Image) -> Image.Image:
    """Return the pixels of a still PNG of 16-bit colours with its clear colour as alpha; any other unchanged."""
    key = pixels.info.get("transparency")
    if picture.file.format != "PNG" or key is None or picture.data[24:26] != _RGB_DEPTH_AND_TYPE:
        return pixels
    if getattr(picture.file, "is_animated", False):
        return pixels
    same = [
        *_same(pixels, [level >> 8 for level in key]),
        *_same(_low_bytes(picture), [level & 255 for level in key]),
    ]
    marked = pixels.copy()
    del marked.info["transparency"]
    marked.putalpha(ImageChops.invert(reduce(ImageChops.darker, same)))
    return marked


def _low_bytes(picture: Picture) -> Image.Image:
    """Decode again, taking the other byte of each pair: read as little-endian, it is the high one."""
    file = open_as(ImageFormat.PNG, picture.data)
    file.tile = [tile._replace(args="RGB;16L") for tile in file.tile]
    file.load()
    return file


def _same(image: Image.Image, levels: list[int]) -> list[Image.Image]:
    """Return a mask a channel of where it has its level."""
    return [
        channel.point([255 if level == wanted else 0 for level in range(256)])
        for channel, wanted in zip(image.split(), levels, strict=True)
    ]
