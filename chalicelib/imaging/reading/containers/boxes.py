"""What the boxes of an AVIF or HEIC file say about the colours of its picture (ISO 14496-12, ISO 23008-12)."""

from collections.abc import Iterator
from struct import error, unpack_from
from typing import NamedTuple

_FULL_BOX = 4
"""Bytes of version and flags before a full box's content."""
_SAMPLE_ENTRY = 78
"""Bytes of a picture's sample entry before its boxes (8 of any sample entry, 70 of a visual one)."""
_TRACK_PATH = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
_MOST_BOXES = 10_000
_LONG_NUMBERS = 3
"""The version of an item's description that numbers items by 32 bits."""
_TO_ASCII = bytes(level if level < 0x80 else ord("?") for level in range(256))  # noqa: PLR2004  # ASCII's end
_RESTRICTED_PROFILE = b"\2"
_CODE_BYTES = 8
"""Of a coded colour: its kind and two numbers."""


class ColourCode(NamedTuple):
    """How colours are coded, in the numbers of ITU-T H.273."""

    primaries: int
    transfer: int


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


def colour_code(data: bytes) -> ColourCode | None:
    """Return what the `nclx` colour box of the primary picture says, or that of the first track; None without."""
    try:
        colours = list(_of_item(data)) or list(_of_track(data))
    except (error, StopIteration):
        return None
    coded = (data[box.start : box.end] for box in colours)
    return next((ColourCode(*unpack_from(">HH", c, 4)) for c in coded if _is_coded(c)), None)


def _is_coded(colour: bytes) -> bool:
    return colour.startswith(b"nclx") and len(colour) >= _CODE_BYTES


def jp2_profile(data: bytes) -> bytes | None:
    """Return the ICC profile of a JPEG 2000 file (ISO 15444-1, I.5.3.3), None without."""
    try:
        header = _find(data, _Box(b"", 0, len(data)), b"jp2h")
        colours = (
            [data[box.start : box.end] for box in _boxes(data, header) if box.kind == b"colr"]
            if header
            else []
        )
    except error:
        return None
    return next((colour[3:] for colour in colours if colour.startswith(_RESTRICTED_PROFILE)), None)


def with_plain_items(data: bytes) -> bytes:
    """Return a HEIC whose items are described in ASCII alone: other bytes crash pi-heif, and are never shown."""
    try:
        entries = list(_described_items(data))
    except error:
        return data
    plain = bytearray(data)
    for box in entries:
        plain[box.start : box.end] = plain[box.start : box.end].translate(_TO_ASCII)
    return bytes(plain)


def _described_items(data: bytes) -> Iterator[_Box]:
    """Yield the type, name and content type of each item."""
    meta = _inside(data, _Box(b"", 0, len(data)), b"meta", _FULL_BOX)
    items = meta and _find(data, meta, b"iinf")
    if items is None:
        return
    counted = _FULL_BOX + (4 if data[items.start] else 2)
    for box in _boxes(data, _Box(items.kind, items.start + counted, items.end)):
        if box.kind == b"infe" and box.start < box.end:
            numbered = 4 if data[box.start] == _LONG_NUMBERS else 2
            yield _Box(box.kind, min(box.start + _FULL_BOX + numbered + 2, box.end), box.end)


def _of_item(data: bytes) -> Iterator[_Box]:
    """Yield the colour boxes among the properties of the primary item."""
    meta = _inside(data, _Box(b"", 0, len(data)), b"meta", _FULL_BOX)
    properties = meta and _inside(data, meta, b"iprp")
    container = properties and _inside(data, properties, b"ipco")
    first = meta and _find(data, meta, b"pitm")
    links = properties and _find(data, properties, b"ipma")
    if not (container and first and links):
        return
    known = list(_boxes(data, container))
    version = data[first.start]
    (item,) = unpack_from(">I" if version else ">H", data, first.start + _FULL_BOX)
    for number in _linked(data, links, item):
        if 0 < number <= len(known) and known[number - 1].kind == b"colr":
            yield known[number - 1]


def _linked(data: bytes, links: _Box, wanted: int) -> list[int]:
    """Return the numbers, from 1, of the properties of an item."""
    version, flags = data[links.start], data[links.start + 3]
    wide = bool(flags & 1)
    (entries,) = unpack_from(">I", data, links.start + _FULL_BOX)
    place = links.start + _FULL_BOX + 4
    for _ in range(min(entries, _MOST_BOXES)):
        item, count = unpack_from(">IB" if version else ">HB", data, place)
        place += 5 if version else 3
        numbers = unpack_from(f">{count}{'H' if wide else 'B'}", data, place)
        if item == wanted:
            return [number & (0x7FFF if wide else 0x7F) for number in numbers]
        place += count * (2 if wide else 1)
    return []


def _of_track(data: bytes) -> Iterator[_Box]:
    """Yield the colour boxes of the first track's first sample entry: where an animation has them."""
    inner: _Box | None = _Box(b"", 0, len(data))
    for kind in _TRACK_PATH:
        inner = inner and _inside(data, inner, kind)
    samples = inner and _inside(data, inner, b"stsd", _FULL_BOX + 4)
    entry = samples and next(_boxes(data, samples), None)
    if entry:
        inside = _Box(entry.kind, entry.start + _SAMPLE_ENTRY, entry.end)
        yield from (box for box in _boxes(data, inside) if box.kind == b"colr")


def _inside(data: bytes, outer: _Box, kind: bytes, skipped: int = 0) -> _Box | None:
    box = _find(data, outer, kind)
    return box and _Box(kind, box.start + skipped, box.end)


def _find(data: bytes, outer: _Box, kind: bytes) -> _Box | None:
    return next((box for box in _boxes(data, outer) if box.kind == kind), None)


def _boxes(data: bytes, outer: _Box) -> Iterator[_Box]:
    place = outer.start
    for _ in range(_MOST_BOXES):
        if place + 8 > outer.end:
            return
        size, kind = unpack_from(">I4s", data, place)
        header = 8
        if size == 1:
            (size,), header = unpack_from(">Q", data, place + 8), 16
        end = place + size if size else outer.end
        if end > outer.end or size in range(1, header):
            return
        yield _Box(kind, place + header, end)
        place = end
