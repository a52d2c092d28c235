"""Writing an ICC profile for colours that a file describes in another way, so that one path leads to sRGB."""

from functools import lru_cache
from struct import pack

from chalicelib.imaging.reading.transfer import Curve

type Chromaticity = tuple[float, float]
type Primaries = tuple[Chromaticity, Chromaticity, Chromaticity, Chromaticity]
"""Where white, red, green and blue lie in the CIE 1931 diagram."""
type _Row = tuple[float, float, float]
type _Matrix = tuple[_Row, _Row, _Row]

_D50: _Row = (0.9642, 1.0, 0.8249)
_BRADFORD: _Matrix = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_POINTS = 256
"""Of a curve: one for each level that the pixels can have."""
_HEADER_BYTES = 128
_ENTRY_BYTES = 12


@lru_cache(maxsize=16)
def written_profile(primaries: Primaries, curve: Curve) -> bytes | None:
    """Return a display profile of primaries and one curve (ICC.1, version 2); None if they span no colours."""
    try:
        columns = _adapted(primaries)
    except ZeroDivisionError:
        return None
    levels = (round(min(max(curve(n / (_POINTS - 1)), 0.0), 1.0) * 65535) for n in range(_POINTS))
    trc = b"curv\0\0\0\0" + pack(f">I{_POINTS}H", _POINTS, *levels)
    tags = [(b"wtpt", _xyz(_D50))]
    tags += [(name, _xyz(column)) for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True)]
    tags += [
        (b"rTRC", trc),
        (b"gTRC", trc),
        (b"bTRC", trc),
        (b"desc", _description()),
        (b"cprt", b"text\0\0\0\0\0"),
    ]
    return _assembled(tags)


def _assembled(tags: list[tuple[bytes, bytes]]) -> bytes:
    """Lay out header, table and contents; tags of the same content share it."""
    place = _HEADER_BYTES + 4 + len(tags) * _ENTRY_BYTES
    table, body, known = b"", b"", dict[bytes, int]()
    for name, content in tags:
        if content not in known:
            known[content] = place + len(body)
            body += content + b"\0" * (-len(content) % 4)
        table += name + pack(">II", known[content], len(content))
    header = pack(">II4s4s4s4s", place + len(body), 0, b"\x02\x40\0\0", b"mntr", b"RGB ", b"XYZ ")
    header += pack(">6H4s", 2000, 1, 1, 0, 0, 0, b"acsp") + b"\0" * 28 + _numbers(_D50)
    return header.ljust(_HEADER_BYTES, b"\0") + pack(">I", len(tags)) + table + body


def _xyz(values: _Row) -> bytes:
    return b"XYZ \0\0\0\0" + _numbers(values)


def _numbers(values: _Row) -> bytes:
    return pack(">3i", *(min(max(round(value * 65536), -(2**31)), 2**31 - 1) for value in values))


def _description() -> bytes:
    return b"desc\0\0\0\0" + pack(">I", 1) + b"\0" * 79


def _adapted(primaries: Primaries) -> _Matrix:
    """Return the XYZ of red, green and blue as they look under the profile connection space's white (Bradford)."""
    white, *colours = (_to_xyz(place) for place in primaries)
    matrix = _transposed((colours[0], colours[1], colours[2]))
    shares = _times(_inverted(matrix), white)
    scaled = _transposed(tuple(tuple(v * s for v, s in zip(row, shares, strict=True)) for row in matrix))  # type: ignore[arg-type]  # three rows of three
    source, target = _times(_BRADFORD, white), _times(_BRADFORD, _D50)
    gains = tuple(t / s for t, s in zip(target, source, strict=True))
    back = _inverted(_BRADFORD)

    def adapt(colour: _Row) -> _Row:
        cones = _times(_BRADFORD, colour)
        return _times(back, tuple(c * g for c, g in zip(cones, gains, strict=True)))  # type: ignore[arg-type]  # three of them

    return adapt(scaled[0]), adapt(scaled[1]), adapt(scaled[2])


def _to_xyz(place: Chromaticity) -> _Row:
    x, y = place
    return x / y, 1.0, (1 - x - y) / y


def _times(matrix: _Matrix, vector: _Row) -> _Row:
    a, b, c = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def _transposed(matrix: _Matrix) -> _Matrix:
    first, second, third = zip(*matrix, strict=True)
    return first, second, third


def _inverted(matrix: _Matrix) -> _Matrix:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    cofactors = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    return tuple(tuple(value / determinant for value in row) for row in cofactors)  # type: ignore[return-value]  # three rows of three
