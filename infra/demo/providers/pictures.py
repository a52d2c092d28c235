"""Pictures out of a name: `<width>x<height>-<seed>.jpg`, or .png for one with transparency."""

import re
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from infra.demo.providers.messages import Reply
from infra.demo.scenes import scene

_NAME = re.compile(r"(\d{1,4})x(\d{1,4})-([0-9a-f]{6,})\.(jpg|png)")


def name_of(width: int, height: int, seed: str, ending: str = "jpg") -> str:
    """Return the name of a picture of that size."""
    return f"{width}x{height}-{seed}.{ending}"


def picture(name: str, *, longest: int = 4_000) -> Reply:
    """Answer the picture of that name, reduced to fit a square of that side."""
    if not (match := _NAME.fullmatch(name)):
        return Reply(status=404, content_type="text/plain")
    width, height = int(match[1]), int(match[2])
    scale = min(1.0, longest / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return Reply(
        _drawn(size, match[3], match[4]), content_type="image/jpeg" if match[4] == "jpg" else "image/png"
    )


def _emblem(size: tuple[int, int]) -> Image.Image:
    """Return the shape of a picture with transparency: a disc between two bars."""
    shape = Image.new("L", size)
    draw, (width, height), thin = ImageDraw.Draw(shape), size, max(1, min(size) // 14)
    radius = min(size) * 0.4
    for side in (0, width / 2 + radius * 1.2):
        bar = (side, height / 2 - thin, side + width / 2 - radius * 1.2, height / 2 + thin)
        if bar[2] > bar[0]:
            draw.rounded_rectangle(bar, thin, fill=255)
    draw.circle((width / 2, height / 2), radius, fill=255)
    return shape


@lru_cache(maxsize=64)
def _drawn(size: tuple[int, int], seed: str, ending: str) -> bytes:
    image = scene(seed, size)
    if ending == "png":
        image.putalpha(_emblem(size))
    stream = BytesIO()
    image.save(stream, "JPEG" if ending == "jpg" else "PNG")
    return stream.getvalue()
