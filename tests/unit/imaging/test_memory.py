"""The most memory that an accepted picture can take: a WebP with alpha, as large as the limit, made whole."""

import subprocess
import sys

_MEBIBYTES = 1024
_CODE = """
from io import BytesIO
from math import isqrt
from pathlib import Path
from PIL import Image
from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.formats import ImageFormat
from chalicelib.domain.limits import Limits
from chalicelib.domain.plan import RenderPlan
from chalicelib.imaging.renderer import PillowRenderer

side = isqrt(Limits().max_pixels)
stream = BytesIO()
Image.new("LA", (side, side), (0, 9)).convert("RGBA").save(stream, "WEBP", lossless=True, method=0, quality=0)
Path("/proc/self/clear_refs").write_text("5")
PillowRenderer().render(stream.getvalue(), RenderPlan(side, side, ImageFormat.WEBP, 0), NO_DEADLINE)
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


def test_the_largest_picture_is_made_within_a_gigabyte() -> None:
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=True)  # noqa: S603
    assert int(done.stdout) / 1024 < _MEBIBYTES
