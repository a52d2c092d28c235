"""How long a plan will take at most."""

from math import isqrt

from chalicelib.domain.images.formats import OUTPUT_FORMATS, ImageFormat
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.cost import decode_seconds, encode_seconds


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
