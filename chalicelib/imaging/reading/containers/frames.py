"""How many frames a GIF has, without decoding any."""

_TRAILER, _EXTENSION, _IMAGE = 0x3B, 0x21, 0x2C
_HEADER_BYTES = 13
_IMAGE_BYTES = 10


def count_gif_frames(data: bytes, at_most: int) -> int:
    """Return the number of frames, at least 1, or `at_most` + 1 when there are more.

    Walks the blocks of the format (GIF89a, sections 18 to 27); a file cut off counts as far as it goes.
    """
    frames = 0
    position = _HEADER_BYTES + _palette_bytes(data, _HEADER_BYTES - 3)
    while position < len(data) and frames <= at_most:
        kind = data[position]
        if kind == _IMAGE:
            frames += 1
            position += _IMAGE_BYTES + _palette_bytes(data, position + _IMAGE_BYTES - 1)
            position = _after_sub_blocks(data, position + 1)
        elif kind == _EXTENSION:
            position = _after_sub_blocks(data, position + 2)
        elif kind == _TRAILER:
            break
        else:
            position += 1
    return max(frames, 1)


def _palette_bytes(data: bytes, flags_at: int) -> int:
    flags = data[flags_at] if flags_at < len(data) else 0
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_sub_blocks(data: bytes, position: int) -> int:
    while position < len(data) and data[position]:
        position += data[position] + 1
    return position + 1
