"""Blur, background, foreground."""

from math import erf, sqrt

from PIL import Image

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.drawing.compose import blurred, in_rgb, on_background, under_foreground
from tests.support.pictures import scene

PLAIN = RenderPlan(60, 40, ImageFormat.PNG)


def test_a_step_that_is_not_asked_for_returns_its_input() -> None:
    image = Image.new("RGB", (60, 40), "red")
    for step in (in_rgb, blurred, on_background, under_foreground):
        assert step(image, PLAIN) is image


def test_a_blur_does_not_darken_the_edges() -> None:
    white = Image.new("RGB", (60, 40), "white")
    for sigma in (1, 3, 8, 20, 60):
        image = blurred(white, RenderPlan(60, 40, ImageFormat.PNG, blur=sigma))
        assert image.size == (60, 40)
        assert image.getextrema() == ((255, 255),) * 3


def test_a_blur_spreads_an_edge_as_far_as_its_sigma_says() -> None:
    image = Image.new("L", (200, 20))
    image.paste(255, (100, 0, 200, 20))
    for sigma in (2, 10, 24):
        row = blurred(image, RenderPlan(200, 20, ImageFormat.PNG, blur=sigma))
        for place in (-sigma, 0, sigma):
            expected = 255 * (1 + erf((place + 0.5) / sigma / sqrt(2))) / 2
            assert abs(row.getpixel((100 + place, 10)) - expected) < 8  # type: ignore[operator]


def test_a_stronger_blur_leaves_less_detail() -> None:
    def detail(sigma: int) -> int:
        image = blurred(scene().convert("L"), RenderPlan(300, 200, ImageFormat.PNG, blur=sigma))
        low, high = image.getextrema()
        return int(high - low)  # type: ignore[operator]

    assert detail(1) > detail(5) > detail(15) > detail(50)


def test_a_blurred_logo_keeps_its_colour_at_its_edge() -> None:
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    image.paste((255, 255, 255, 255), (20, 0, 40, 40))
    soft = blurred(image, RenderPlan(60, 40, ImageFormat.PNG, blur=4))
    for x in range(60):
        red, _, _, alpha = soft.getpixel((x, 20))  # type: ignore[misc]
        assert alpha < 16 or red > 230


def test_an_opaque_background_leaves_nothing_transparent() -> None:
    image = Image.new("RGBA", (60, 40), (255, 0, 0, 128))
    painted = on_background(image, RenderPlan(60, 40, ImageFormat.PNG, background=(0, 0, 255, 255)))
    assert painted.mode == "RGB"
    assert painted.getpixel((5, 5)) == (128, 0, 127)


def test_a_translucent_background_shines_through() -> None:
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    painted = on_background(clear, RenderPlan(60, 40, ImageFormat.PNG, background=(1, 2, 3, 100)))
    assert painted.getpixel((5, 5)) == (1, 2, 3, 100)


def test_a_foreground_is_black_of_its_alpha() -> None:
    white = Image.new("RGB", (60, 40), "white")
    for alpha, left in ((153, 102), (127, 128), (191, 64), (255, 0)):
        plan = RenderPlan(60, 40, ImageFormat.PNG, foreground=alpha)
        assert under_foreground(white, plan).getpixel((3, 3)) == (left, left, left)


def test_a_foreground_covers_what_is_transparent_too() -> None:
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    plan = RenderPlan(60, 40, ImageFormat.PNG, foreground=153)
    assert under_foreground(clear, plan).getpixel((3, 3)) == (0, 0, 0, 153)


def test_ycc_is_left_only_for_what_needs_rgb() -> None:
    image = Image.new("YCbCr", (60, 40))
    assert in_rgb(image, RenderPlan(60, 40, ImageFormat.JPG, 90)) is image
    assert in_rgb(image, RenderPlan(60, 40, ImageFormat.WEBP, 90)).mode == "RGB"
    assert in_rgb(image, RenderPlan(60, 40, ImageFormat.JPG, 90, blur=1)).mode == "RGB"
