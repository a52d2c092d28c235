"""Runs Skia as Jellyfin 12 does: decode all, scale bilinearly, sharpen by 3 by 3 pixels, encode.

A JSON line in, a JSON line out, times in milliseconds. Skia's folder is the first argument.
"""

import json
import sys
from functools import cache
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, sys.argv[1])
import skia  # found through the line above

_KERNEL = [0, -0.1, 0, -0.1, 1.4, -0.1, 0, -0.1, 0]
"""As Jellyfin's SkiaEncoder has it."""
_FORMATS = {"jpeg": skia.kJPEG, "png": skia.kPNG, "webp": skia.kWEBP}


@cache
def _load(source: str) -> bytes:
    return Path(source).read_bytes()


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


def _peak_memory() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        order = json.loads(line)
        data = _load(order["source"])
        cpu, wall = process_time(), perf_counter()
        output = _made(data, order["call"])
        times = {"wall": (perf_counter() - wall) * 1000, "cpu": (process_time() - cpu) * 1000}
        Path(order["target"]).write_bytes(output)
        sys.stdout.write(json.dumps(times | {"memory": _peak_memory()}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
