"""The smallest pictures that are told apart."""

from io import BytesIO

from PIL import Image


def gif(number: int) -> bytes:
    """Return a GIF of one pixel, of its own for each number."""
    stream = BytesIO()
    Image.new("RGB", (1, 1), (number % 256, number // 256, 7)).save(stream, "GIF")
    return stream.getvalue()
