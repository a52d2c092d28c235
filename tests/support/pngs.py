"""PNG files written byte by byte, for what no library writes."""

from collections.abc import Iterable, Sequence
from struct import pack
from zlib import compress, crc32

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many samples a pixel has, by colour type."""

type Row = Sequence[Sequence[int]]
"""Pixels of samples."""


def chunk(name: bytes, content: bytes = b"", *, sound: bool = True) -> bytes:
    """Return a chunk, with a wrong checksum if it shall not be sound."""
    checksum = crc32(name + content) ^ (0 if sound else 1)
    return pack(">I", len(content)) + name + content + pack(">I", checksum)


def header(width: int, height: int, depth: int, kind: int) -> bytes:
    """Return the chunk that says the size, the bits of a sample and the colour type."""
    return chunk(b"IHDR", pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))


def packed(row: Row, depth: int) -> bytes:
    """Return a row of pixels, unfiltered, most significant bit first."""
    bits = "".join(f"{sample:0{depth}b}" for pixel in row for sample in pixel)
    bits += "0" * (-len(bits) % 8)
    return b"\0" + int(bits, 2).to_bytes(len(bits) // 8)


def pixels(rows: Iterable[Row], depth: int) -> bytes:
    """Return the chunk of the pixels."""
    return chunk(b"IDAT", compress(b"".join(packed(row, depth) for row in rows)))


def png(rows: Sequence[Row], depth: int, kind: int, *before: bytes, after: Sequence[bytes] = ()) -> bytes:
    """Return a whole file with chunks of one's own before and after the pixels."""
    parts = (header(len(rows[0]), len(rows), depth, kind), *before, pixels(rows, depth), *after)
    return SIGNATURE + b"".join(parts) + chunk(b"IEND")


def grey(level: int, *before: bytes, size: int = 8, after: Sequence[bytes] = ()) -> bytes:
    """Return a square of one 8-bit grey."""
    return png([[(level,)] * size] * size, 8, 0, *before, after=after)


def rgb(colour: tuple[int, int, int], *before: bytes, size: int = 8, after: Sequence[bytes] = ()) -> bytes:
    """Return a square of one 8-bit colour."""
    return png([[colour] * size] * size, 8, 2, *before, after=after)


def coding(primaries: int, transfer: int, matrix: int = 0, full: int = 1) -> bytes:
    """Return the chunk of H.273's code points."""
    return chunk(b"cICP", bytes((primaries, transfer, matrix, full)))


def linear() -> bytes:
    """Return the chunk that says that levels are light."""
    return chunk(b"gAMA", pack(">I", 100_000))


def deep_key() -> bytes:
    """Return the chunk of a clear colour of 16 bits a channel."""
    return chunk(b"tRNS", pack(">3H", 90, 60, 30))
