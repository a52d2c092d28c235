"""The eight ways in which a camera was held, as EXIF counts them."""

from struct import unpack_from

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
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def read_orientation(image: Image.Image, data: bytes) -> int:
    """Return the EXIF orientation of an opened picture, 1 when there is none or it is nonsense."""
    decodes_to_find_it = data.startswith(_PNG_SIGNATURE) and "exif" not in image.info
    exif = _late_png_exif(data) if decodes_to_find_it else image.getexif()
    value = exif.get(Base.Orientation, 1)
    return value if value in _TRANSPOSE else 1


def is_sideways(orientation: int) -> bool:
    """Tell whether width and height change places when the picture is put upright."""
    return orientation >= _FIRST_SIDEWAYS


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn a picture as it is meant to be seen."""
    method = _TRANSPOSE.get(orientation)
    return image if method is None else image.transpose(method)


def _late_png_exif(data: bytes) -> Image.Exif:
    """Walk the chunks of a PNG for an eXIf that may follow the pixels."""
    exif = Image.Exif()
    position = len(_PNG_SIGNATURE)
    while position + 8 <= len(data):
        length, kind = unpack_from(">I4s", data, position)
        if kind == b"eXIf":
            exif.load(b"Exif\0\0" + data[position + 8 : position + 8 + length])
            break
        position += length + 12
    return exif
