"""From coded levels to linear light, as ITU-T H.273 numbers the ways; what is brighter than white is rolled off.

White, 1.0 of the result, is the reference white of HDR pictures, 203 cd/m² (ITU-R BT.2408).
"""

from collections.abc import Callable
from math import exp

type Curve = Callable[[float], float]
"""The light, from 0 to 1, of a coded level from 0 to 1."""

_WHITE = 203.0
_PEAK = 1_000.0
"""The brightest that HDR pictures are graded for, by far most of them; HLG's nominal peak."""
_HLG_SYSTEM_GAMMA = 1.2
_PQ_M1, _PQ_M2 = 2610 / 16384, 2523 / 32
_PQ_C1, _PQ_C2, _PQ_C3 = 3424 / 4096, 2413 / 128, 2392 / 128
_PQ_FULL = 10_000.0
_HLG_A, _HLG_B, _HLG_C = 0.17883277, 0.28466892, 0.55991073


def power(exponent: float) -> Curve:
    """Return a plain gamma curve."""
    return lambda level: float(level**exponent)


def srgb(level: float) -> float:
    """Return the light of an sRGB level (IEC 61966-2-1)."""
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # the standard's


def smpte_240m(level: float) -> float:
    """Return the light of a level by SMPTE 240M."""
    return level / 4 if level <= 0.0912 else ((level + 0.1115) / 1.1115) ** (1 / 0.45)  # noqa: PLR2004  # the standard's


def cinema(level: float) -> float:
    """Return the light of a level by SMPTE ST 428-1, whose white is below its highest level."""
    return float(min(52.37 / 48 * level**2.6, 1.0))


def perceptual_quantizer(level: float) -> float:
    """Return the light of a PQ level (SMPTE ST 2084), as a picture of usual brightness can show it."""
    return _rolled_off(level)


def hybrid_log_gamma(level: float) -> float:
    """Return the light of an HLG level (ITU-R BT.2100) on a display of its nominal peak, rolled off likewise."""
    scene = level * level / 3 if level <= 0.5 else (exp((level - _HLG_C) / _HLG_A) + _HLG_B) / 12  # noqa: PLR2004  # the standard's
    return _rolled_off(_to_pq(_PEAK * scene**_HLG_SYSTEM_GAMMA))


def _rolled_off(level: float) -> float:
    """Map a PQ level as ITU-R BT.2390 (5.4.1) does: up to a knee nothing changes, above it highlights are pressed.

    Each colour is mapped alone, so that very bright ones turn to white as they do on film.
    """
    peak = _to_pq(_PEAK)
    white = _to_pq(_WHITE) / peak
    knee = 1.5 * white - 0.5
    coded = min(level / peak, 1.0)
    if coded > knee:
        t = (coded - knee) / (1 - knee)
        coded = (
            (2 * t**3 - 3 * t**2 + 1) * knee
            + (t**3 - 2 * t**2 + t) * (1 - knee)
            + (3 * t**2 - 2 * t**3) * white
        )
    return min(_from_pq(coded * peak) / _WHITE, 1.0)


def _from_pq(level: float) -> float:
    root = level ** (1 / _PQ_M2)
    return float(_PQ_FULL * (max(root - _PQ_C1, 0.0) / (_PQ_C2 - _PQ_C3 * root)) ** (1 / _PQ_M1))


def _to_pq(nits: float) -> float:
    power = (nits / _PQ_FULL) ** _PQ_M1
    return float(((_PQ_C1 + _PQ_C2 * power) / (1 + _PQ_C3 * power)) ** _PQ_M2)
