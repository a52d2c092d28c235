"""How long an animation's frames are shown, and how often it plays, within what each format can count to."""

from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageChops

from chalicelib.domain.images.formats import ImageFormat

_MOST_PLAYS = {ImageFormat.GIF: 65_536, ImageFormat.WEBP: 65_535, ImageFormat.PNG: 2**31 - 1}
"""A GIF counts repetitions after the first play in 16 bits."""
_GIF_LONGEST = 655_350
"""A GIF counts hundredths of a second in 16 bits."""
_WEBP_LONGEST = 2**24 - 1
_WEBP_TOTAL = 2**31 - 1
"""libwebp keeps the time of each frame since the first as an int."""
_APNG_COUNT = 65_535
_APNG_UNITS = (1, 10, 100, 1_000)
"""An APNG counts in 16 bits, in a unit of its own choice: milliseconds, or the next that suffices."""


def clamped_plays(image_format: ImageFormat, plays: int) -> int:
    """Return how often to play, 0 for ever, at most as often as the format can say."""
    return min(max(plays, 0), _MOST_PLAYS[image_format])


def clamped_durations(
    image_format: ImageFormat, frames: Sequence[Image.Image], durations: Sequence[int]
) -> list[int]:
    """Return the milliseconds of each frame as the format can say them: shorter, or rounded."""
    match image_format:
        case ImageFormat.GIF:
            return _for_gif(frames, durations)
        case ImageFormat.WEBP:
            longest = min(_WEBP_LONGEST, _WEBP_TOTAL // len(durations))
            return [min(duration, longest) for duration in durations]
        case _:
            return [_for_apng(duration) for duration in durations]


def _for_gif(frames: Sequence[Image.Image], durations: Sequence[int]) -> list[int]:
    """Shorten frames; equal ones in a row together, for they are written as one."""
    if sum(durations) <= _GIF_LONGEST:
        return list(durations)
    left, clamped = 0, []
    repeats = (False, *(_look_alike(*pair) for pair in pairwise(frames)))
    for duration, repeated in zip(durations, repeats, strict=True):
        left = left if repeated else _GIF_LONGEST
        clamped.append(min(duration, left))
        left -= clamped[-1]
    return clamped


def _look_alike(one: Image.Image, other: Image.Image) -> bool:
    difference = ImageChops.difference(one.convert("RGBA"), other.convert("RGBA"))
    return difference.getbbox(alpha_only=False) is None


def _for_apng(duration: int) -> int:
    unit = next((unit for unit in _APNG_UNITS if duration <= _APNG_COUNT * unit), _APNG_UNITS[-1])
    return min(round(duration / unit), _APNG_COUNT) * unit
