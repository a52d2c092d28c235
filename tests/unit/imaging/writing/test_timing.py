"""Loop counts and frame times that a format cannot hold are clamped, not refused."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.writing.encode import Animation, encode_animation

MOVING = (ImageFormat.GIF, ImageFormat.WEBP, ImageFormat.PNG)
LONGEST = {ImageFormat.GIF: 655_350, ImageFormat.WEBP: 16_777_215, ImageFormat.PNG: 65_535_000}
MOST_PLAYS = {ImageFormat.GIF: 65_536, ImageFormat.WEBP: 65_535, ImageFormat.PNG: 2**31 - 1}


def made(
    image_format: ImageFormat, durations: list[int], plays: int = 0, *, alike: bool = False
) -> Image.Image:
    colours = [(200, 0, 0) if alike else (9 * n, 200, 0) for n in range(len(durations))]
    frames = [Image.new("RGB", (20, 10), colour) for colour in colours]
    plan = RenderPlan(20, 10, image_format, 90, animated=True)
    return Image.open(BytesIO(encode_animation(Animation(frames, durations, plays), plan)))


def times(image: Image.Image) -> list[int]:
    shown = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        image.load()
        shown.append(round(image.info.get("duration", 0)))
    return shown


def plays(image_format: ImageFormat, image: Image.Image) -> int:
    stated = image.info.get("loop")
    if image_format is not ImageFormat.GIF:
        return stated or 0
    return 1 if stated is None else stated + 1 if stated else 0


@pytest.mark.parametrize("image_format", MOVING)
@pytest.mark.parametrize("duration", [0, 1, 655_351, 16_777_216, 65_535_001, 2**32])
def test_a_frame_is_shown_as_long_as_the_format_can_say(image_format: ImageFormat, duration: int) -> None:
    shown = times(made(image_format, [duration, 100, 50]))
    assert shown[1:] == [100, 50]
    assert abs(shown[0] - min(duration, LONGEST[image_format])) <= max(duration / 1000, 10)


@pytest.mark.parametrize("image_format", MOVING)
@pytest.mark.parametrize("stated", [0, 1, 2, 65_535, 65_536, 65_537, 2**31 - 1, 2**32 - 1, 2**32])
def test_it_plays_as_often_as_the_format_can_say(image_format: ImageFormat, stated: int) -> None:
    image = made(image_format, [100, 100], stated)
    assert plays(image_format, image) == min(stated, MOST_PLAYS[image_format])


@given(
    st.sampled_from(MOVING),
    st.lists(st.integers(0, 2**40), min_size=2, max_size=6),
    st.integers(-1, 2**40),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_any_times_and_plays_are_written(
    image_format: ImageFormat,
    durations: list[int],
    often: int,
    alike: bool,  # noqa: FBT001  # Hypothesis gives it by place
) -> None:
    times(made(image_format, durations, often, alike=alike))


def test_a_gif_shortens_only_what_it_writes_as_one_frame() -> None:
    assert times(made(ImageFormat.GIF, [400_000, 400_000, 400_000])) == [400_000] * 3
    assert times(made(ImageFormat.GIF, [400_000, 400_000], alike=True)) == [655_350]


def test_a_webp_of_many_long_frames_does_not_count_past_its_clock() -> None:
    assert len(times(made(ImageFormat.WEBP, [2**24 - 1] * 200))) > 1


def test_an_apng_keeps_long_times_to_a_thousandth() -> None:
    assert times(made(ImageFormat.PNG, [70_001, 700_010, 7_000_100])) == [70_000, 700_000, 7_000_000]
