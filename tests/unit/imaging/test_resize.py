"""Making pictures smaller."""

import pytest
from PIL import Image, ImageChops, ImageStat

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.resize import filter_for, filter_for_frames, resized, resized_visible, resized_ycc
from tests.support.pictures import logo, scene

pytestmark = pytest.mark.usefixtures("either_engine")

BICUBIC, LANCZOS = Image.Resampling.BICUBIC, Image.Resampling.LANCZOS


def test_a_picture_of_the_right_size_is_left_alone() -> None:
    image = scene()
    assert resized(image, image.size) is image
    assert resized_visible(image, image.size, LANCZOS) is image
    assert resized_ycc(image, image.size) is image


@pytest.mark.parametrize(("resampling", "most"), [(BICUBIC, 60), (LANCZOS, 0)])
def test_around_a_logo_there_is_nothing(resampling: Image.Resampling, most: int) -> None:
    alpha = resized(logo(800, 300), (210, 79), resampling=resampling).getchannel("A")
    faint = sum(alpha.histogram()[1:6])
    assert faint <= most
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


def _in_the_corner(size: tuple[int, int], place: tuple[int, int]) -> Image.Image:
    canvas = Image.new("RGBA", size, (255, 255, 255, 0))
    canvas.paste(logo(120, 60), place)
    return canvas


@pytest.mark.parametrize("size", [(200, 150), (333, 77), (50, 200), (700, 600), (3, 2)])
@pytest.mark.parametrize("place", [(0, 0), (131, 77), (480, 240), (550, 280)])
@pytest.mark.parametrize("resampling", [BICUBIC, LANCZOS])
def test_leaving_out_what_cannot_be_seen_changes_nothing(
    size: tuple[int, int], place: tuple[int, int], resampling: Image.Resampling
) -> None:
    image = _in_the_corner((600, 300), place)
    whole = resized(image, size, None, resampling).convert("RGBa")
    visible = resized_visible(image, size, resampling).convert("RGBa")
    differences = ImageChops.difference(whole, visible).getextrema()
    # blocks that Pillow averages first begin elsewhere: a few levels
    assert max(highest for _, highest in differences) <= 8  # type: ignore[misc]  # four bands, four pairs


def test_of_an_invisible_picture_nothing_is_left() -> None:
    assert resized_visible(Image.new("RGBA", (40, 30), (255, 0, 0, 0)), (20, 15), LANCZOS).getbbox() is None


@pytest.mark.parametrize(
    ("shrink", "encoding", "quality", "expected"),
    [
        (1.5, ImageFormat.JPG, 90, BICUBIC),
        (1.5, ImageFormat.JPG, 96, LANCZOS),
        (2.5, ImageFormat.JPG, 90, LANCZOS),
        (1.5, ImageFormat.WEBP, 90, LANCZOS),
        (1.5, ImageFormat.PNG, None, BICUBIC),
    ],
)
def test_the_short_filter_is_for_where_it_is_not_seen(
    shrink: float, encoding: ImageFormat, quality: int | None, expected: Image.Resampling
) -> None:
    decoded = round(200 * shrink), round(100 * shrink)
    assert filter_for(decoded, RenderPlan(200, 100, encoding, quality)) is expected


@pytest.mark.parametrize(
    ("encoding", "quality", "expected"),
    [
        (ImageFormat.WEBP, 90, BICUBIC),
        (ImageFormat.WEBP, 96, LANCZOS),
        (ImageFormat.GIF, None, LANCZOS),
        (ImageFormat.PNG, None, LANCZOS),
    ],
)
def test_frames_that_lose_detail_get_the_short_filter(
    encoding: ImageFormat, quality: int | None, expected: Image.Resampling
) -> None:
    assert filter_for_frames(RenderPlan(200, 100, encoding, quality, animated=True)) is expected


def test_a_large_png_gets_the_long_filter() -> None:
    assert filter_for((1600, 1200), RenderPlan(800, 600, ImageFormat.PNG)) is LANCZOS


@pytest.mark.usefixtures("without_vectors")
def test_blocks_of_a_transparent_picture_are_averaged_first_too() -> None:
    image = scene(1200, 900).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    directly = image.convert("RGBa").resize((100, 75), BICUBIC, reducing_gap=2.0).convert("RGBA")
    assert (
        ImageChops.difference(resized(image, (100, 75), None, BICUBIC), directly).getbbox(alpha_only=False)
        is None
    )


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_a_box_is_all_that_is_resized(mode: str) -> None:
    image = scene(640, 480).convert(mode)
    boxed = resized(image, (100, 75), (100, 50, 300, 200))
    cut = resized(image.crop((100, 50, 300, 200)), (100, 75))
    inside = (4, 4, 96, 71)  # at the edges, the one sees what is beyond
    assert ImageChops.difference(boxed.crop(inside), cut.crop(inside)).getbbox(alpha_only=False) is None
