"""What is made before anybody asks."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, StoredImage
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.options import NEGOTIABLE, ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import make_plan
from chalicelib.domain.variants.popular import Popular, popular_entry
from chalicelib.settings import Settings

FACTS = ImageFacts(ImageFormat.JPG, 1000, 1500)
ANIMATION = ImageFacts(ImageFormat.GIF, 300, 200, frames=12)
SIDES = st.none() | st.integers(-2, 900)
ASKED = st.builds(
    ImageProcessingOptions,
    width=SIDES,
    height=SIDES,
    max_width=SIDES,
    max_height=SIDES,
    fill_width=SIDES,
    fill_height=SIDES,
    quality=st.none() | st.integers(-1, 101),
    format=st.none() | st.sampled_from(RequestedFormat),
    accepted=st.frozensets(st.sampled_from(sorted(NEGOTIABLE))),
)


def _plans(text: str, facts: ImageFacts = FACTS) -> list[tuple[int, int, ImageFormat, int | None]]:
    plans = Popular.parse(text).plans(ImageType.PRIMARY, facts, Limits())
    return [(plan.width, plan.height, plan.format, plan.quality) for plan in plans]


def test_entries_look_like_the_ends_of_image_urls() -> None:
    assert _plans("Primary?fillWidth=100&fillHeight=150&quality=96") == [(100, 150, ImageFormat.WEBP, 96)]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [("avif", ImageFormat.AVIF), ("webp", ImageFormat.WEBP), ("none", ImageFormat.JPG)],
)
def test_accept_names_the_format_that_the_client_lists(accept: str, expected: ImageFormat) -> None:
    assert [plan[2] for plan in _plans(f"Primary?width=10&accept={accept}")] == [expected]


def test_only_the_image_types_own_entries_count_and_each_once() -> None:
    assert len(_plans("Primary?width=10 Primary?maxWidth=10 Thumb?width=11")) == 1


def test_what_is_answered_with_the_stored_bytes_is_not_made() -> None:
    assert _plans("Primary?maxWidth=5000&accept=none") == []


@pytest.mark.parametrize(
    "text", ["Poster?width=1", "Primary?size=1", "Primary?width=x", "Primary?accept=bmp", "Primary?x"]
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Popular.parse(text)


def test_the_default_can_be_read() -> None:
    default = Settings(table="t", originals_bucket="o", variants_bucket="v").popular
    assert {kind for kind, _ in Popular.parse(default).options} == {
        ImageType.PRIMARY,
        ImageType.THUMB,
        ImageType.BACKDROP,
    }


def _entry(
    options: ImageProcessingOptions, image_type: ImageType = ImageType.PRIMARY, facts: ImageFacts = FACTS
) -> str | None:
    plan = make_plan(facts, options, Limits())
    image = StoredImage(image_type, "tag", "originals/ta/tag", 1, facts, datetime.now(UTC))
    return popular_entry(image, options, plan, Limits()) if plan else None


@pytest.mark.parametrize(
    "entry",
    [
        "Primary?fillWidth=223&fillHeight=335&quality=96",
        "Backdrop?maxWidth=192&quality=80&accept=avif",
        "Logo?height=70&accept=none",
    ],
)
def test_what_was_asked_for_is_written_as_the_setting_has_it(entry: str) -> None:
    ((image_type, options),) = Popular.parse(entry).options
    assert _entry(options, image_type) == entry


@given(ASKED, st.sampled_from([FACTS, ANIMATION, replace(FACTS, format=ImageFormat.PNG, has_alpha=True)]))
def test_an_entry_makes_what_was_asked_for(options: ImageProcessingOptions, facts: ImageFacts) -> None:
    entry, plan = _entry(options, facts=facts), make_plan(facts, options, Limits())
    assert entry or options.format or plan is None
    if entry:
        assert list(Popular.parse(entry).plans(ImageType.PRIMARY, facts, Limits())) == [plan]


@given(ASKED)
def test_equal_asks_have_one_entry(options: ImageProcessingOptions) -> None:
    sides = ("width", "height", "max_width", "max_height", "fill_width", "fill_height")
    absent: dict[str, Any] = dict.fromkeys(side for side in sides if (getattr(options, side) or 0) <= 0)
    quality = None if options.quality is None else min(max(options.quality, 0), 100)
    assert _entry(options) == _entry(replace(options, quality=quality, **absent))


@pytest.mark.parametrize(
    ("facts", "options"),
    [
        (FACTS, ImageProcessingOptions(format=RequestedFormat.WEBP)),
        (ANIMATION, ImageProcessingOptions(width=100, format=RequestedFormat.AVIF)),
        (FACTS, ImageProcessingOptions(max_width=0, format=RequestedFormat.AVIF)),
    ],
)
def test_a_format_that_was_insisted_upon_has_no_entry_where_listing_it_gives_another_answer(
    facts: ImageFacts, options: ImageProcessingOptions
) -> None:
    assert _entry(options, facts=facts) is None


@pytest.mark.parametrize("size", [0, -5])
def test_a_size_that_is_none_is_not_in_the_entry(size: int) -> None:
    assert _entry(ImageProcessingOptions(width=100, max_width=size)) == "Primary?width=100&accept=none"


SMALL = ImageProcessingOptions(width=100)


@pytest.mark.parametrize(
    "options",
    [
        replace(SMALL, blur=5),
        replace(SMALL, percent_played=50.0),
        replace(SMALL, unplayed_count=3),
        replace(SMALL, foreground_layer="0.4"),
        replace(SMALL, format=RequestedFormat.PNG),
        replace(SMALL, format=RequestedFormat.ORIGINAL),
    ],
)
def test_what_no_entry_can_make_has_none(options: ImageProcessingOptions) -> None:
    assert _entry(options) is None


def test_what_is_said_and_draws_nothing_is_passed_over() -> None:
    said = replace(SMALL, blur=0, percent_played=0.0, unplayed_count=0, background_color="#fff")
    assert _entry(said) == "Primary?width=100&accept=none"
