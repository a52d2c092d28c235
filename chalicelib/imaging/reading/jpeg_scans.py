"""Leaving out of a progressive JPEG what a decode at an eighth of its size does not look at.

At that scale one pixel stands for a block of eight by eight, and only the block's mean (its DC coefficient)
counts. A progressive file (ITU T.81, annex G) sends the other coefficients in scans of their own: without
most of those of the luma, most of the file need not be decoded at all, and the luma is the same.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PREFIX, _START_OF_SCAN, _PROGRESSIVE, _END = 0xFF, 0xDA, 0xC2, 0xD9
_END_OF_IMAGE = bytes((_PREFIX, _END))
_COARSE = 5
"""Up to this coefficient a first scan is kept: it is short, and without any libjpeg makes up details itself."""
_FRAME_HEADERS = frozenset({0xC0, 0xC1, 0xC2, 0xC3})


class _Segment(NamedTuple):
    """A marker with what follows it; a scan's segment includes its coded data."""

    marker: int
    start: int
    end: int

    @property
    def body(self) -> int:
        """Return where the segment's content starts, after marker and length."""
        return self.start + 4


def without_fine_luma(data: bytes) -> bytes:
    """Return a progressive JPEG without the luma's fine AC scans; any other, or a damaged one, unchanged."""
    segments = list(_segments(data))
    header = next((segment for segment in segments if segment.marker in _FRAME_HEADERS), None)
    if header is None or header.marker != _PROGRESSIVE or not _is_whole(data, segments[-1].end):
        return data
    luma = data[header.body + 6]
    kept = (data[s.start : s.end] for s in segments if not _is_fine_luma(data, s, luma))
    return b"".join((data[:2], *kept, _END_OF_IMAGE))


def _is_whole(data: bytes, end: int) -> bool:
    return data[end : end + 2] == _END_OF_IMAGE


def _segments(data: bytes) -> Iterator[_Segment]:
    position = 2
    while position + 4 <= len(data) and data[position] == _PREFIX and data[position + 1] != _END:
        marker = data[position + 1]
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4])
        if marker == _START_OF_SCAN:
            found = _NEXT_MARKER.search(data, end)
            end = found.start() if found else len(data)
        yield _Segment(marker, position, end)
        position = end


def _is_fine_luma(data: bytes, segment: _Segment, luma: int) -> bool:
    if segment.marker != _START_OF_SCAN:
        return False
    components, first, _, lowest, highest, passes = data[segment.body : segment.body + 6]
    is_coarse = highest <= _COARSE and passes >> 4 == 0
    return components == 1 and first == luma and lowest > 0 and not is_coarse
