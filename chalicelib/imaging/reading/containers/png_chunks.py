"""The chunks of a PNG: what its pixels need is kept, what describes them is read, the rest is left out.

A comment, a private chunk or a damaged note says nothing about the pixels, so it can neither make a picture
unreadable nor cost memory. Chunks are those of the PNG specification, third edition.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import dropwhile, pairwise, takewhile
from struct import pack, unpack_from
from typing import NamedTuple
from zlib import crc32

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SIGNATURE_BYTES = len(PNG_SIGNATURE)
_AROUND = 12
"""Bytes of a chunk besides its content: length, name and checksum."""
_ANCILLARY = 0x20
"""The bit of a name's first letter that tells what a decoder may pass over."""
_DESCRIPTIONS = frozenset({b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"eXIf"})
_ANIMATION = frozenset({b"acTL", b"fcTL", b"fdAT"})
_LEAST_BYTES = {b"acTL": 8, b"fcTL": 26, b"fdAT": 4}
_GREY, _RGB = 0, 2
_DEEP = 16
_KEY_BYTES = {_GREY: 2, _RGB: 6}


class Chunk(NamedTuple):
    """A chunk by its name and the places of its content in the file; `end` may lie beyond a file cut short."""

    name: bytes
    start: int
    end: int

    @property
    def is_ancillary(self) -> bool:
        """Tell whether a decoder that does not know the chunk may pass over it."""
        return bool(self.name[0] & _ANCILLARY)


@dataclass(frozen=True, slots=True)
class SlimPng:
    """A PNG without what no pixel needs, and what the left out chunks said about colours and orientation."""

    data: bytes
    descriptions: Mapping[bytes, bytes] = field(default_factory=dict)


def slimmed(data: bytes) -> SlimPng:
    """Return a PNG without ancillary chunks that are damaged or that no pixel needs; uncopied if there are none."""
    chunks = list(_chunks(data))
    pixels = next((n for n, chunk in enumerate(chunks) if chunk.name in {b"IDAT", b"fdAT"}), len(chunks))
    descriptions: dict[bytes, bytes] = {}
    for place, chunk in enumerate(chunks):
        in_time = place < pixels or chunk.name == b"eXIf"
        if chunk.name in _DESCRIPTIONS and in_time and _is_sound(data, chunk):
            descriptions.setdefault(chunk.name, data[chunk.start : chunk.end])
    moves = _moves(data, chunks, pixels)
    kept = [
        part
        for place, chunk in enumerate(chunks)
        if (part := _kept(data, chunk, early=place < pixels, moves=moves))
    ]
    if len(kept) == len(chunks) and all(isinstance(part, memoryview) for part in kept):
        return SlimPng(data, descriptions)
    rest = data[chunks[-1].end + 4 :] if chunks else data[_SIGNATURE_BYTES:]
    return SlimPng(b"".join((data[:_SIGNATURE_BYTES], *kept, rest)), descriptions)


def pixel_chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the chunks of the still picture's pixels: the first and those that follow it."""
    later = dropwhile(lambda chunk: chunk.name != b"IDAT", _chunks(data))
    return takewhile(lambda chunk: chunk.name == b"IDAT", later)


def is_headed_once(data: bytes) -> bool:
    """Tell whether the one header comes first, as it must: Pillow takes any, and the last of several."""
    names = [chunk.name for chunk in takewhile(lambda chunk: chunk.name != b"IDAT", _chunks(data))]
    return names[:1] == [b"IHDR"] and names.count(b"IHDR") == 1


def _chunks(data: bytes) -> Iterator[Chunk]:
    """Walk the chunks up to the end of the picture, or to what is no chunk."""
    place = _SIGNATURE_BYTES
    while place + 8 <= len(data):
        length, name = unpack_from(">I4s", data, place)
        if not (name.isalpha() and name.isascii()):
            return
        yield Chunk(name, place + 8, place + 8 + length)
        if name == b"IEND":
            return
        place += length + _AROUND


def _is_sound(data: bytes, chunk: Chunk) -> bool:
    if chunk.end - chunk.start < _LEAST_BYTES.get(chunk.name, 0):
        return False
    content = memoryview(data)[chunk.start - 4 : chunk.end]
    return data[chunk.end : chunk.end + 4] == crc32(content).to_bytes(4)


def _moves(data: bytes, chunks: list[Chunk], pixels: int) -> bool:
    """Tell whether it is an animation that can be trusted; of any other the picture for other viewers is shown.

    What is said before the pixels is sound, frames are as many as said and numbered in order, each has pixels.
    """
    said = [chunk for chunk in chunks if chunk.name in _ANIMATION]
    control = [chunk for chunk in chunks[:pixels] if chunk.name == b"acTL"]
    if len(control) != 1 or not all(_is_sound(data, chunk) for chunk in chunks[:pixels] if chunk in said):
        return False
    if chunks[-1].name != b"IEND":
        return True  # cut short: what is missing of it shall be missed
    numbered = [chunk for chunk in said if chunk.name != b"acTL" and chunk.end <= len(data)]
    frames = sum(chunk.name == b"fcTL" for chunk in numbered)
    in_order = all(data[c.start : c.start + 4] == pack(">I", n) for n, c in enumerate(numbered))
    stated = unpack_from(">I", data, control[0].start)[0]
    return frames == stated and in_order and not _has_empty_frame(chunks)


def _has_empty_frame(chunks: list[Chunk]) -> bool:
    names = [chunk.name for chunk in chunks if chunk.name in {b"fcTL", b"fdAT", b"IDAT"}]
    return any(pair == (b"fcTL", b"fcTL") for pair in pairwise(names)) or names[-1:] == [b"fcTL"]


def _kept(data: bytes, chunk: Chunk, *, early: bool, moves: bool) -> bytes | memoryview:
    """Return what is kept of a chunk, a view of it where it stays as it is; nothing when it is left out."""
    if chunk.name == b"tRNS":
        return _transparency(data, chunk, moves=moves) if early and _is_sound(data, chunk) else b""
    keeps = moves and (early or chunk.name != b"acTL") if chunk.name in _ANIMATION else not chunk.is_ancillary
    return memoryview(data)[chunk.start - 8 : chunk.end + 4] if keeps else b""


def _transparency(data: bytes, chunk: Chunk, *, moves: bool) -> bytes:
    """Return a tRNS chunk that names its colour in the depth in which Pillow will have the pixels.

    That is 8 bits for greys of fewer; for those of 16, and for deep colours that stand still, the file's own.
    """
    depth, kind = data[24], data[25]
    key = data[chunk.start : chunk.end]
    if len(key) < _KEY_BYTES.get(kind, 1):
        return b""
    if kind == _GREY and depth < _DEEP:
        highest = (1 << depth) - 1
        key = pack(">H", (int.from_bytes(key[:2]) & highest) * (1 if depth == 1 else 255 // highest))
    elif kind == _RGB and depth == _DEEP and moves:
        key = pack(">3H", *(level >> 8 for level in unpack_from(">3H", key)))
    content = b"tRNS" + key
    return pack(">I", len(key)) + content + crc32(content).to_bytes(4)
