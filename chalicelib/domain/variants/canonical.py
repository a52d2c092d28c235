"""The few variants that an image may have when too many different ones were asked for."""

from chalicelib.domain.images.images import ImageFacts
from chalicelib.domain.variants.geometry import Size, fit_within
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import RenderPlan, make_plan

LONG_SIDES = tuple(round(64 * 2 ** (half / 2)) for half in range(16))
"""Long sides in pixels, each 1.41 times the one before, from 64 to 11,585."""


def canonical_plan(plan: RenderPlan, facts: ImageFacts, limits: Limits) -> RenderPlan | None:
    """Return the plan that stands in for another: the next larger of a few sizes, and nothing drawn.

    The picture keeps its own shape, the format is the one asked for, the quality the default. None means the
    stored bytes, as in `make_plan`.
    """
    width, height = _snapped(plan.size, (facts.width, facts.height))
    options = ImageProcessingOptions(
        max_width=width, max_height=height, format=RequestedFormat(plan.format.value)
    )
    return make_plan(facts, options, limits)


def _snapped(size: Size, source: Size) -> Size:
    """Return the first size in the source's shape that covers another, the source's when none does."""
    sizes = (fit_within(source, side) for side in LONG_SIDES)
    return next((snapped for snapped in sizes if snapped[0] >= size[0] and snapped[1] >= size[1]), source)
