"""The eight ways in which a camera was held, as EXIF counts them."""

from struct import error, unpack_from

from PIL import Image

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
_PREFIX = b"Exif\0\0"
_BYTE_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_ORIENTATION_TAG, _SHORT = 0x0112, 3
_ENTRY_BYTES = 12


def exif_orientation(exif: bytes | None) -> int:
    """Return the orientation that EXIF tells, 1 when it tells none, or nonsense, or cannot be read.

    Reads the first directory of its TIFF structure (EXIF 2.32, 4.5.2), and nothing else.
    """
    try:
        value = _stated(exif or b"")
    except error:
        return 1
    return value if value in _TRANSPOSE else 1


def is_sideways(orientation: int) -> bool:
    """Tell whether width and height change places when the picture is put upright."""
    return orientation >= _FIRST_SIDEWAYS


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn a picture as it is meant to be seen."""
    method = _TRANSPOSE.get(orientation)
    return image if method is None else image.transpose(method)


def _stated(exif: bytes) -> int | None:
    while exif.startswith(_PREFIX):
        exif = exif[len(_PREFIX) :]
    order = _BYTE_ORDERS.get(exif[:4])
    if order is None:
        return None
    (directory,) = unpack_from(f"{order}I", exif, 4)
    (entries,) = unpack_from(f"{order}H", exif, directory)
    for number in range(entries):
        tag, kind, _, value = unpack_from(f"{order}HHIH", exif, directory + 2 + number * _ENTRY_BYTES)
        if tag == _ORIENTATION_TAG:
            return int(value) if kind == _SHORT else None
    return None
