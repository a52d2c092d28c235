"""The size of a variant."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.variants.geometry import Size, fit_within, target_size
from chalicelib.domain.variants.options import ImageProcessingOptions
from tests.unit.domain.variants.size_vectors import VECTORS

SIDES = st.integers(1, 16_383)
SIZES = st.tuples(SIDES, SIDES)
ASKED = st.none() | st.integers(-5, 20_000) | st.sampled_from([2**31 - 1, -(2**31)])
OPTIONS = st.builds(
    ImageProcessingOptions,
    width=ASKED,
    height=ASKED,
    max_width=ASKED,
    max_height=ASKED,
    fill_width=ASKED,
    fill_height=ASKED,
)


@pytest.mark.parametrize(("source", "asked", "expected"), VECTORS)
def test_sizes_are_jellyfins(source: Size, asked: dict[str, int], expected: Size) -> None:
    at_least_a_pixel = max(expected[0], 1), max(expected[1], 1)
    assert target_size(source, ImageProcessingOptions(**asked)) == at_least_a_pixel  # type: ignore[arg-type]


@given(SIZES, OPTIONS)
def test_a_variant_has_pixels_and_is_never_larger_than_the_source(
    source: Size, options: ImageProcessingOptions
) -> None:
    width, height = target_size(source, options)
    assert 1 <= width <= source[0]
    assert 1 <= height <= source[1]


@given(SIZES)
def test_nothing_asked_changes_nothing(source: Size) -> None:
    assert target_size(source, ImageProcessingOptions()) == source


@given(SIZES, OPTIONS)
def test_what_is_not_positive_counts_as_absent(source: Size, options: ImageProcessingOptions) -> None:
    names = ("width", "height", "max_width", "max_height", "fill_width", "fill_height")
    absent = {name: None for name in names if (getattr(options, name) or 0) <= 0}
    assert target_size(source, options) == target_size(source, replace(options, **absent))  # type: ignore[arg-type]  # sizes all


@given(SIZES, st.integers(1, 20_000), st.integers(1, 20_000))
def test_a_maximum_is_kept_and_the_shape_with_it(source: Size, max_width: int, max_height: int) -> None:
    options = ImageProcessingOptions(max_width=max_width, max_height=max_height)
    width, height = target_size(source, options)
    assert width <= max_width
    assert height <= max_height
    scale = min(1.0, max_width / source[0], max_height / source[1])
    # Half a pixel that a short side is rounded by is so much more of the long one.
    assert abs(width - source[0] * scale) <= 1 + source[0] / source[1]
    assert abs(height - source[1] * scale) <= 1 + source[1] / source[0]


@given(SIZES, st.integers(1, 20_000), st.integers(1, 20_000))
def test_a_fill_box_within_the_source_is_covered(source: Size, fill_width: int, fill_height: int) -> None:
    box = min(fill_width, source[0]), min(fill_height, source[1])
    width, height = target_size(source, ImageProcessingOptions(fill_width=box[0], fill_height=box[1]))
    assert width >= box[0]
    assert height >= box[1]


@given(SIZES, SIZES)
def test_both_sides_within_the_source_are_taken_as_they_are(source: Size, asked: Size) -> None:
    size = min(asked[0], source[0]), min(asked[1], source[1])
    assert target_size(source, ImageProcessingOptions(width=size[0], height=size[1])) == size


@given(SIZES, SIDES)
def test_a_step_has_the_long_side_asked_for_or_the_sources(source: Size, long_side: int) -> None:
    assert max(fit_within(source, long_side)) == min(max(source), long_side)
    assert min(fit_within(source, long_side)) >= 1
