"""Resizing by a filter with vector instructions: by `cykooz.resizer`, which works on Pillow's own memory.

The sums are Pillow's, but columns come before rows: a value differs by a level or two of 255, at a hard edge, where
one is clipped in between, by up to 37. Pillow itself, which has no vector instructions, resizes where the package
cannot be had (it has no wheel for Linux on aarch64), and where the package does not know how Pillow lays out its
memory.
"""

from functools import cache
from types import ModuleType

import PIL
from PIL import Image

type Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge of a part of a picture, in its pixels."""

_CONVOLUTION, _UNUSED = 2, 2
_FILTERS = {Image.Resampling.BILINEAR: 2, Image.Resampling.BICUBIC: 3, Image.Resampling.LANCZOS: 5}
"""Filters by the package's numbers; its box filter differs from Pillow's."""
_MODES = frozenset({"L", "RGB", "RGBA", "RGBa", "YCbCr", "CMYK"})
_KNOWN_PILLOWS = frozenset({"12", "13"})


def takes(image: Image.Image, resampling: Image.Resampling) -> bool:
    """Tell whether a picture is resized by a filter with vector instructions here. Loads it."""
    image.load()  # a file's mode is that of its pixels only then
    return engine() is not None and image.mode in _MODES and resampling in _FILTERS


def convolved(
    image: Image.Image, size: tuple[int, int], resampling: Image.Resampling, box: Box | None = None
) -> Image.Image:
    """Return a picture, or a box of it, at a size; `takes` must be true of it.

    No side of the size is 0, and the box lies in the picture. Transparency is averaged premultiplied, so that no
    edge darkens.
    """
    rust = engine()
    if rust is None or not takes(image, resampling):
        message = (
            f"A picture of mode {image.mode} is not resized here by {resampling.name}; ask `takes` first."
        )
        raise ValueError(message)
    options = rust.RustResizeOptions().set_resize_alg(_CONVOLUTION, _FILTERS[resampling], _UNUSED)
    options = options.set_use_alpha(image.mode == "RGBA")
    if box is not None:
        left, upper, right, lower = box
        # An edge that was computed may lie a rounding error outside.
        width, height = min(right, image.width) - left, min(lower, image.height) - upper
        options = options.set_crop_box(left, upper, width, height)
    made = Image.new(image.mode, size, None)
    # A new resizer each time: it would keep its memory.
    rust.RustResizer().resize_pil(rust.PilImageWrapper(image), rust.PilImageWrapper(made), options)
    return made


@cache
def engine() -> ModuleType | None:
    """Return the package's compiled part, None where it cannot be used."""
    if PIL.__version__.partition(".")[0] not in _KNOWN_PILLOWS:
        return None
    try:
        from cykooz_resizer import rust_lib
    except ImportError:
        return None
    compiled: ModuleType = rust_lib
    return compiled
