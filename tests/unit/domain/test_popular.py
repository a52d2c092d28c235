"""What is made before anybody asks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.formats import ImageFormat
from chalicelib.domain.images import ImageFacts, ImageType
from chalicelib.domain.limits import Limits
from chalicelib.domain.options import NEGOTIABLE, ImageProcessingOptions, RequestedFormat
from chalicelib.domain.plan import make_plan
from chalicelib.domain.popular import Popular, popular_entry
from chalicelib.settings import Settings

FACTS = ImageFacts(ImageFormat.JPG, 1000, 1500)
SIDES = st.none() | st.integers(1, 900)
ASKED = st.builds(
    ImageProcessingOptions,
    width=SIDES,
    height=SIDES,
    max_width=st.integers(1, 900),
    max_height=SIDES,
    fill_width=SIDES,
    fill_height=SIDES,
    quality=st.none() | st.integers(-1, 101),
    format=st.sampled_from([None, RequestedFormat.WEBP, RequestedFormat.AVIF]),
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


def _entry(options: ImageProcessingOptions, image_type: ImageType = ImageType.PRIMARY) -> str | None:
    plan = make_plan(FACTS, options, Limits())
    return popular_entry(image_type, options, plan) if plan else None


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


@given(ASKED)
def test_an_entry_makes_what_was_asked_for(options: ImageProcessingOptions) -> None:
    entry = _entry(options)
    assert entry
    assert list(Popular.parse(entry).plans(ImageType.PRIMARY, FACTS, Limits())) == [
        make_plan(FACTS, options, Limits())
    ]


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
