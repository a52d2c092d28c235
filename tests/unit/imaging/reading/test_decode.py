"""A JPEG decoded at a fraction of its size still shows the whole picture, and nothing but it."""

from functools import cache
from io import BytesIO

import pytest
from PIL import Image, ImageOps

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.geometry import Size, fit_within
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.reading.decode import at_size, decode
from chalicelib.imaging.reading.jpeg import jpeg_pixels
from chalicelib.imaging.reading.opening import open_picture
from chalicelib.imaging.renderer import PillowRenderer
from chalicelib.imaging.resize import FINE_GAP
from tests.support.pictures import scene
from tests.tools.benchmarks.similarity import ssim

EXIF_ORIENTATION = 0x0112


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def _jpeg(image: Image.Image, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=95, **options)
    return stream.getvalue()


@cache
def _stored_scene(size: Size, mode: str, *, progressive: bool) -> bytes:
    return _jpeg(scene(*size).convert(mode), progressive=progressive)


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("size", [(1361, 907), (1353, 905)])
@pytest.mark.parametrize("width", [111, 223, 446, 800])
def test_the_parts_of_pixels_at_the_edges_do_not_move_the_picture(
    *, mode: str, progressive: bool, size: tuple[int, int], width: int
) -> None:
    image = scene(*size).convert(mode)
    plan = RenderPlan(width, round(width * size[1] / size[0]), ImageFormat.PNG)
    made = PillowRenderer().render(_stored_scene(size, mode, progressive=progressive), plan, NO_DEADLINE)
    assert ssim(_opened(made.data), image.resize(plan.size, Image.Resampling.LANCZOS)) > 0.97


@pytest.mark.parametrize("orientation", range(2, 9))
def test_nor_do_they_move_a_picture_that_is_turned(orientation: int) -> None:
    image = scene(1361, 907)
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    turned = ImageOps.exif_transpose(_opened(_jpeg(image, exif=exif)))
    plan = RenderPlan(*fit_within(turned.size, 446), ImageFormat.PNG)
    made = PillowRenderer().render(_jpeg(image, exif=exif), plan, NO_DEADLINE)
    assert ssim(_opened(made.data), turned.resize(plan.size, Image.Resampling.LANCZOS)) > 0.97


@pytest.mark.parametrize(
    ("needed", "decoded"),
    [
        ((600, 400), (681, 454)),
        ((510, 340), (511, 341)),
        ((511, 340), (681, 454)),
        ((340, 226), (341, 227)),
        ((700, 400), (1361, 907)),
    ],
)
@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
def test_a_jpeg_is_decoded_at_the_fewest_eighths_that_suffice(
    needed: Size, decoded: Size, subsampling: str
) -> None:
    image = scene(1361, 907)
    picture = open_picture(_jpeg(image, subsampling=subsampling), Limits())
    made, box = jpeg_pixels(picture, needed, keep_ycc=True)
    assert made.size == decoded
    whole = box or (0, 0, *made.size)
    assert whole[2] / image.width == pytest.approx(whole[3] / image.height)
    assert ssim(made.resize((223, 149), Image.Resampling.LANCZOS, whole), image.resize((223, 149))) > 0.97


def _flat(size: Size) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, (40, 90, 160)).save(stream, "BMP")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("size", "quality", "averaged_further"),
    [((3000, 2700), 90, True), ((3000, 2700), 96, False), ((1000, 900), 90, False)],
    ids=["a camera's, lossy", "a camera's, fine", "an artwork's"],
)
def test_what_is_decoded_whole_is_averaged_further_where_the_variant_loses_detail_anyway(
    size: Size, quality: int, *, averaged_further: bool
) -> None:
    plan = RenderPlan(300, 270, ImageFormat.JPG, quality)
    decoded = decode(open_picture(_flat(size), Limits()), plan)
    assert (decoded.gap < FINE_GAP) == averaged_further
    assert at_size(decoded, plan).size == plan.size
