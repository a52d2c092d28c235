"""How long a plan will take at most, so that what cannot be finished is not begun.

Seconds of a slow core for a million pixels, about twice what `make bench` measures on a fast one.
"""

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan

_DECODE = {
    ImageFormat.JPG: 0.03,
    ImageFormat.PNG: 0.08,
    ImageFormat.GIF: 0.06,
    ImageFormat.WEBP: 0.06,
    ImageFormat.AVIF: 0.10,
    ImageFormat.BMP: 0.03,
    ImageFormat.TIFF: 0.05,
    ImageFormat.HEIC: 0.10,
    ImageFormat.JP2: 0.22,
    ImageFormat.ICO: 0.08,
}
_ENCODE = {
    ImageFormat.JPG: 0.02,
    ImageFormat.PNG: 0.30,
    ImageFormat.GIF: 0.40,
    ImageFormat.WEBP: 0.20,
    ImageFormat.AVIF: 0.35,
}
_QUICK_PNG = 0.03
"""Seconds for a PNG of at most 8 bits a sample, decoded by libspng."""
_MILLION = 1_000_000


def decode_seconds(image_format: ImageFormat, pixels: int, *, quick: bool = False) -> float:
    """Return the time to decode so many pixels; `quick` tells of a PNG what `is_quick` says."""
    rate = _QUICK_PNG if quick else _DECODE[image_format]
    return rate * pixels / _MILLION


def encode_seconds(plan: RenderPlan, frames: int) -> float:
    """Return the time to encode the variant."""
    return _ENCODE[plan.format] * plan.width * plan.height * frames / _MILLION
