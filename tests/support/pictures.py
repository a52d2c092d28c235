"""Pictures made up for tests; none is stored as a file."""

import struct
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any
from zlib import crc32

from PIL import Image, ImageCms, ImageDraw

QUADRANTS = ((200, 40, 40), (40, 160, 60), (50, 70, 200), (230, 200, 60))
"""Colours of a test picture's quarters: upper left, upper right, lower left, lower right."""


def quadrants(width: int = 120, height: int = 80, mode: str = "RGB") -> Image.Image:
    """Return four plain quarters: flips, turns and colour errors show."""
    image = Image.new("RGB", (width, height))
    middle_x, middle_y = width // 2, height // 2
    boxes = (
        (0, 0, middle_x, middle_y),
        (middle_x, 0, width, middle_y),
        (0, middle_y, middle_x, height),
        (middle_x, middle_y, width, height),
    )
    for box, colour in zip(boxes, QUADRANTS, strict=True):
        image.paste(colour, box)
    return image.convert(mode)


def scene(width: int = 300, height: int = 200) -> Image.Image:
    """Return something with soft and hard edges and fine lines, as a photograph has."""
    return _scene(width, height).copy()


@lru_cache(maxsize=8)
def _scene(width: int, height: int) -> Image.Image:
    image = Image.merge(
        "RGB",
        (
            Image.linear_gradient("L").resize((width, height)),
            Image.radial_gradient("L").resize((width, height)),
            Image.linear_gradient("L").rotate(90).resize((width, height)),
        ),
    )
    draw = ImageDraw.Draw(image)
    for n in range(0, width, 9):
        draw.line((n, 0, width - n, height), fill=(n % 256, 200 - n % 200, 90))
    draw.ellipse((width // 4, height // 4, width // 2, height * 3 // 4), fill=(240, 220, 120))
    return image


def logo(width: int = 160, height: int = 60) -> Image.Image:
    """Return a white disc on transparent black: a resize that is not premultiplied darkens its edge."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 4, 2, width * 3 // 4, height - 3), fill=(255, 255, 255, 255))
    return image


def encoded(image: Image.Image, name: str = "JPEG", **settings: Any) -> bytes:  # noqa: ANN401  # Pillow's own
    """Return a picture's bytes in a format by Pillow's name."""
    if name == "HEIF":
        from pillow_heif import register_heif_opener  # noqa: PLC0415  # few tests need it

        register_heif_opener()
    stream = BytesIO()
    image.save(stream, name, **settings)
    return stream.getvalue()


def turned(orientation: int, name: str = "JPEG", **settings: Any) -> bytes:  # noqa: ANN401  # Pillow's own
    """Return the quadrants stored as a camera held that way stores them, with the EXIF value that says so."""
    stored = quadrants()
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    if orientation in undo:
        stored = stored.transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(stored, name, exif=exif.tobytes(), **settings)


def animated(name: str = "GIF", colours: Sequence[str] = ("red", "lime", "blue"), **settings: Any) -> bytes:  # noqa: ANN401
    """Return an animation of plain frames, 100, 200 and 300 ms long by default."""
    first, *others = (Image.new("RGB", (60, 40), colour) for colour in colours)
    timing = {"duration": [100 * n for n in range(1, len(colours) + 1)], "loop": 0}
    return encoded(first, name, save_all=True, append_images=others, **timing | settings)


def profile(name: str) -> bytes:
    """Return an ICC profile that LittleCMS can make by itself: sRGB, XYZ or LAB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()  # type: ignore[arg-type]


def wide_gamut_profile() -> bytes:
    """Return a profile whose red and green primaries have changed places: no picture looks right without it."""
    data = bytearray(profile("sRGB"))
    count = struct.unpack_from(">I", data, 128)[0]
    tags = {data[132 + 12 * n : 136 + 12 * n].decode(): 136 + 12 * n for n in range(count)}
    red, green = (bytes(data[tags[name] : tags[name] + 8]) for name in ("rXYZ", "gXYZ"))
    data[tags["rXYZ"] : tags["rXYZ"] + 8], data[tags["gXYZ"] : tags["gXYZ"] + 8] = green, red
    return bytes(data)


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and holds next to nothing."""
    small = encoded(Image.new("L", (1, 1)), "PNG")

    chunk = b"IHDR" + struct.pack(">II", width, height) + small[24:29]
    return small[:12] + chunk + struct.pack(">I", crc32(chunk)) + small[33:]
