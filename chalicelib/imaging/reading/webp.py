"""Decoding an opaque still WebP at a smaller size: Pillow's reader knows one size, and holds four copies of it.

The library is the one that Pillow brings and has loaded; the structures are those of its `webp/decode.h`, whose
version the library is asked about before anything else. Where anything is not as expected, the caller has Pillow.
"""

from ctypes import CDLL, Structure, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_void_p
from functools import cache

from PIL import Image

from chalicelib.domain.variants.geometry import Size

_ABI_VERSION = 0x0210
"""Of the structures below; the library refuses those of another major version."""
_RGB, _DECODED = 0, 0


class _Features(Structure):
    _fields_ = (
        *((name, c_int) for name in ("width", "height", "has_alpha", "has_animation", "format")),
        ("pad", c_uint32 * 5),
    )


class _Buffer(Structure):
    """An output in RGB; the padding stands for the wider planes of the other member of the union."""

    _fields_ = (
        *((name, c_int) for name in ("colorspace", "width", "height", "is_external_memory")),
        ("pixels", c_void_p),
        ("stride", c_int),
        ("size", c_size_t),
        ("planes", c_uint8 * 56),
        ("pad", c_uint32 * 4),
        ("private_memory", c_void_p),
    )


class _Options(Structure):
    _fields_ = (
        *((name, c_int) for name in ("bypass_filtering", "no_fancy_upsampling", "use_cropping")),
        *((name, c_int) for name in ("crop_left", "crop_top", "crop_width", "crop_height")),
        *((name, c_int) for name in ("use_scaling", "scaled_width", "scaled_height", "use_threads")),
        *((name, c_int) for name in ("dithering_strength", "flip", "alpha_dithering_strength")),
        ("pad", c_uint32 * 5),
    )


class _Config(Structure):
    _fields_ = (("input", _Features), ("output", _Buffer), ("options", _Options))


def decoded_webp(data: bytes, size: Size) -> Image.Image | None:
    """Return the picture in RGB at a size, averaged down to it while it is decoded; None if it cannot be."""
    library, config = _library(), _Config()
    if not library.WebPInitDecoderConfigInternal(byref(config), _ABI_VERSION):
        return None
    config.output.colorspace = _RGB
    config.options.use_scaling = 1
    config.options.scaled_width, config.options.scaled_height = size
    try:
        if library.WebPDecode(data, len(data), byref(config)) != _DECODED:
            return None
        output = config.output
        pixels = (c_uint8 * (output.stride * output.height)).from_address(output.pixels)
        return Image.frombytes("RGB", size, pixels, "raw", "RGB", output.stride)
    finally:
        library.WebPFreeDecBuffer(byref(config.output))


@cache
def _library() -> CDLL:
    """Return libwebp, which is found through Pillow's module that is linked with it."""
    from PIL import _webp

    library = CDLL(_webp.__file__)
    library.WebPDecode.argtypes = (c_char_p, c_size_t, c_void_p)
    return library
