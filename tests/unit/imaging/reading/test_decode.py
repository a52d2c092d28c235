"""A JPEG decoded at a fraction of its size still shows the whole picture, and nothing but it."""

from io import BytesIO

import pytest
from PIL import Image, ImageOps

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.geometry import fit_within
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.pictures import scene
from tests.tools.benchmarks.similarity import ssim

EXIF_ORIENTATION = 0x0112


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def _jpeg(image: Image.Image, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=95, **options)
    return stream.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("size", [(1361, 907), (1353, 905)])
@pytest.mark.parametrize("width", [111, 223, 446, 800])
def test_the_parts_of_pixels_at_the_edges_do_not_move_the_picture(
    *, mode: str, progressive: bool, size: tuple[int, int], width: int
) -> None:
    image = scene(*size).convert(mode)
    plan = RenderPlan(width, round(width * size[1] / size[0]), ImageFormat.PNG)
    made = PillowRenderer().render(_jpeg(image, progressive=progressive), plan, NO_DEADLINE)
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
