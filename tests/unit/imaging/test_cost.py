"""How long a plan will take at most."""

from functools import partial
from math import isqrt

import pytest
from PIL import Image

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.formats import OUTPUT_FORMATS, ImageFormat
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.errors import TooLongError
from chalicelib.imaging.cost import decode_seconds, encode_seconds
from chalicelib.imaging.reading.opening import open_picture
from chalicelib.imaging.reading.png import is_quick
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pictures import encoded, scene


def test_every_format_has_a_price_that_grows_with_its_pixels() -> None:
    for image_format in ImageFormat:
        assert 0 < decode_seconds(image_format, 1_000_000) < decode_seconds(image_format, 2_000_000)
    for image_format in OUTPUT_FORMATS:
        plan = RenderPlan(1000, 1000, image_format, 90)
        assert 0 < encode_seconds(plan, 1) < encode_seconds(plan, 2)


def test_the_largest_still_picture_is_affordable_within_a_gateways_time() -> None:
    most = Limits().max_pixels
    for stored in ImageFormat:
        for made in OUTPUT_FORMATS:
            plan = RenderPlan(isqrt(most), isqrt(most), made, 90)
            assert decode_seconds(stored, most) + encode_seconds(plan, 1) < 25


def test_a_png_that_is_decoded_quickly_is_begun_where_another_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = RenderPlan(30, 20, ImageFormat.WEBP, 90)
    data = encoded(scene(1200, 800), "PNG")
    seconds = decode_seconds(ImageFormat.PNG, 1200 * 800)
    assert decode_seconds(ImageFormat.PNG, 1200 * 800, quick=True) < seconds / 2
    short = partial(Deadline.after, seconds * 0.7, lambda: 0.0)
    assert PillowRenderer().render(data, plan, short()).data
    monkeypatch.setattr("chalicelib.imaging.reading.png.libspng", lambda: None)
    with pytest.raises(TooLongError):
        PillowRenderer().render(data, plan, short())


@pytest.mark.parametrize(
    ("mode", "stored", "expected"),
    [
        ("RGB", "PNG", True),
        ("RGBA", "PNG", True),
        ("P", "PNG", True),
        ("I;16", "PNG", False),
        ("RGB", "BMP", False),
    ],
)
def test_a_png_is_quick_up_to_eight_bits(mode: str, stored: str, *, expected: bool) -> None:
    image = Image.new(mode, (4, 4))
    assert is_quick(open_picture(encoded(image, stored), Limits())) == expected
