"""Pictures out of a name: `<width>x<height>-<seed>.jpg`, or .png for one with transparency."""

import re
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from infra.demo.providers.messages import Reply

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


@lru_cache(maxsize=64)
def _drawn(size: tuple[int, int], seed: str, ending: str) -> bytes:
    dark, light = f"#{seed[:6]}", f"#{0xFFFFFF - int(seed[:6], 16):06x}"
    image = ImageOps.colorize(Image.linear_gradient("L").resize(size), dark, light)
    radius = min(size) // 4
    centre = (size[0] // 2, size[1] // 2)
    ImageDraw.Draw(image).circle(centre, radius, fill=light)
    if ending == "png":
        shape = Image.new("L", size)
        ImageDraw.Draw(shape).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius, fill=255)
        image.putalpha(shape)
    stream = BytesIO()
    image.save(stream, "JPEG" if ending == "jpg" else "PNG")
    return stream.getvalue()
