"""The first frame of a picture, at the size that the plan needs."""

from PIL import Image
from PIL.ImageFile import ImageFile

from chalicelib.domain.geometry import Size
from chalicelib.imaging.colour import resizable, to_srgb
from chalicelib.imaging.orientation import is_sideways, read_orientation, upright


def decode_at(image: ImageFile, size: Size) -> Image.Image:
    """Return the first frame in sRGB, upright and resized to the size as displayed."""
    orientation = read_orientation(image)
    stored_size = size[::-1] if is_sideways(orientation) else size
    image.draft(None, stored_size)
    image.load()
    small = resized(resizable(image), stored_size)
    return to_srgb(upright(small, orientation))


def resized(image: Image.Image, size: Size) -> Image.Image:
    """Return the picture at a size; transparency is averaged premultiplied: no dark fringes."""
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
