"""The memory that Pillow keeps for itself."""

from PIL import Image

_LARGE_PIXELS = 8_000_000
_SMALL_BLOCKS = 64 * 1024, 1024
_LARGE_BLOCKS = 64 * 1024 * 1024, 0
"""Bytes of a block of picture memory, and how many that are freed are kept; the C library gives larger blocks than
32 MiB back to the system."""


def keep_freed(pixels: int) -> None:
    """Have the memory of one picture kept for the next, before a frame of so many pixels is decoded.

    64 MiB are kept: fresh pages cost a sixth of a card's time, an eighth of a logo's. In small blocks, which fit
    every picture, since to resize a block fetches fresh pages again. But what is freed of small blocks stays with
    the process, where no encoder finds room in it, so nothing of a large picture is kept.
    """
    size, kept = _LARGE_BLOCKS if pixels > _LARGE_PIXELS else _SMALL_BLOCKS
    if Image.core.get_block_size() != size:  # type: ignore[attr-defined]  # documented, not declared
        Image.core.set_blocks_max(0)  # type: ignore[attr-defined]
        Image.core.set_block_size(size)  # type: ignore[attr-defined]
        Image.core.set_blocks_max(kept)  # type: ignore[attr-defined]
