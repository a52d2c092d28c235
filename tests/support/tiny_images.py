"""The smallest pictures that are told apart."""

from io import BytesIO

from PIL import Image


def gif(number: int) -> bytes:
    """Return a GIF of one pixel, of its own for each number."""
    stream = BytesIO()
    Image.new("RGB", (1, 1), (number % 256, number // 256, 7)).save(stream, "GIF")
    return stream.getvalue()


def jpeg(width: int, height: int, seed: int = 0) -> bytes:
    """Return a JPEG with something to see in every part of it, of its own for each seed."""
    stream = BytesIO()
    slope = Image.linear_gradient("L").resize((width, height))
    disc = Image.radial_gradient("L").resize((width, height))
    Image.merge("RGB", (slope, disc, Image.new("L", (width, height), seed % 256))).save(stream, "JPEG")
    return stream.getvalue()
