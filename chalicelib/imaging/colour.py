"""From whatever colours a file has to 8-bit sRGB."""

from PIL import Image

_DEEP_GREY = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})


def resizable(image: Image.Image) -> Image.Image:
    """Return the picture in a mode whose values can be averaged: no palettes, no bits, 8 bits a channel."""
    if image.mode in _DEEP_GREY:
        return _eight_bits(image)
    if image.mode in {"P", "PA", "1"} or "transparency" in image.info:
        return image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    return image


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture as RGB or RGBA."""
    return image if image.mode in {"RGB", "RGBA"} else image.convert(_srgb_mode(image))


def _srgb_mode(image: Image.Image) -> str:
    return "RGBA" if image.mode in {"LA", "RGBa", "La"} else "RGB"


def _eight_bits(image: Image.Image) -> Image.Image:
    deep = image if image.mode == "F" else image.convert("F")
    _, highest = deep.getextrema()
    scale = 255 / 65535 if isinstance(highest, float) and highest > 255 else 1.0  # noqa: PLR2004
    return deep.point(lambda value: value * scale).convert("L")
