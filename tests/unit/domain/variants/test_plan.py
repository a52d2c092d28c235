"""Options become a plan, or the stored bytes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.formats import OUTPUT_FORMATS, ImageFormat
from chalicelib.domain.images.images import ImageFacts
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.options import NEGOTIABLE, ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import (
    STEP_QUALITY,
    Decision,
    RenderPlan,
    decide,
    make_plan,
    make_step_plan,
)
from chalicelib.errors import InvalidInputError

POSTER = ImageFacts(ImageFormat.JPG, 1000, 1500)
LOGO = ImageFacts(ImageFormat.PNG, 800, 310, has_alpha=True)
MOVING = ImageFacts(ImageFormat.GIF, 300, 300, frames=20)

NUMBERS = st.none() | st.integers(-(2**31), 2**31 - 1)
FACTS = st.builds(
    ImageFacts,
    format=st.sampled_from(ImageFormat),
    width=st.integers(1, 5000),
    height=st.integers(1, 5000),
    frames=st.sampled_from([1, 1, 2, 5000]),
    has_alpha=st.booleans(),
)
OPTIONS = st.builds(
    ImageProcessingOptions,
    width=NUMBERS,
    height=NUMBERS,
    max_width=NUMBERS,
    max_height=NUMBERS,
    fill_width=NUMBERS,
    fill_height=NUMBERS,
    quality=NUMBERS,
    percent_played=st.none() | st.floats(),
    unplayed_count=NUMBERS,
    blur=NUMBERS,
    background_color=st.none() | st.sampled_from(["", "#fff", "0000", "#80102030"]),
    foreground_layer=st.none() | st.text(max_size=5) | st.sampled_from(["0", "0.5", "1", "nan", "inf"]),
    format=st.none() | st.sampled_from(RequestedFormat),
    accepted=st.sets(st.sampled_from(sorted(NEGOTIABLE))).map(frozenset),
)


def planned(facts: ImageFacts = POSTER, **asked: object) -> RenderPlan:
    plan = make_plan(facts, ImageProcessingOptions(**asked))  # type: ignore[arg-type]
    assert plan
    return plan


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"quality": 90},
        {"quality": 100},
        {"max_width": 5000},
        {"width": 1000, "height": 1500},
        {"fill_width": 2000, "fill_height": 2000},
        {"width": 0},
        {"width": -5},
        {"blur": 0},
        {"percent_played": 0.0},
        {"percent_played": 100.0},
        {"percent_played": float("nan")},
        {"unplayed_count": 0},
        {"foreground_layer": "1"},
        {"background_color": "#369"},
        {"accepted": NEGOTIABLE},
        {"format": RequestedFormat.ORIGINAL},
        {"format": RequestedFormat.JPG},
    ],
)
def test_what_changes_no_pixel_is_answered_with_the_stored_bytes(asked: dict[str, object]) -> None:
    assert make_plan(POSTER, ImageProcessingOptions(**asked)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "asked", [{"format": RequestedFormat.AVIF}, {"accepted": frozenset({ImageFormat.AVIF})}]
)
def test_what_is_too_large_for_avif_is_answered_as_to_a_client_that_lists_none(
    asked: dict[str, object],
) -> None:
    large = ImageFacts(ImageFormat.JPG, 6000, 4000)
    assert make_plan(large, ImageProcessingOptions(**asked)) is None  # type: ignore[arg-type]
    smaller = make_plan(large, ImageProcessingOptions(width=5000, **asked))  # type: ignore[arg-type]
    assert smaller == RenderPlan(5000, 3333, ImageFormat.JPG, 90)


def test_an_original_is_the_original_however_large() -> None:
    large = ImageFacts(ImageFormat.AVIF, 6000, 4000)
    assert make_plan(large, ImageProcessingOptions(format=RequestedFormat.ORIGINAL)) is None
    assert make_plan(large, ImageProcessingOptions(accepted=frozenset({ImageFormat.AVIF}))) is None


@pytest.mark.parametrize(
    ("asked", "plan"),
    [
        ({"max_width": 300}, RenderPlan(300, 450, ImageFormat.JPG, 90)),
        ({"max_width": 300, "accepted": NEGOTIABLE}, RenderPlan(300, 450, ImageFormat.WEBP, 90)),
        ({"quality": 89}, RenderPlan(1000, 1500, ImageFormat.JPG, 89)),
        ({"quality": 101, "width": 100}, RenderPlan(100, 150, ImageFormat.JPG, 100)),
        ({"quality": -1}, RenderPlan(1000, 1500, ImageFormat.JPG, 0)),
        ({"format": RequestedFormat.PNG, "quality": 5}, RenderPlan(1000, 1500, ImageFormat.PNG)),
        ({"blur": 20}, RenderPlan(1000, 1500, ImageFormat.JPG, 90, blur=20)),
        ({"blur": 2**31 - 1}, RenderPlan(1000, 1500, ImageFormat.JPG, 90, blur=1500)),
        ({"foreground_layer": "0"}, RenderPlan(1000, 1500, ImageFormat.JPG, 90, foreground=255)),
        ({"foreground_layer": "0.5"}, RenderPlan(1000, 1500, ImageFormat.JPG, 90, foreground=127)),
        ({"foreground_layer": "0.25"}, RenderPlan(1000, 1500, ImageFormat.JPG, 90, foreground=191)),
        ({"foreground_layer": "abc"}, RenderPlan(1000, 1500, ImageFormat.JPG, 90, foreground=153)),
        ({"unplayed_count": 7}, RenderPlan(1000, 1500, ImageFormat.JPG, 90, unplayed=7)),
        (
            {"unplayed_count": 7, "percent_played": 50.0},
            RenderPlan(1000, 1500, ImageFormat.JPG, 90, played=500),
        ),
    ],
)
def test_options_become_effective_numbers(asked: dict[str, object], plan: RenderPlan) -> None:
    assert planned(POSTER, **asked) == plan


@pytest.mark.parametrize(("percent", "columns"), [(50.0, 100), (1.0, 2), (99.0, 197), (33.3, 66), (0.01, 0)])
def test_the_played_bar_fills_jellyfins_columns(percent: float, columns: int) -> None:
    assert planned(width=200, percent_played=percent).played == columns


def test_a_picture_with_alpha_gets_its_background() -> None:
    assert planned(LOGO, background_color="#80102030").background == (0x10, 0x20, 0x30, 0x80)
    assert make_plan(LOGO, ImageProcessingOptions(background_color="#00102030")) is None


def test_a_jpg_of_a_picture_with_alpha_is_on_the_background_else_on_black() -> None:
    jpg = RequestedFormat.JPG
    assert planned(LOGO, format=jpg).background == (0, 0, 0, 255)
    assert planned(LOGO, format=jpg, background_color="#369").background == (0x33, 0x66, 0x99, 255)
    assert planned(LOGO, format=jpg, background_color="#80ffffff").background == (128, 128, 128, 255)


def test_a_lossless_picture_is_not_made_anew_for_a_quality_that_it_does_not_have() -> None:
    assert make_plan(LOGO, ImageProcessingOptions(quality=10)) is None
    assert planned(LOGO, quality=10, accepted=NEGOTIABLE).format is ImageFormat.WEBP


def test_a_bad_colour_is_refused_even_where_it_would_not_show() -> None:
    with pytest.raises(InvalidInputError):
        make_plan(POSTER, ImageProcessingOptions(background_color="nope"))


@pytest.mark.parametrize("stored", [ImageFormat.WEBP, ImageFormat.TIFF, ImageFormat.BMP, ImageFormat.AVIF])
def test_what_not_every_client_shows_is_made_anew_unless_the_original_is_asked_for(
    stored: ImageFormat,
) -> None:
    facts = ImageFacts(stored, 100, 100)
    assert planned(facts).size == (100, 100)
    assert make_plan(facts, ImageProcessingOptions(format=RequestedFormat.ORIGINAL)) is None


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ({}, ImageFormat.GIF),
        ({"accepted": NEGOTIABLE}, ImageFormat.WEBP),
        ({"format": RequestedFormat.PNG}, ImageFormat.PNG),
    ],
)
def test_an_animation_stays_one(asked: dict[str, object], made: ImageFormat) -> None:
    plan = planned(MOVING, max_width=50, **asked)
    assert (plan.format, plan.animated) == (made, True)


def test_a_format_that_cannot_move_holds_the_first_frame() -> None:
    assert not planned(MOVING, format=RequestedFormat.JPG).animated
    assert not planned(MOVING, format=RequestedFormat.AVIF).animated


@pytest.mark.parametrize("asked", [None, RequestedFormat.GIF, RequestedFormat.ORIGINAL])
def test_an_animation_over_the_budget_is_answered_as_stored(asked: RequestedFormat | None) -> None:
    limits = Limits(max_rendered_animation_pixels=1000)
    options = ImageProcessingOptions(max_width=50, format=asked, accepted=NEGOTIABLE)
    assert make_plan(MOVING, options, limits) is None


def test_an_animation_over_the_budget_gives_its_first_frame_to_who_insists_on_another_format() -> None:
    limits = Limits(max_rendered_animation_pixels=1000)
    options = ImageProcessingOptions(max_width=50, format=RequestedFormat.WEBP)
    plan = make_plan(MOVING, options, limits)
    assert plan == RenderPlan(50, 50, ImageFormat.WEBP, 90)


@pytest.mark.parametrize(
    ("facts", "asked", "varies"),
    [
        (POSTER, {}, False),
        (POSTER, {"max_width": 300}, True),
        (POSTER, {"max_width": 300, "format": RequestedFormat.JPG}, False),
        (POSTER, {"max_width": 300, "format": RequestedFormat.ORIGINAL}, False),
        (ImageFacts(ImageFormat.WEBP, 9, 9), {}, True),
        (ImageFacts(ImageFormat.TIFF, 9, 9), {}, True),
    ],
)
def test_an_answer_varies_by_accept_only_where_accept_decides(
    facts: ImageFacts,
    asked: dict[str, object],
    varies: bool,  # noqa: FBT001  # a column of the table
) -> None:
    options = ImageProcessingOptions(**asked)  # type: ignore[arg-type]
    assert decide(facts, options).varies is varies


@given(FACTS, OPTIONS)
def test_every_plan_can_be_carried_out(facts: ImageFacts, options: ImageProcessingOptions) -> None:
    plan = make_plan(facts, options)
    if plan is None:
        return
    assert 1 <= plan.width <= facts.width
    assert 1 <= plan.height <= facts.height
    assert plan.format in OUTPUT_FORMATS
    assert plan.quality is None or 0 <= plan.quality <= 100
    assert 0 <= plan.blur <= max(plan.size)
    assert 0 <= plan.foreground <= 255
    assert plan.played is None or 0 <= plan.played < plan.width
    assert plan.unplayed >= 0
    assert not (plan.animated and not facts.is_animated)
    assert plan.format is not ImageFormat.JPG or not facts.has_alpha or plan.background


@given(FACTS, OPTIONS)
def test_when_accept_does_not_matter_every_client_gets_the_same_plan(
    facts: ImageFacts, options: ImageProcessingOptions
) -> None:
    if not decide(facts, options).varies:
        assert make_plan(facts, options) == make_plan(facts, replace(options, accepted=frozenset()))


@given(FACTS, OPTIONS)
def test_a_decision_is_what_planning_for_each_class_of_clients_gives(
    facts: ImageFacts, options: ImageProcessingOptions
) -> None:
    webp = frozenset({ImageFormat.WEBP})
    classes = (frozenset[ImageFormat](), webp, NEGOTIABLE - webp, NEGOTIABLE)
    plans = {make_plan(facts, replace(options, accepted=accepted)) for accepted in classes}
    assert decide(facts, options) == Decision(make_plan(facts, options), len(plans) > 1)


@pytest.mark.parametrize(
    ("asked", "over"),
    [
        ({"width": 9}, False),
        ({"background_color": "#fff"}, False),
        ({"unplayed_count": 3}, True),
        ({"percent_played": 50.0}, True),
        ({"blur": 5}, True),
        ({"foreground_layer": "0.5"}, True),
    ],
)
def test_badge_bar_foreground_and_blur_are_drawn_over(
    asked: dict[str, object],
    over: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert planned(LOGO, format=RequestedFormat.WEBP, **asked).is_drawn_over is over


def test_a_step_is_a_good_jpg_or_where_something_shines_through_a_png() -> None:
    assert make_step_plan(POSTER, 480) == RenderPlan(320, 480, ImageFormat.JPG, STEP_QUALITY)
    assert make_step_plan(LOGO, 480) == RenderPlan(480, 186, ImageFormat.PNG)


def test_no_step_is_made_of_what_is_small_or_moves() -> None:
    assert make_step_plan(POSTER, 1500) is None
    assert make_step_plan(MOVING, 100) is None
