"""Runs Skia as Jellyfin 12 does: decode all, scale bilinearly, sharpen by 3 by 3 pixels, encode.

Skia's folder is the first argument.
"""

import sys
from collections.abc import Callable
from typing import Any

from tests.tools.benchmarks.ordered import Order, load, make_until_end

sys.path.insert(0, sys.argv[1])
import skia  # found through the line above

_KERNEL = [0, -0.1, 0, -0.1, 1.4, -0.1, 0, -0.1, 0]
"""As Jellyfin's SkiaEncoder has it."""
_FORMATS = {"jpeg": skia.kJPEG, "png": skia.kPNG, "webp": skia.kWEBP}


def _made(data: bytes, call: dict[str, Any]) -> bytes:
    decoded = skia.Image.MakeFromEncoded(skia.Data.MakeWithoutCopy(data)).makeRasterImage()
    width, height = call["width"], call["height"]
    surface = skia.Surface(width, height)
    paint = skia.Paint(ImageFilter=_sharpened())
    target = skia.Rect.MakeWH(width, height)
    surface.getCanvas().drawImageRect(decoded, target, skia.SamplingOptions(skia.FilterMode.kLinear), paint)
    quality = 90 if call["quality"] is None else call["quality"]
    return bytes(surface.makeImageSnapshot().encodeToData(_FORMATS[call["output"]], quality))


def _sharpened() -> Any:  # noqa: ANN401  # of a package that is installed for this alone
    size, offset = skia.ISize.Make(3, 3), skia.IPoint.Make(1, 1)
    return skia.ImageFilters.MatrixConvolution(size, _KERNEL, 1.0, 0.0, offset, skia.TileMode.kClamp, True)  # noqa: FBT003  # by place


def _prepared(order: Order) -> Callable[[], bytes]:
    data = load(order["source"])
    return lambda: _made(data, order["call"])


if __name__ == "__main__":
    make_until_end(_prepared)
