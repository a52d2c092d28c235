"""What is refused, or done smaller, so that any picture is finished in bounded memory and time."""

from dataclasses import dataclass

from chalicelib.domain.images.images import ImageFacts
from chalicelib.errors import LimitExceededError


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that are checked against a picture's header, before any of its pixels is decoded."""

    max_bytes: int = 100_000_000
    """Bytes of an original."""
    max_side: int = 16_383
    """Pixels of either side: the longest that a WebP can have."""
    max_pixels: int = 40_000_000
    """Pixels of one frame: what is made of so many takes 0.9 GB at most."""
    max_frames: int = 5_000
    """Frames of an animation."""
    max_animation_pixels: int = 500_000_000
    """Pixels of a frame times frames: an animation above it is refused."""
    max_rendered_animation_pixels: int = 60_000_000
    """Pixels of a frame times frames: an animation above it is not redrawn but answered as stored."""

    def check_size(self, size: int) -> None:
        """Raise LimitExceededError when a file of that many bytes is too large."""
        _check("number of bytes", size, self.max_bytes)

    def check_sides(self, width: int, height: int) -> None:
        """Raise LimitExceededError when a frame is too long, too high or too large."""
        _check("width in pixels", width, self.max_side)
        _check("height in pixels", height, self.max_side)
        _check("number of pixels", width * height, self.max_pixels)

    def check_animation(self, facts: ImageFacts) -> None:
        """Raise LimitExceededError when there are too many pixels in all frames together."""
        _check("number of frames", facts.frames, self.max_frames)
        _check(
            "number of pixels in all frames",
            facts.width * facts.height * facts.frames,
            self.max_animation_pixels,
        )

    def allows_redrawing(self, facts: ImageFacts) -> bool:
        """Tell whether every frame of an animation can be drawn anew within a request."""
        return facts.width * facts.height * facts.frames <= self.max_rendered_animation_pixels


def _check(measure: str, value: int, limit: int) -> None:
    if value > limit:
        raise LimitExceededError(field="body", measure=measure, value=value, limit=limit)
