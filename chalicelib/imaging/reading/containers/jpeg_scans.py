"""Leaving out of a progressive JPEG what a decode at an eighth of its size does not look at.

At that scale one pixel stands for a block of eight by eight, and only the block's mean (its DC coefficient)
counts. A progressive file (ITU T.81, annex G) sends the other coefficients in scans of their own: without
most of those of the luma, most of the file need not be decoded at all, and the luma is the same.
"""

from chalicelib.imaging.reading.containers.jpeg_segments import (
    END_OF_IMAGE,
    FRAME_HEADERS,
    PROGRESSIVE,
    START_OF_SCAN,
    Segment,
    is_ended,
    segments,
)

_COARSE = 5
"""Up to this coefficient a first scan is kept: it is short, and without any libjpeg makes up details itself."""


def without_fine_luma(data: bytes) -> bytes:
    """Return a progressive JPEG without the luma's fine AC scans; any other, or a damaged one, unchanged."""
    found = list(segments(data))
    header = next((segment for segment in found if segment.marker in FRAME_HEADERS), None)
    if header is None or header.marker != PROGRESSIVE or not is_ended(data, found[-1]):
        return data
    luma = data[header.body + 6]
    kept = (data[s.start : s.end] for s in found if not _is_fine_luma(data, s, luma))
    return b"".join((data[:2], *kept, END_OF_IMAGE))


def _is_fine_luma(data: bytes, segment: Segment, luma: int) -> bool:
    if segment.marker != START_OF_SCAN:
        return False
    components, first, _, lowest, highest, passes = data[segment.body : segment.body + 6]
    is_coarse = highest <= _COARSE and passes >> 4 == 0
    return components == 1 and first == luma and lowest > 0 and not is_coarse
