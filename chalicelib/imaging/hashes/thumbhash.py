"""ThumbHash (evanw.github.io/thumbhash): cosines, shape and transparency of a picture in some 25 bytes."""

from base64 import b64encode
from collections.abc import Sequence
from math import sumprod

from PIL import Image

from chalicelib.imaging.hashes.cosines import coefficients

_OPAQUE = 255


def thumb_hash(small: Image.Image) -> str:
    """Return the hash of a small RGBA picture (100 pixels a side at most), in base64."""
    width, height = small.size
    pixels = small.tobytes()
    alphas = pixels[3::4]
    has_alpha = min(alphas) < _OPAQUE
    luma, yellow, red, alpha = _planes(pixels, alphas, width)
    most = 5 if has_alpha else 7
    longest = max(width, height)
    luma_across, luma_down = (max(1, _round(most * side / longest)) for side in (width, height))
    encoded_luma = _encode(luma, max(3, luma_across), max(3, luma_down))
    encoded_yellow, encoded_red = _encode(yellow, 3, 3), _encode(red, 3, 3)
    header = (
        _round(63 * encoded_luma[0])
        | _round(31.5 + 31.5 * encoded_yellow[0]) << 6
        | _round(31.5 + 31.5 * encoded_red[0]) << 12
        | _round(31 * encoded_luma[1]) << 18
        | has_alpha << 23
    )
    is_landscape = width > height
    shape = (
        (luma_down if is_landscape else luma_across)
        | _round(63 * encoded_yellow[1]) << 3
        | _round(63 * encoded_red[1]) << 9
        | is_landscape << 15
    )
    parts = [header.to_bytes(3, "little"), shape.to_bytes(2, "little")]
    details = [*encoded_luma[2], *encoded_yellow[2], *encoded_red[2]]
    if has_alpha:
        encoded_alpha = _encode(alpha, 5, 5)
        parts.append(bytes([_round(15 * encoded_alpha[0]) | _round(15 * encoded_alpha[1]) << 4]))
        details += encoded_alpha[2]
    return b64encode(b"".join(parts) + _nibbles(details)).decode()


def _planes(pixels: bytes, alphas: bytes, width: int) -> tuple[list[list[float]], ...]:
    """Return luma, yellow-blue, red-green and alpha; what is transparent takes the average colour."""
    weights = [alpha / _OPAQUE for alpha in alphas]
    total = sum(weights) or 1.0
    channels = [[value / _OPAQUE for value in pixels[band::4]] for band in range(3)]
    averages = [sumprod(channel, weights) / total for channel in channels]
    reds, greens, blues = (
        [average * (1 - weight) + weight * value for value, weight in zip(channel, weights, strict=True)]
        for channel, average in zip(channels, averages, strict=True)
    )
    colours = list(zip(reds, greens, blues, strict=True))
    planes = (
        [(r + g + b) / 3 for r, g, b in colours],
        [(r + g) / 2 - b for r, g, b in colours],
        [r - g for r, g, _ in colours],
        weights,
    )
    return tuple([plane[n : n + width] for n in range(0, len(plane), width)] for plane in planes)


def _encode(plane: Sequence[Sequence[float]], across: int, down: int) -> tuple[float, float, list[float]]:
    """Return the mean, the largest detail, and as fractions of it the lower triangle of details."""
    spectrum = coefficients(plane, across, down, place=0.5)
    details = [
        spectrum[v][u]
        for v in range(down)
        for u in range(0 if v else 1, across)
        if u * down < across * (down - v)
    ]
    largest = max(map(abs, details), default=0.0)
    return spectrum[0][0], largest, [0.5 + 0.5 / largest * value if largest else 0.0 for value in details]


def _nibbles(details: Sequence[float]) -> bytes:
    digits = [_round(15 * value) for value in details] + [0] * (len(details) % 2)
    return bytes(low | high << 4 for low, high in zip(digits[::2], digits[1::2], strict=True))


def _round(value: float) -> int:
    """Round halves up, as the format's reference does."""
    return int(value + 0.5)
