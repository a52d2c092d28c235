"""Which steps an original gets, and which of them a variant is made from."""

from dataclasses import replace
from datetime import UTC, datetime
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageDetails, ImageFacts, ImageType, Step, StoredImage
from chalicelib.domain.variants.ladder import best_step, parse_ladder, plan_steps, step_prefix, work
from chalicelib.domain.variants.plan import RenderPlan

TAG = "a" * 32
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
LADDER = (1920, 960, 480)
SIDES = st.integers(1, 9000)


def _image(width: int, height: int, ladder: tuple[int, ...] = LADDER) -> StoredImage:
    its_facts = ImageFacts(ImageFormat.JPG, width, height)
    steps = tuple(Step(key, plan.width, plan.height, 1) for key, plan in plan_steps(TAG, its_facts, ladder))
    details = ImageDetails("", steps=steps)
    return StoredImage(ImageType.PRIMARY, TAG, f"originals/{TAG}", 1, its_facts, NOON, details)


def _plan(width: int, height: int) -> RenderPlan:
    return RenderPlan(width, height, ImageFormat.WEBP, 90)


@pytest.mark.parametrize(
    ("text", "sides"), [("1920,960,480", LADDER), (" 480, 1920,480", (1920, 480)), ("", ())]
)
def test_a_ladder_is_read_from_large_to_small(text: str, sides: tuple[int, ...]) -> None:
    assert parse_ladder(text) == sides


@pytest.mark.parametrize(
    ("size", "widths"),
    [((6000, 4000), [1920, 960, 480]), ((1920, 1080), [960, 480]), ((300, 961), [300, 150]), ((480, 9), [])],
)
def test_a_step_as_large_as_the_original_is_left_out(size: tuple[int, int], widths: list[int]) -> None:
    assert len(plan_steps(TAG, ImageFacts(ImageFormat.JPG, *size), LADDER)) == len(widths)


def test_a_moving_picture_has_no_steps() -> None:
    assert plan_steps(TAG, ImageFacts(ImageFormat.GIF, 2000, 2000, frames=2), LADDER) == ()


def test_the_smallest_step_that_is_large_enough_is_used() -> None:
    image = _image(6000, 4000)
    assert [
        step and step.width
        for step in (
            best_step(image, _plan(width, width * 2 // 3)) for width in (2000, 1500, 1400, 700, 300, 10)
        )
    ] == [None, None, 1920, 960, 480, 480]


def test_both_sides_must_be_large_enough() -> None:
    step = best_step(_image(6000, 4000), _plan(300, 450))
    assert step
    assert step.width == 960


def test_nothing_moving_is_made_from_a_step() -> None:
    assert best_step(_image(6000, 4000), replace(_plan(30, 20), animated=True)) is None


def test_without_details_there_is_no_step() -> None:
    assert best_step(replace(_image(6000, 4000), details=None), _plan(30, 20)) is None


def test_a_step_made_otherwise_is_not_used() -> None:
    image = _image(6000, 4000)
    old = ImageDetails("", steps=(Step(f"{step_prefix(TAG)}v0-480.jpg", 480, 320, 1),))
    assert best_step(replace(image, details=old), _plan(30, 20)) is None


@given(SIDES, SIDES, SIDES, SIDES)
def test_a_step_that_is_used_is_larger_than_the_variant_and_no_smaller_one_would_do(
    width: int, height: int, wanted_width: int, wanted_height: int
) -> None:
    image, plan = _image(width, height), _plan(wanted_width, wanted_height)
    assert image.details
    step = best_step(image, plan)
    large = [
        s for s in image.details.steps if s.width > wanted_width * 1.5 and s.height > wanted_height * 1.5
    ]
    if step:
        assert step.width > wanted_width
        assert step.height > wanted_height
        assert all(step.width <= other.width for other in large)
    else:
        assert large == []


def test_work_is_the_megapixels_read_and_those_written_by_their_format() -> None:
    image = _image(6000, 4000)
    original, step = 24, 1920 * 1280 / 1_000_000
    assert work(image, _plan(3000, 2000)) == original + 5 * 6
    assert work(image, _plan(1400, 933)) == ceil(step + 5 * 1400 * 933 / 1_000_000)
    assert work(image, _plan(10, 6)) == 1


def test_the_work_of_an_animation_is_all_its_frames() -> None:
    moving = replace(
        _image(1000, 1000), facts=ImageFacts(ImageFormat.GIF, 1000, 1000, frames=7), details=None
    )
    assert [work(moving, replace(_plan(9, 9), animated=animated)) for animated in (True, False)] == [8, 2]
