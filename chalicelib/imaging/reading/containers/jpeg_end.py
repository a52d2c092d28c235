"""A JPEG that ends without its last marker, or with notes that cannot be read, but with all its pixels."""

from collections.abc import Iterable
from io import BytesIO

from PIL import ImageChops
from PIL.JpegImagePlugin import JpegImageFile

from chalicelib.errors import InvalidImageError
from chalicelib.imaging.reading.containers.jpeg_segments import (
    END_OF_IMAGE,
    START_OF_SCAN,
    Segment,
    is_ended,
    segments,
)

_NOTES = frozenset({*range(0xE0, 0xEE), 0xEF, 0xFE})
"""What applications wrote, and comments; but not Adobe's note, which tells how colours are stored."""
_ADOBE, _ADOBE_BYTES = 0xEE, 12
_COEFFICIENTS = 64
_PADDINGS = bytes(99), b"\xb6\x6d\xdb" * 33
"""No code of a Huffman table reads both as the same."""


def ended(data: bytes) -> bytes:
    """Return a JPEG with the end marker that it may lack."""
    if data.endswith(END_OF_IMAGE):
        return data
    found = list(segments(data))
    return data if found and is_ended(data, found[-1]) else data + END_OF_IMAGE


def without_notes(data: bytes) -> bytes:
    """Return a JPEG without what applications wrote into it, and without what of that is too short."""
    found = list(segments(data))
    rest = data[found[-1].end :] if found else data[2:]
    return b"".join((data[:2], *(data[s.start : s.end] for s in found if not _is_note(s)), rest))


def check_pixels(data: bytes) -> None:
    """Raise InvalidImageError when a JPEG that lacks its end lacks pixels too.

    The scans must have told every coefficient to its last bit, and none of it may depend on what follows the file.
    """
    if not _is_told(data, segments(data)):
        raise InvalidImageError("The picture is cut short.")
    data = data.rstrip(b"\xff")  # of the end marker there may be half
    one, other = (JpegImageFile(BytesIO(data + padding + END_OF_IMAGE)) for padding in _PADDINGS)
    for file in (one, other):
        file.decodermaxblock = len(data) + len(_PADDINGS[0]) + len(END_OF_IMAGE)
        file.load()
    if any(channel.getbbox() for channel in ImageChops.difference(one, other).split()):
        raise InvalidImageError("The picture is cut short.")


def _is_note(segment: Segment) -> bool:
    is_short = segment.end - segment.body < _ADOBE_BYTES
    return segment.marker in _NOTES or (segment.marker == _ADOBE and is_short)


def _is_told(data: bytes, found: Iterable[Segment]) -> bool:
    """Tell whether every component that scans speak of has all coefficients in full precision."""
    told: dict[int, set[int]] = {}
    for scan in found:
        if scan.marker != START_OF_SCAN or scan.body >= len(data):
            continue
        count = data[scan.body]
        spectrum = data[scan.body + 1 + 2 * count : scan.body + 4 + 2 * count]
        if len(spectrum) < 3:  # noqa: PLR2004  # first and last coefficient, precision
            return False
        first, last, precision = spectrum
        for component in data[scan.body + 1 : scan.body + 1 + 2 * count : 2]:
            done = told.setdefault(component, set())
            if not precision & 0x0F:
                done.update(range(first, last + 1))
    return bool(told) and all(len(done) == _COEFFICIENTS for done in told.values())
