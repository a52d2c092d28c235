"""JPEG's quantization tables at a quality between two whole ones, which is all that Pillow takes.

The tables of quality 50 are those of ITU-T T.81, annex K.1, row by row; how others follow from them is libjpeg's
convention, by which everybody understands the word.
"""

from functools import cache

type Table = tuple[int, ...]

_LUMA = (
    *(16, 11, 10, 16, 24, 40, 51, 61),
    *(12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56),
    *(14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77),
    *(24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101),
    *(72, 92, 95, 98, 112, 100, 103, 99),
)
_CHROMA = (
    *(17, 18, 24, 47, 99, 99, 99, 99),
    *(18, 21, 26, 66, 99, 99, 99, 99),
    *(24, 26, 56, 99, 99, 99, 99, 99),
    *(47, 66, 99, 99, 99, 99, 99, 99),
    *(99,) * 32,
)
_MIDDLE, _LARGEST = 50, 255


@cache
def quantization_tables(quality: float) -> tuple[Table, Table]:
    """Return the tables of luma and chroma at a quality from 1 to 100."""
    percent = 5000 / quality if quality < _MIDDLE else 200 - 2 * quality
    return _scaled(_LUMA, percent), _scaled(_CHROMA, percent)


def _scaled(table: Table, percent: float) -> Table:
    return tuple(min(max(int((step * percent + 50) / 100), 1), _LARGEST) for step in table)
