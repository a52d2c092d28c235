"""The played bar and the unplayed badge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.drawing.indicators import with_played_bar, with_unplayed_badge
from chalicelib.imaging.reading.transfer import srgb

BLUE = (0, 164, 220)
BADGE_BLUE = (0, 137, 188)
BAR_ON_WHITE = (102, 102, 102)


def white(width: int = 200, height: int = 300) -> Image.Image:
    return Image.new("RGB", (width, height), "white")


def badge(width: int, height: int, count: int) -> Image.Image:
    plan = RenderPlan(width, height, ImageFormat.PNG, unplayed=count)
    return with_unplayed_badge(white(width, height), plan)


def drawn_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(image, white(*image.size)).getbbox()


@pytest.mark.parametrize("played", [0, 1, 100, 199])
def test_the_bar_has_jellyfins_geometry(played: int) -> None:
    image = with_played_bar(white(), RenderPlan(200, 300, ImageFormat.PNG, played=played))
    assert drawn_box(image) == (0, 291, 199, 300)
    row = [image.getpixel((x, 295)) for x in range(200)]
    assert row == [BLUE] * played + [BAR_ON_WHITE] * (199 - played) + [(255, 255, 255)]


def test_a_bar_on_a_transparent_picture_can_be_seen() -> None:
    clear = Image.new("RGBA", (200, 300), (0, 0, 0, 0))
    image = with_played_bar(clear, RenderPlan(200, 300, ImageFormat.PNG, played=100))
    assert image.getpixel((50, 295)) == (*BLUE, 255)
    assert image.getpixel((150, 295)) == (0, 0, 0, 0x99)
    assert image.getpixel((150, 290)) == (0, 0, 0, 0)


@given(st.integers(1, 120), st.integers(1, 120), st.data())
@settings(max_examples=60)
def test_a_bar_leaves_most_of_a_small_picture_free(width: int, height: int, data: st.DataObject) -> None:
    played = data.draw(st.integers(0, width - 1))
    image = with_played_bar(white(width, height), RenderPlan(width, height, ImageFormat.PNG, played=played))
    box = drawn_box(image)
    if box:
        assert height - box[1] <= max(1, round(height * 0.09) + 1)


def test_the_badge_has_jellyfins_place_and_size() -> None:
    image = badge(200, 300, 7)
    assert drawn_box(image) == (142, 18, 182, 58)
    assert image.getpixel((162, 22)) == BADGE_BLUE


def luminance(colour: tuple[int, ...]) -> float:
    """Return the relative luminance of WCAG 2."""
    red, green, blue = (srgb(level / 255) for level in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ground", ["white", "black", "#00a4dc", "#808080"])
@pytest.mark.parametrize("side", [40, 60, 90, 150, 300, 600])
def test_digits_can_be_read_on_every_ground(ground: str, side: int) -> None:
    """Large text needs a contrast of 3 (WCAG 2, 1.4.3)."""
    plan = RenderPlan(side, side, ImageFormat.PNG, unplayed=8)
    made = with_unplayed_badge(Image.new("RGB", (side, side), ground), plan)
    box = ImageChops.difference(made, Image.new("RGB", made.size, ground)).getbbox()
    assert box
    middle = (box[1] + box[3]) // 2
    row = [made.getpixel((x, middle)) for x in range(box[0] + 2, box[2] - 2)]
    levels = sorted(luminance(pixel) for pixel in row if isinstance(pixel, tuple))
    assert (levels[-1] + 0.05) / (levels[0] + 0.05) > 3


@pytest.mark.parametrize("width", [20, 40, 60, 90])
def test_on_a_small_picture_the_marks_take_little_and_lie_in_the_corner(width: int) -> None:
    box = drawn_box(badge(width, width * 3 // 2, 7))
    assert box
    assert box[2] - box[0] <= max(width * 0.4, 10)
    assert box[2] - box[0] >= 10
    assert max(width - box[2], box[1]) <= width * 0.06
    height = width * 3 // 2
    plan = RenderPlan(width, height, ImageFormat.PNG, played=width // 2)
    bar = drawn_box(with_played_bar(white(width, height), plan))
    assert bar
    assert height - bar[1] <= max(height * 0.055, 2)


def test_the_edge_of_the_badge_is_smooth() -> None:
    image = badge(200, 300, 7)
    row = {image.getpixel((x, 20)) for x in range(200)}
    assert len(row) > 3


@pytest.mark.parametrize("count", [1, 8, 11, 88, 111, 888, 1500])
def test_the_text_is_in_the_middle(count: int) -> None:
    image = badge(200, 300, count)
    box = drawn_box(image)
    assert box
    text = image.crop(box).getchannel("R").point([0] * 120 + [255] * 136)
    inside = text.crop((6, 6, text.width - 6, text.height - 6)).getbbox()
    assert inside
    left, top, right, bottom = inside
    assert abs((left + right) / 2 - (text.width / 2 - 6)) <= 1.5
    assert abs((top + bottom) / 2 - (text.height / 2 - 6)) <= 1.5


@given(st.integers(20, 300), st.integers(20, 300), st.integers(1, 2**31 - 1))
@settings(max_examples=80)
def test_a_badge_fits_every_picture_at_every_count(width: int, height: int, count: int) -> None:
    box = drawn_box(badge(width, height, count))
    assert box
    left, top, right, bottom = box
    assert left >= 0
    assert 0 < top < bottom < height
    assert right < width
    assert bottom - top <= min(width, height) / 2 + 1
    assert right - left >= bottom - top - 1


@pytest.mark.parametrize("side", [20, 24, 32, 48, 64, 99])
def test_a_small_picture_has_a_small_badge_with_white_text(side: int) -> None:
    black = Image.new("RGB", (side, side))
    image = with_unplayed_badge(black, RenderPlan(side, side, ImageFormat.PNG, unplayed=8))
    _, brightest = image.getchannel("R").getextrema()
    assert brightest > 110  # type: ignore[operator]


def test_a_badge_on_a_transparent_picture_keeps_its_colour() -> None:
    clear = Image.new("RGBA", (200, 300), (0, 0, 0, 0))
    image = with_unplayed_badge(clear, RenderPlan(200, 300, ImageFormat.PNG, unplayed=1))
    red, green, blue, alpha = image.getpixel((150, 40))  # type: ignore[misc]
    assert (red, green, blue) == BADGE_BLUE
    assert alpha == 255
    assert image.getpixel((100, 100)) == (0, 0, 0, 0)
