"""The discrete cosine transform of small pictures, shared by the hashes."""

from collections.abc import Sequence
from functools import cache
from math import cos, pi, sumprod

type Plane = Sequence[Sequence[float]]


def coefficients(plane: Plane, across: int, down: int, *, place: float) -> list[list[float]]:
    """Return the mean products of a plane with the first cosines; `[v][u]`: u half-waves across, v down.

    `place` is where in a pixel a cosine is taken: at its start (0) or in its middle (0.5).
    """
    width, height = len(plane[0]), len(plane)
    rows = [[sumprod(row, _wave(width, u, place)) for u in range(across)] for row in plane]
    columns = list(zip(*rows, strict=True))
    return [
        [sumprod(columns[u], _wave(height, v, place)) / (width * height) for u in range(across)]
        for v in range(down)
    ]


@cache
def _wave(length: int, half_waves: int, place: float) -> tuple[float, ...]:
    return tuple(cos(pi * half_waves * (n + place) / length) for n in range(length))
