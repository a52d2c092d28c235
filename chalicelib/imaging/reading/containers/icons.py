"""The largest picture of an icon file, which is a PNG or a bitmap that says its size twice."""

from struct import pack, unpack_from

from chalicelib.errors import InvalidImageError
from chalicelib.imaging.reading.containers.png_chunks import PNG_SIGNATURE

_HEADER, _ENTRY = 6, 16
_BITMAP_HEADER = 12
_MOST_SIDE = 256
"""The longest side that a bitmap in an icon can have; Pillow believes the bitmap, whatever it says."""


def largest_picture(data: bytes) -> bytes:
    """Return the PNG, or an icon of the one bitmap; raises InvalidImageError for an icon of nothing."""
    (count,) = unpack_from("<H", data, 4)
    entries = [data[at : at + _ENTRY] for at in range(_HEADER, _HEADER + count * _ENTRY, _ENTRY)]
    entry = max((e for e in entries if len(e) == _ENTRY), key=_rank, default=b"")
    if not entry:
        raise InvalidImageError("The icon holds no picture.")
    size, offset = unpack_from("<II", entry, 8)
    picture = data[offset : offset + size]
    if picture.startswith(PNG_SIGNATURE):
        return picture
    _check_bitmap(picture)
    return pack("<HHH", 0, 1, 1) + entry[:12] + pack("<I", _HEADER + _ENTRY) + picture


def _rank(entry: bytes) -> tuple[int, int]:
    """Rank by pixels, then by bits of a pixel; a side of 0 is one of 256."""
    return (entry[0] or _MOST_SIDE) * (entry[1] or _MOST_SIDE), int.from_bytes(entry[6:8], "little")


def _check_bitmap(picture: bytes) -> None:
    if len(picture) < _BITMAP_HEADER:
        raise InvalidImageError("The icon is cut short.")
    _, width, height = unpack_from("<Iii", picture)
    if not (0 < width <= _MOST_SIDE and 0 < abs(height) <= 2 * _MOST_SIDE):
        raise InvalidImageError("The icon's bitmap is larger than an icon can be.")
