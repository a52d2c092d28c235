"""Writing an animation as GIF: what changes from frame to frame, in colours that are stored once.

Pillow compresses the pixels. Its own writer stores a palette with every frame, which is more than the pixels of a
drawing take, and writes all of every frame where any of them is transparent. The layout is that of GIF89a,
sections 17 to 27.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from struct import pack

from PIL import Image, ImageChops

from chalicelib.imaging.writing.palette import TRANSPARENT

type Box = tuple[int, int, int, int]

_TABLE_BYTES = 768
_TABLE_OF_256 = 0x80 | 7
_CODE_BITS = b"\x08"
"""What Pillow's encoder begins with, however few the colours."""
_KEEP, _CLEAR = 1, 2
"""What becomes of a frame's rectangle before the next is drawn."""
_HAS_TRANSPARENT = 1
_LONGEST = 65_535
_IF_CHANGED = [0] + [255] * 255
_IF_CLEAR = [0] * TRANSPARENT + [255]


@dataclass(frozen=True)
class _Frame:
    """What is to be seen: numbers of colours as grey levels, and the colours."""

    numbers: Image.Image
    table: bytes

    @cached_property
    def clear(self) -> Image.Image:
        """Return where it is transparent."""
        return self.numbers.point(_IF_CLEAR)


@dataclass(frozen=True, slots=True)
class _Block:
    """What is stored of a frame: a rectangle, and in it what is not as it was before."""

    frame: _Frame
    box: Box
    changed: Image.Image | None
    milliseconds: int
    disposal: int = _KEEP


def gif_animation(frames: Sequence[Image.Image], durations: Sequence[int], plays: int) -> bytes:
    """Return pictures in palettes, whose last colour is the transparent one, as a GIF; 0 plays are endless."""
    seen = [_Frame(Image.frombytes("L", frame.size, frame.tobytes()), _table(frame)) for frame in frames]
    blocks = _blocks(seen, durations)
    [(shared, _)] = Counter(block.frame.table for block in blocks).most_common(1)
    head = b"GIF89a" + pack("<HHBBB", *frames[0].size, _TABLE_OF_256, TRANSPARENT, 0) + shared
    return b"".join((head, _loop(plays), *(_stored(block, shared) for block in blocks), b";"))


def _table(frame: Image.Image) -> bytes:
    return bytes(frame.getpalette() or ()).ljust(_TABLE_BYTES, b"\0")


def _blocks(frames: Sequence[_Frame], durations: Sequence[int]) -> list[_Block]:
    """Find what must be drawn for each frame; one that changes nothing lengthens the one before it."""
    blocks = [_Block(frames[0], (0, 0, *frames[0].numbers.size), None, durations[0])]
    for frame, duration in zip(frames[1:], durations[1:], strict=True):
        shown = blocks[-1].frame
        if uncovered := ImageChops.subtract(frame.clear, shown.clear).getbbox():
            blocks[-1] = _cleared_after(blocks[-1], uncovered)
            shown = _without(shown, blocks[-1].box)
        changed = _changed(shown, frame)
        box = changed.getbbox()
        if box or uncovered:
            blocks.append(_Block(frame, box or (0, 0, 1, 1), changed, duration))
        else:
            blocks[-1] = replace(blocks[-1], milliseconds=blocks[-1].milliseconds + duration)
    return blocks


def _cleared_after(block: _Block, uncovered: Box) -> _Block:
    """Return a block that takes away what the next frame uncovers: nothing that is drawn can do so."""
    (a, b, c, d), (e, f, g, h) = block.box, uncovered
    return replace(block, box=(min(a, e), min(b, f), max(c, g), max(d, h)), disposal=_CLEAR)


def _without(frame: _Frame, box: Box) -> _Frame:
    numbers = frame.numbers.copy()
    numbers.paste(TRANSPARENT, box)
    return _Frame(numbers, frame.table)


def _changed(shown: _Frame, frame: _Frame) -> Image.Image:
    """Return where a frame is not as what is shown; in colours of its own, wherever there is something to see."""
    if frame.table != shown.table:
        return ImageChops.invert(frame.clear)
    return ImageChops.difference(shown.numbers, frame.numbers).point(_IF_CHANGED)


def _loop(plays: int) -> bytes:
    """Say how often to play; a GIF counts repetitions after the first, and has no word for none."""
    return b"" if plays == 1 else b"!\xff\x0bNETSCAPE2.0\x03\x01" + pack("<HB", max(plays - 1, 0), 0)


def _stored(block: _Block, shared: bytes) -> bytes:
    left, upper, right, lower = block.box
    time = min(block.milliseconds // 10, _LONGEST)
    control = b"!\xf9\x04" + pack("<BHBB", block.disposal << 2 | _HAS_TRANSPARENT, time, TRANSPARENT, 0)
    is_own = block.frame.table != shared
    place = pack("<HHHHB", left, upper, right - left, lower - upper, _TABLE_OF_256 if is_own else 0)
    pixels = _drawn(block).crop(block.box).tobytes("gif", "L")
    return b"".join((control, b",", place, block.frame.table if is_own else b"", _CODE_BITS, pixels, b"\0"))


def _drawn(block: _Block) -> Image.Image:
    """Return the picture with holes where what is shown already is right."""
    if block.changed is None:
        return block.frame.numbers
    return Image.composite(
        block.frame.numbers, Image.new("L", block.changed.size, TRANSPARENT), block.changed
    )
