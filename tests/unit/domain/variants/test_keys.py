"""Keys of variants."""

import re

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.formats import OUTPUT_FORMATS, ImageFormat
from chalicelib.domain.variants.keys import (
    PIPELINE_VERSION,
    transient_key,
    transient_prefix,
    variant_key,
    variant_name,
    variant_prefix,
)
from chalicelib.domain.variants.plan import RenderPlan

TAG = "0123456789abcdef0123456789abcdef"
BYTES = st.integers(0, 255)
PLANS = st.builds(
    RenderPlan,
    width=st.integers(1, 120),
    height=st.integers(1, 120),
    format=st.sampled_from(sorted(OUTPUT_FORMATS)),
    quality=st.none() | st.integers(0, 100),
    blur=st.integers(0, 30),
    background=st.none() | st.tuples(BYTES, BYTES, BYTES, BYTES),
    foreground=BYTES,
    played=st.none() | st.integers(0, 120),
    unplayed=st.integers(0, 2**31),
    animated=st.booleans(),
)


def test_a_key_can_be_read() -> None:
    plan = RenderPlan(
        300,
        450,
        ImageFormat.WEBP,
        90,
        blur=5,
        background=(1, 2, 3, 255),
        foreground=153,
        played=0,
        unplayed=2,
    )
    name = "300x450-q90-blur5-bg010203ff-fg153-played0-unplayed2.webp"
    assert variant_key(TAG, plan) == f"variants/{TAG}/v{PIPELINE_VERSION}-{name}"
    assert variant_key(TAG, RenderPlan(1, 2, ImageFormat.PNG)).endswith("-1x2.png")


@given(PLANS)
def test_every_key_is_the_name_of_the_variant_under_a_prefix_of_the_image(plan: RenderPlan) -> None:
    assert variant_key(TAG, plan) == variant_prefix(TAG) + variant_name(plan)
    assert transient_key(TAG, plan) == transient_prefix(TAG) + variant_name(plan)


@given(PLANS, PLANS)
def test_plans_are_equal_exactly_when_their_keys_are(one: RenderPlan, other: RenderPlan) -> None:
    assert (one == other) == (variant_key(TAG, one) == variant_key(TAG, other))


@given(PLANS)
def test_a_key_needs_no_escaping(plan: RenderPlan) -> None:
    assert re.fullmatch(r"[a-z0-9/.-]+", variant_key(TAG, plan))
