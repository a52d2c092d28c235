"""Colours that a file describes by numbers, not by a profile: PNG's chunks, and the codes of ITU-T H.273."""

import zlib
from collections.abc import Mapping
from functools import cache
from struct import error, unpack, unpack_from

from chalicelib.imaging.reading.icc import Primaries, written_profile
from chalicelib.imaging.reading.transfer import (
    Curve,
    cinema,
    hybrid_log_gamma,
    perceptual_quantizer,
    power,
    smpte_240m,
    srgb,
)

_MOST_PROFILE_BYTES = 4_000_000
"""Unpacked; the largest profiles of displays and printers have half."""
_D65, _C, _DCI, _E = (0.3127, 0.3290), (0.310, 0.316), (0.314, 0.351), (1 / 3, 1 / 3)
_BT709: Primaries = (_D65, (0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
_SMPTE170: Primaries = (_D65, (0.630, 0.340), (0.310, 0.595), (0.155, 0.070))
_PRIMARIES: Mapping[int, Primaries] = {
    1: _BT709,
    2: _BT709,
    4: (_C, (0.67, 0.33), (0.21, 0.71), (0.14, 0.08)),
    5: (_D65, (0.64, 0.33), (0.29, 0.60), (0.15, 0.06)),
    6: _SMPTE170,
    7: _SMPTE170,
    8: (_C, (0.681, 0.319), (0.243, 0.692), (0.145, 0.049)),
    9: (_D65, (0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    10: (_E, (1.0, 1e-9), (1e-9, 1.0), (1e-9, 1e-9)),
    11: (_DCI, (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    12: (_D65, (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    22: (_D65, (0.630, 0.340), (0.295, 0.605), (0.155, 0.077)),
}
"""Two is "unspecified"."""
_TRANSFERS: Mapping[int, Curve] = {
    **dict.fromkeys((1, 2, 6, 11, 12, 13, 14, 15), srgb),
    4: power(2.2),
    5: power(2.8),
    7: smpte_240m,
    8: power(1.0),
    16: perceptual_quantizer,
    17: cinema,
    18: hybrid_log_gamma,
}
"""The curves of video cameras (1, 6, 11 to 15) are shown as sRGB, as browsers do: pictures under them were made on
screens that did."""
_SRGB_GAMMA, _NEAR = 0.45455, 0.05
"""What a writer of sRGB states for readers that know gamma alone (PNG, 11.3.2.5), and libpng's tolerance."""
_FULL_RANGE = 1
_BLACK, _LEVELS = 16 / 255, 219 / 255


def png_profile(descriptions: Mapping[bytes, bytes]) -> bytes | None:
    """Return the profile of a PNG's colours, None for sRGB; cICP goes before iCCP, sRGB, and gAMA with cHRM.

    That order is the specification's (third edition, 4.3); a chunk that cannot be understood is passed over.
    """
    if (coded := descriptions.get(b"cICP")) and _is_known(coded):
        return coded_profile(coded[0], coded[1], is_full_range=coded[3] == _FULL_RANGE)
    if (packed := descriptions.get(b"iCCP")) and (profile := _unpacked(packed)):
        return profile
    if b"sRGB" in descriptions:
        return None
    return _measured_profile(descriptions.get(b"gAMA"), descriptions.get(b"cHRM"))


def coded_profile(primaries: int, transfer: int, *, is_full_range: bool = True) -> bytes | None:
    """Return the profile of H.273's code points, None for sRGB and for what is unknown."""
    if primaries not in _PRIMARIES or transfer not in _TRANSFERS:
        return None
    colours, curve = _PRIMARIES[primaries], _TRANSFERS[transfer]
    if not is_full_range:
        return written_profile(colours, _narrow(curve))
    return None if (colours, curve) == (_BT709, srgb) else written_profile(colours, curve)


@cache
def _narrow(curve: Curve) -> Curve:
    """Return the curve of levels of which 16 is black and 235 white."""
    return lambda level: curve(min(max((level - _BLACK) / _LEVELS, 0.0), 1.0))


def _is_known(coded: bytes) -> bool:
    """Tell whether it is RGB (matrix 0) under code points that are known; one of "unspecified" says nothing."""
    if len(coded) != 4:  # noqa: PLR2004  # primaries, transfer, matrix, range
        return False
    primaries, transfer, matrix, _ = coded
    return (
        matrix == 0 and primaries in _PRIMARIES and transfer in _TRANSFERS and (primaries, transfer) != (2, 2)
    )


def _unpacked(chunk: bytes) -> bytes | None:
    """Return the profile of an iCCP chunk, None when it is damaged or too large."""
    _, _, rest = chunk.partition(b"\0")
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(rest[1:], _MOST_PROFILE_BYTES)
    except zlib.error:
        return None
    return profile if unpacker.eof and not rest.startswith(b"\1") else None


def _measured_profile(gamma: bytes | None, chromaticities: bytes | None) -> bytes | None:
    """Return the profile of a gAMA and a cHRM chunk; what one does not say is as in sRGB."""
    try:
        curve = _curve(unpack(">I", gamma)[0] / 100_000) if gamma else srgb
        colours = _primaries(chromaticities) if chromaticities else _BT709
    except error:
        return None
    return None if (colours, curve) == (_BT709, srgb) else written_profile(colours, curve)


@cache
def _curve(gamma: float) -> Curve:
    if not gamma or abs(gamma / _SRGB_GAMMA - 1) <= _NEAR:
        return srgb
    return power(1 / gamma)


def _primaries(chunk: bytes) -> Primaries:
    """Return what a cHRM chunk says; sRGB's own when it is that, rounded, or nonsense."""
    stated = tuple(unpack_from(">2I", chunk, place) for place in range(0, 32, 8))
    white, red, green, blue = ((x / 100_000, y / 100_000) for x, y in stated)
    places = (white, red, green, blue)
    near = all(
        abs(a - b) < 0.002  # noqa: PLR2004  # what rounding to three digits may do
        for stated_at, wanted in zip(places, _BT709, strict=True)
        for a, b in zip(stated_at, wanted, strict=True)
    )
    is_nonsense = any(not 0 < y <= 1 or x > 1 for x, y in places)
    return _BT709 if near or is_nonsense else places
