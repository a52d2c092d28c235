"""From whatever colours a file has to 8-bit sRGB."""

from functools import cache, lru_cache, partial
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageFilter

from chalicelib.imaging.bands import in_bands

if TYPE_CHECKING:
    from PIL import ImageCms

_DEEP = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})
_WITH_ALPHA = frozenset({"LA", "RGBA", "La", "RGBa", "PA"})
_SIXTEEN_BITS = 65535
_OPAQUE_EVERYWHERE = (255, 255)
_UNSEEN = 2
"""Levels of 255 by which rounding in a profile may move a colour."""
_LARGEST_KEPT = 1_000_000
"""Bytes of a profile whose transform is kept: a press's have half of it, and few are used at once."""


def resizable(image: Image.Image) -> Image.Image:
    """Return the picture in a mode whose values can be averaged: no palettes, no bits, 8 bits a channel."""
    if image.mode in _DEEP:
        key = image.info.get("transparency")
        return _eight_bits(image) if key is None else _with_key(image, key)
    if "transparency" in image.info or image.mode == "PA":
        return _without_idle_alpha(image.convert("RGBA"))
    if image.mode == "RGBA":
        return _without_idle_alpha(image)
    if image.mode in {"P", "HSV", "RGBX", "YCbCr"}:
        return image.convert("RGB")
    return image.convert("L") if image.mode == "1" else image


def _without_idle_alpha(image: Image.Image) -> Image.Image:
    """Return an RGBA picture of which nothing shines through as RGB, which takes half as long to resize."""
    return image.convert("RGB") if _is_opaque(image) else image


def _is_opaque(image: Image.Image) -> bool:
    """Tell whether all of an RGBA picture hides what is behind it."""
    return image.getchannel("A").getextrema() == _OPAQUE_EVERYWHERE


def to_srgb(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """Return a resizable picture in sRGB as RGB, RGBA or, if it is that already, YCbCr.

    A profile that does not fit the picture is ignored.
    """
    if not is_plain(icc_profile) or image.mode == "LAB":
        image = image.convert("RGB") if image.mode == "YCbCr" else image
        image = in_bands(image, partial(_through_profile, icc_profile=icc_profile))
    if image.mode == "CMYK":
        return in_bands(image, _printed)
    if image.mode in {"RGB", "RGBA", "YCbCr"}:
        return image
    return image.convert("RGBA" if image.mode in _WITH_ALPHA else "RGB")


def is_plain(icc_profile: bytes | None) -> bool:
    """Tell whether colours under a profile are sRGB as they are."""
    return icc_profile is None or _leaves_colours(icc_profile)


@lru_cache(maxsize=16)
def _leaves_colours(icc_profile: bytes) -> bool:
    """Convert a few colours to sRGB and see whether they stay; its name would be a guess."""
    samples = Image.linear_gradient("L").resize((1, 12))
    colours = Image.merge("RGB", (samples, samples.rotate(180), samples.resize((1, 12), box=(0, 0, 1, 3))))
    converted = _through_profile(colours, icc_profile)
    if converted is colours:
        return False
    difference = ImageChops.difference(colours, converted).getextrema()
    return max(highest for _, highest in difference) <= _UNSEEN  # type: ignore[misc]  # three bands have three pairs


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scale 16 bits to 8, exactly; floats up to 1 are taken for fractions, others by their largest value."""
    if image.mode not in {"I", "F"}:
        return image.convert("I").point(_sixteen_to_eight(), "L")
    deep = image.convert("F")
    _, highest = deep.getextrema()
    full = _full_scale(image.mode, float(highest))  # type: ignore[arg-type]  # one band has one number
    return deep.point(lambda value: value * (255 / full) + 0.5).convert("L")


def _with_key(image: Image.Image, key: int) -> Image.Image:
    """Return deep grey as 8 bits with alpha; what has exactly the key's 16 bits is clear."""
    alpha = [255] * (_SIXTEEN_BITS + 1)
    alpha[key] = 0
    deep = image.convert("I")
    return Image.merge("LA", (deep.point(_sixteen_to_eight(), "L"), deep.point(alpha, "L")))


@cache
def _sixteen_to_eight() -> list[int]:
    return [(level * 255 + _SIXTEEN_BITS // 2) // _SIXTEEN_BITS for level in range(_SIXTEEN_BITS + 1)]


def _full_scale(mode: str, highest: float) -> float:
    limits = (1.0, 255.0, float(_SIXTEEN_BITS)) if mode == "F" else (255.0, float(_SIXTEEN_BITS))
    return next((limit for limit in limits if highest <= limit), highest)


def _through_profile(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    from PIL import ImageCms  # loads LittleCMS, which few pictures need

    alpha = image.getchannel("A") if image.mode in {"RGBA", "LA"} else None
    colours = image.convert({"RGBA": "RGB", "LA": "L"}.get(image.mode, image.mode))
    if colours.mode == "L" and icc_profile and icc_profile[16:20] == b"RGB ":
        colours = colours.convert("RGB")
    try:
        prepare = _kept_transform if len(icc_profile or b"") <= _LARGEST_KEPT else _transform
        converted = ImageCms.applyTransform(colours, prepare(icc_profile, colours.mode))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    if converted is None:
        return image
    if alpha:
        converted.putalpha(alpha)
    return converted


@lru_cache(maxsize=8)
def _kept_transform(icc_profile: bytes | None, mode: str) -> "ImageCms.ImageCmsTransform":
    return _transform(icc_profile, mode)


def _transform(icc_profile: bytes | None, mode: str) -> "ImageCms.ImageCmsTransform":
    """Prepare the conversion of a profile, or of LAB, to sRGB: 5 ms, as much as a card's pixels take."""
    from PIL import ImageCms

    source = ImageCms.getOpenProfile(BytesIO(icc_profile)) if icc_profile else ImageCms.createProfile("LAB")
    return ImageCms.buildTransform(source, _srgb_profile(), mode, "RGB")


@cache
def _srgb_profile() -> "ImageCms.ImageCmsProfile":
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


_PAPER_AND_INKS = (
    (255, 255, 255),
    (0, 174, 239),
    (236, 0, 140),
    (46, 49, 146),
    (255, 242, 0),
    (0, 166, 81),
    (237, 28, 36),
    (54, 54, 57),
)
"""Paper, cyan, magenta, both, yellow, and those three with it, as a coated press prints them (SWOP)."""
_BLACK_UNDER = (0.137, 0.122, 0.125)
"""What black ink leaves of each of them; all four inks together leave nothing."""


def _printed(image: Image.Image) -> Image.Image:
    """Mix ink colours as dots on paper do (Neugebauer), for CMYK that does not say which press it is for."""
    cyan, magenta, yellow, black = image.split()
    inks = Image.merge("RGB", (cyan, magenta, yellow))
    light = inks.filter(ImageFilter.Color3DLUT(2, _lut((1.0, 1.0, 1.0))))
    dark = inks.filter(ImageFilter.Color3DLUT(2, _lut(_BLACK_UNDER)))
    return Image.composite(dark, light, black)


def _lut(under: tuple[float, ...]) -> list[float]:
    return [
        channel / 255 * left
        for colour in _PAPER_AND_INKS
        for channel, left in zip(colour, under, strict=True)
    ]
