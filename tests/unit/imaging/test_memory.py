"""The most memory that accepted pictures can take: as large as the limit, of noise, made whole and drawn on."""

import subprocess
import sys

import pytest

_MEBIBYTES = 1024
_CODE = """
import sys
from io import BytesIO
from math import isqrt
from pathlib import Path
from PIL import Image
from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import make_plan
from chalicelib.imaging.renderer import PillowRenderer

stored, mode, asked = sys.argv[1:]
side = isqrt(Limits().max_pixels)
tile = Image.merge(mode, [Image.effect_noise((512, 512), 90) for _ in mode])
picture = Image.new(mode, (side, side))
for left in range(0, side, 512):
    for top in range(0, side, 512):
        picture.paste(tile, (left, top))
stream = BytesIO()
options = {"method": 0, "quality": 60} if stored == "WEBP" else {}
picture.save(stream, stored, **options)
data = stream.getvalue()
del picture, stream
Path("/proc/self/clear_refs").write_text("5")
renderer = PillowRenderer()
options = ImageProcessingOptions(format=RequestedFormat(asked), foreground_layer="0.5", unplayed_count=3)
plan = make_plan(renderer.probe(data), options)
made = renderer.render(data, plan, NO_DEADLINE)
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


@pytest.mark.parametrize(
    ("stored", "mode", "asked"),
    [("WEBP", "RGBA", "Webp"), ("JPEG", "CMYK", "Avif")],
)
def test_the_largest_picture_is_made_within_a_gigabyte(stored: str, mode: str, asked: str) -> None:
    command = [sys.executable, "-c", _CODE, stored, mode, asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # our own code
    assert int(done.stdout) / 1024 < _MEBIBYTES
