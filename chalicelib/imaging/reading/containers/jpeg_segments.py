"""The segments of a JPEG (ITU T.81, annex B), without decoding any."""

import re
from collections.abc import Iterator
from typing import NamedTuple

PREFIX = 0xFF
START_OF_SCAN = 0xDA
PROGRESSIVE = 0xC2
FRAME_HEADERS = frozenset({0xC0, 0xC1, 0xC2, 0xC3})
END_OF_IMAGE = b"\xff\xd9"
_END = 0xD9
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FILL = re.compile(rb"\xff*(?=\xff)")


class Segment(NamedTuple):
    """A marker with what follows it; a scan's segment includes its coded data."""

    marker: int
    start: int
    end: int

    @property
    def body(self) -> int:
        """Return where the segment's content starts, after marker and length."""
        return self.start + 4


def segments(data: bytes) -> Iterator[Segment]:
    """Yield the segments between the first marker and the last."""
    position = 2
    while filled := _FILL.match(data, position):
        position = filled.end()
        if position + 4 > len(data) or data[position + 1] == _END:
            return
        marker = data[position + 1]
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4])
        if marker == START_OF_SCAN:
            found = _NEXT_MARKER.search(data, end)
            end = found.start() if found else len(data)
        yield Segment(marker, position, end)
        position = end


def is_ended(data: bytes, last: Segment) -> bool:
    """Tell whether the end of the picture follows its last segment."""
    return data[last.end : last.end + 2] == END_OF_IMAGE
