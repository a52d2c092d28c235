"""Making pictures smaller."""

import pytest
from PIL import Image, ImageChops, ImageStat

from chalicelib.imaging.resize import resized, resized_ycc
from tests.pictures import logo, scene


def test_a_picture_of_the_right_size_is_left_alone() -> None:
    image = scene()
    assert resized(image, image.size) is image
    assert resized_ycc(image, image.size) is image


@pytest.mark.parametrize("lossless", [True, False])
def test_around_a_logo_there_is_nothing(lossless: bool) -> None:  # noqa: FBT001  # both ways
    alpha = resized(logo(800, 300), (210, 79), lossless=lossless).getchannel("A")
    faint = sum(alpha.histogram()[1:6])
    assert faint <= (60 if lossless else 0)
    assert alpha.getpixel((105, 39)) == 255
    assert alpha.getpixel((2, 2)) == 0


def test_resizing_in_ycc_looks_like_resizing_in_rgb() -> None:
    image = scene(640, 480)
    plain = resized(image, (201, 151))
    apart = resized_ycc(image.convert("YCbCr"), (201, 151))
    luma = ImageChops.difference(plain.convert("YCbCr").getchannel("Y"), apart.getchannel("Y"))
    assert ImageStat.Stat(luma).mean[0] < 1
    assert apart.size == (201, 151)


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (639, 479), (320, 240)])
def test_ycc_fits_every_size(size: tuple[int, int]) -> None:
    assert resized_ycc(Image.new("YCbCr", (640, 480)), size).size == size
