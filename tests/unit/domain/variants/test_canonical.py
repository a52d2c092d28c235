"""The few variants that stand in for too many."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.formats import OUTPUT_FORMATS, ImageFormat
from chalicelib.domain.images.images import ImageFacts
from chalicelib.domain.variants.canonical import LONG_SIDES, canonical_plan
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.plan import RenderPlan

LIMITS = Limits()
PLANS = st.builds(
    RenderPlan,
    st.integers(1, 3000),
    st.integers(1, 3000),
    st.sampled_from(sorted(OUTPUT_FORMATS)),
    quality=st.none() | st.integers(0, 100),
    blur=st.integers(0, 50),
    foreground=st.integers(0, 255),
    unplayed=st.integers(0, 1000),
)
FACTS = st.builds(
    ImageFacts,
    st.sampled_from([ImageFormat.JPG, ImageFormat.PNG]),
    st.integers(1, 3000),
    st.integers(1, 3000),
    has_alpha=st.booleans(),
)


@given(PLANS, FACTS)
def test_it_keeps_the_format_and_the_pictures_own_shape(plan: RenderPlan, facts: ImageFacts) -> None:
    canonical = canonical_plan(plan, facts, LIMITS)
    if canonical is None:
        assert plan.format in {facts.format, ImageFormat.AVIF}  # of which no stand-in may be large enough
        return
    assert canonical.format is plan.format or plan.format is ImageFormat.AVIF
    scale = max(canonical.size) / max(facts.width, facts.height)
    assert abs(canonical.width - scale * facts.width) <= 1
    assert abs(canonical.height - scale * facts.height) <= 1


@given(PLANS, FACTS)
def test_it_covers_what_was_asked_for_or_is_as_large_as_there_is(plan: RenderPlan, facts: ImageFacts) -> None:
    canonical = canonical_plan(plan, facts, LIMITS)
    width, height = canonical.size if canonical else (facts.width, facts.height)
    assert width + 1 >= min(plan.width, facts.width)
    assert height + 1 >= min(plan.height, facts.height)


@given(PLANS, FACTS)
def test_it_stands_for_itself(plan: RenderPlan, facts: ImageFacts) -> None:
    canonical = canonical_plan(plan, facts, LIMITS)
    assert canonical is None or canonical_plan(canonical, facts, LIMITS) == canonical


def test_there_are_few_for_all_that_can_be_asked() -> None:
    facts = ImageFacts(ImageFormat.JPG, 1000, 1500)
    plans = {
        canonical_plan(RenderPlan(width, height, ImageFormat.WEBP, quality, blur), facts, LIMITS)
        for width in range(1, 1000, 7)
        for height in (width // 2 + 1, width * 3 // 2)
        for quality in (1, 90)
        for blur in (0, 9)
    }
    assert len(plans) <= len(LONG_SIDES)
