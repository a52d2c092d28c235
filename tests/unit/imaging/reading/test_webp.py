"""A WebP that libwebp makes smaller while it decodes is the same picture as Pillow's reader shows."""

from io import BytesIO

import pytest
from PIL import Image

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.errors import InvalidImageError
from chalicelib.imaging.reading.webp import decoded_webp
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pictures import QUADRANTS, quadrants, scene
from tests.tools.benchmarks.similarity import ssim

EXIF_ORIENTATION = 0x0112


def webp(image: Image.Image, **settings: object) -> bytes:
    stream = BytesIO()
    image.save(stream, "WEBP", **settings)
    return stream.getvalue()


@pytest.mark.parametrize("lossless", [False, True])
@pytest.mark.parametrize("size", [(401, 267), (200, 133), (37, 25), (1, 1)])
def test_a_scaled_picture_is_the_whole_picture(*, lossless: bool, size: tuple[int, int]) -> None:
    image = scene(401, 267)
    made = decoded_webp(webp(image, quality=95, lossless=lossless), size)
    assert made is not None
    assert (made.mode, made.size) == ("RGB", size)
    if min(size) > 8:
        assert ssim(made, image.resize(size, Image.Resampling.BOX)) > 0.97


@pytest.mark.parametrize("keep", [4, 40, 0.5])
def test_libwebp_refuses_what_is_cut_short(keep: float) -> None:
    data = webp(scene(401, 267))
    assert decoded_webp(data[: int(keep if keep > 1 else keep * len(data))], (100, 67)) is None


def test_and_a_caller_hears_of_it() -> None:
    data = webp(scene(401, 267))
    with pytest.raises(InvalidImageError):
        PillowRenderer().render(data[: len(data) // 2], RenderPlan(100, 67, ImageFormat.JPG, 90), NO_DEADLINE)


@pytest.mark.parametrize("made", [ImageFormat.JPG, ImageFormat.WEBP, ImageFormat.PNG])
def test_a_turned_picture_is_put_upright(made: ImageFormat) -> None:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    data = webp(quadrants(240, 160).transpose(Image.Transpose.ROTATE_90), exif=exif, quality=95)
    shown = Image.open(BytesIO(PillowRenderer().render(data, RenderPlan(60, 40, made, 90), NO_DEADLINE).data))
    corners = [shown.convert("RGB").getpixel(place) for place in ((5, 5), (54, 5), (5, 34), (54, 34))]
    for seen, meant in zip(corners, QUADRANTS, strict=True):
        assert all(abs(a - b) < 40 for a, b in zip(seen, meant, strict=True))  # type: ignore[arg-type]


def test_what_shines_through_is_left_to_pillow() -> None:
    image = scene(200, 100).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    made = PillowRenderer().render(webp(image), RenderPlan(50, 25, ImageFormat.PNG), NO_DEADLINE)
    assert Image.open(BytesIO(made.data)).mode == "RGBA"
