"""Planning a whole picture in at most so many bytes, for a client that only a short answer reaches."""

from collections.abc import Iterator
from dataclasses import replace
from math import sqrt

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts
from chalicelib.domain.variants.geometry import Size
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.negotiation import CLEAR_WEBP_PIXELS
from chalicelib.domain.variants.plan import RenderPlan

_QUALITIES = (96, 80, 40, 5)
"""The first of which the picture is small enough is taken; noise of 40 megapixels is so at the last."""


def make_bounded_plan(facts: ImageFacts, most_bytes: int, limits: Limits) -> RenderPlan | None:
    """Plan the picture at its own size as a JPEG, or as a WebP where it is transparent or moves.

    A transparent one above what a WebP may have becomes smaller. None for an animation too long to be redrawn.
    """
    if facts.is_animated and not limits.allows_redrawing(facts):
        return None
    if not (facts.is_animated or facts.has_alpha):
        return RenderPlan(facts.width, facts.height, ImageFormat.JPG, _QUALITIES[0], most_bytes=most_bytes)
    size = _within(CLEAR_WEBP_PIXELS, (facts.width, facts.height))
    return RenderPlan(
        *size, ImageFormat.WEBP, _QUALITIES[0], animated=facts.is_animated, most_bytes=most_bytes
    )


def attempts(plan: RenderPlan) -> Iterator[RenderPlan]:
    """Yield a plan, and where its bytes are bounded those of lower qualities, to be tried one after the other."""
    yield plan
    if plan.most_bytes is not None:
        yield from (replace(plan, quality=quality) for quality in _QUALITIES[1:])


def _within(pixels: int, size: Size) -> Size:
    width, height = size
    scale = min(1.0, sqrt(pixels / (width * height)))
    return max(int(width * scale), 1), max(int(height * scale), 1)
