"""A JPEG decoded at a fraction of its size still shows the whole picture, and nothing but it."""

from io import BytesIO

import pytest
from PIL import Image

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.formats import ImageFormat
from chalicelib.domain.plan import RenderPlan
from chalicelib.imaging.renderer import PillowRenderer
from tests.benchmarks.similarity import ssim
from tests.pictures import scene


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
    with Image.open(BytesIO(made.data)) as variant:
        assert ssim(variant, image.resize(plan.size, Image.Resampling.LANCZOS)) > 0.97
