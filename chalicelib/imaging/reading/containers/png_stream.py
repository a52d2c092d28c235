"""The stream that a PNG's pixels are packed in: unpacked by ISA-L, in half of zlib's time.

What comes out is still filtered, and libspng, which undoes the filters, takes whole files alone. So each band of
rows becomes a file of its own, whose stream is only stored: that costs no time to unpack.
"""

from collections.abc import Iterator
from functools import cache
from struct import pack, pack_into
from types import ModuleType

from chalicelib.imaging.reading.containers.png_chunks import PNG_SIGNATURE, pixel_chunks

_RAW, _DEFLATED, _DICTIONARY, _HEADER_BYTES = -15, 8, 0x20, 2
_WIDEST_WINDOW = 7
_PIECE_BYTES = 64 * 1024
"""Bytes per call: the decoder copies its unconsumed input."""
_STORED_BYTES, _BLOCK_HEADER_BYTES = 65535, 5
_UNCHECKED = bytes(4)
"""For a checksum that nobody computes."""


class BadStreamError(Exception):
    """The stream is not what a PNG's is, or it ends early."""


class FilteredRows:
    """The filtered rows of a PNG, from the first to the last."""

    def __init__(self, data: bytes) -> None:
        self._pieces = _packed(data)
        self._decoder = unpacker().decompressobj(wbits=_RAW)
        self._left: bytes | memoryview | bytearray = b""

    def fill(self, room: memoryview) -> None:
        """Fill memory with the bytes that come next."""
        place = 0
        while place < len(room):
            found = self._next(len(room) - place)
            room[place : place + len(found)] = found
            place += len(found)

    def _next(self, most: int) -> bytes:
        """Return at least one byte."""
        while True:
            try:
                found: bytes = self._decoder.decompress(self._left, most)
            except unpacker().error as error:
                raise BadStreamError from error
            self._left = self._decoder.unconsumed_tail
            if found:
                return found
            piece = next(self._pieces, None)
            if piece is None or self._decoder.eof:
                raise BadStreamError
            self._left = piece


class StoredBand:
    """A PNG file of the row above a band and the rows of the band, to be filled in; its checksums are wrong."""

    def __init__(self, width: int, depth: int, kind: int, row: int, count: int) -> None:
        """Lay out a file for so many rows, of so many bytes with that of the filter."""
        above, band = _blocks(row), _blocks(row * count)
        stream = sum(above) + sum(band) + _BLOCK_HEADER_BYTES * len(above + band) + 2 + len(_UNCHECKED)
        begin = b"".join(
            (
                *(PNG_SIGNATURE, pack(">I4s", 13, b"IHDR")),
                *(pack(">IIBBBBB", width, count + 1, depth, kind, 0, 0, 0), _UNCHECKED),
                *(pack(">I4s", stream, b"IDAT"), b"\x78\x01"),
            )
        )
        end = _UNCHECKED + _UNCHECKED + pack(">I4s", 0, b"IEND") + _UNCHECKED
        self.data = bytearray(len(begin) + stream - 2 - len(_UNCHECKED) + len(end))
        self.data[: len(begin)], self.data[-len(end) :] = begin, end
        rooms = list(self._rooms(len(begin), [*above, *band]))
        self._above, self._band = rooms[: len(above)], rooms[len(above) :]

    def _rooms(self, place: int, sizes: list[int]) -> Iterator[memoryview]:
        """Write the headers of the blocks, from a place on; yield the memory of each block."""
        view = memoryview(self.data)
        for number, size in enumerate(sizes, 1):
            pack_into("<BHH", view, place, number == len(sizes), size, size ^ 0xFFFF)
            place += _BLOCK_HEADER_BYTES
            yield view[place : place + size]
            place += size

    def fill(self, above: bytes, rows: FilteredRows) -> None:
        """Put in the pixels of the row above, and the rows that come next."""
        row = memoryview(b"\0" + above)
        for room in self._above:
            room[:], row = row[: len(room)], row[len(room) :]
        for room in self._band:
            rows.fill(room)


def _blocks(size: int) -> list[int]:
    """Return the sizes of the blocks that so many bytes are stored in."""
    return [min(_STORED_BYTES, size - start) for start in range(0, size, _STORED_BYTES)]


def _packed(data: bytes) -> Iterator[memoryview | bytearray]:
    """Yield the stream after its header, which is checked."""
    pieces = _pieces(data)
    first = next(pieces, bytearray())
    header = bytes(first[:_HEADER_BYTES])
    if len(header) < _HEADER_BYTES or int.from_bytes(header) % 31 or header[1] & _DICTIONARY:
        raise BadStreamError
    if header[0] & 15 != _DEFLATED or header[0] >> 4 > _WIDEST_WINDOW:
        raise BadStreamError
    yield first[_HEADER_BYTES:]
    yield from pieces


def _pieces(data: bytes) -> Iterator[memoryview | bytearray]:
    """Yield the stream in pieces; what lies in smaller chunks is gathered, for each call has its price."""
    view, gathered = memoryview(data), bytearray()
    for chunk in pixel_chunks(data):
        end = min(chunk.end, len(data))
        for place in range(chunk.start, end, _PIECE_BYTES):
            piece = view[place : min(place + _PIECE_BYTES, end)]
            if not gathered and len(piece) == _PIECE_BYTES:
                yield piece
                continue
            gathered += piece
            if len(gathered) >= _PIECE_BYTES:
                yield gathered
                gathered = bytearray()
    if gathered:
        yield gathered


@cache
def unpacker() -> ModuleType:
    """Return ISA-L's module, or the standard library's, which it is like."""
    try:
        from isal import isal_zlib
    except ImportError:
        import zlib

        return zlib
    fast: ModuleType = isal_zlib
    return fast
