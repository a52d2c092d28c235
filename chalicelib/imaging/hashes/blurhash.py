"""BlurHash (github.com/woltapp/blurhash, Algorithm.md): a few cosines of a picture in base 83."""

from math import sqrt

from PIL import Image

from chalicelib.imaging.hashes.cosines import coefficients

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
_MOST_COMPONENTS = 9
_AREA = 16
"""Jellyfin's rule asks for so many components, shared between across and down by the picture's shape."""
_LINEAR = tuple(
    value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB
    for value in range(256)
)


def components(width: int, height: int) -> tuple[int, int]:
    """Return how many components across and down Jellyfin gives a picture of that shape."""
    across = sqrt(_AREA * width / height)
    down = across * height / width
    return min(int(across) + 1, _MOST_COMPONENTS), min(int(down) + 1, _MOST_COMPONENTS)


def blur_hash(small: Image.Image, across: int, down: int) -> str:
    """Return the hash of a small RGB picture."""
    planes = [coefficients(_linear(small.getchannel(band)), across, down, place=0) for band in "RGB"]
    factors = [
        tuple(_norm(u, v) * plane[v][u] for plane in planes) for v in range(down) for u in range(across)
    ]
    average, *details = factors
    largest = max((abs(value) for factor in details for value in factor), default=0.0)
    steps = max(0, min(82, int(largest * 166 - 0.5)))
    scale = (steps + 1) / 166
    return (
        _base83(across - 1 + (down - 1) * 9, 1)
        + _base83(steps if details else 0, 1)
        + _base83(_packed_average(average), 4)
        + "".join(_base83(_packed_detail(factor, scale), 2) for factor in details)
    )


def _linear(channel: Image.Image) -> list[list[float]]:
    width, height = channel.size
    values = [_LINEAR[value] for value in channel.tobytes()]
    return [values[row * width : (row + 1) * width] for row in range(height)]


def _norm(across: int, down: int) -> int:
    return 1 if across == down == 0 else 2


def _packed_average(average: tuple[float, ...]) -> int:
    red, green, blue = (_srgb(value) for value in average)
    return red << 16 | green << 8 | blue


def _packed_detail(factor: tuple[float, ...], scale: float) -> int:
    red, green, blue = (_step(value / scale) for value in factor)
    return (red * 19 + green) * 19 + blue


def _step(value: float) -> int:
    root = sqrt(abs(value))
    return max(0, min(18, int((root if value >= 0 else -root) * 9 + 9.5)))


def _srgb(value: float) -> int:
    value = max(0.0, min(1.0, value))
    if value <= 0.0031308:  # noqa: PLR2004  # sRGB's transfer function
        return int(value * 12.92 * 255 + 0.5)
    return int((1.055 * value ** (1 / 2.4) - 0.055) * 255 + 0.5)


def _base83(value: int, length: int) -> str:
    return "".join(_DIGITS[value // 83**place % 83] for place in reversed(range(length)))
