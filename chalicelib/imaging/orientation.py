"""The eight ways in which a camera was held, as EXIF counts them."""

from PIL import Image
from PIL.ExifTags import Base

_TRANSPOSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FIRST_SIDEWAYS = 5


def read_orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 when there is none or it is nonsense."""
    value = image.getexif().get(Base.Orientation, 1)
    return value if value in _TRANSPOSE else 1


def is_sideways(orientation: int) -> bool:
    """Tell whether width and height change places when the picture is put upright."""
    return orientation >= _FIRST_SIDEWAYS


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn a picture as it is meant to be seen."""
    method = _TRANSPOSE.get(orientation)
    return image if method is None else image.transpose(method)
