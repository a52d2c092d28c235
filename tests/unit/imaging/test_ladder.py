"""A variant made from a step looks like one made from the original."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageDetails, ImageType, Step, StoredImage
from chalicelib.domain.variants.ladder import best_step, plan_steps
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.renderer import PillowRenderer
from tests.support.deployed_service import photo
from tests.support.fakes.accounts import NOON
from tests.support.pictures import scene
from tests.tools.benchmarks.similarity import ssim

TAG = "a" * 32
RENDERER = PillowRenderer()


def _encoded(name: str, mode: str) -> bytes:
    stream = BytesIO()
    picture = scene(3000, 2000).convert(mode)
    if mode == "RGBA":
        picture.putalpha(Image.radial_gradient("L").resize(picture.size))
    picture.save(stream, name, compress_level=1)  # of PNG: what it shows is the same
    return stream.getvalue()


def _climbed(data: bytes) -> tuple[StoredImage, dict[str, bytes]]:
    """Make the ladder as the event does: each step of the one before."""
    facts = RENDERER.probe(data)
    blobs: dict[str, bytes] = {}
    steps: list[Step] = []
    source = data
    for key, plan in plan_steps(TAG, facts, (1920, 960, 480)):
        source = blobs[key] = RENDERER.render(source, plan, NO_DEADLINE).data
        steps.append(Step(key, plan.width, plan.height, len(source)))
    details = ImageDetails("", steps=tuple(steps))
    image = StoredImage(ImageType.PRIMARY, TAG, "originals/x", len(data), facts, NOON, details)
    return image, blobs


def _made(source: bytes, plan: RenderPlan) -> Image.Image:
    return Image.open(BytesIO(RENDERER.render(source, plan, NO_DEADLINE).data))


WIDTHS = (223, 300, 360, 446, 720, 1280)


def _plan(width: int) -> RenderPlan:
    return RenderPlan(width, width * 2 // 3, ImageFormat.WEBP, 90)


@pytest.mark.parametrize("data", [photo(3000, 2000), _encoded("PNG", "RGBA")], ids=["photo", "png"])
def test_it_is_as_similar_as_was_promised(data: bytes) -> None:
    image, blobs = _climbed(data)
    for width in WIDTHS:
        step = best_step(image, _plan(width))
        assert step
        similarity = ssim(_made(blobs[step.key], _plan(width)), _made(data, _plan(width)))
        assert similarity >= 0.98, width


def test_the_finest_lines_keep_it_too_before_an_encoder_has_its_say() -> None:
    """A lossy encoder alone takes 0.02 from hatching, from either side; so this looks at what it is given."""
    data = _encoded("JPEG", "RGB")
    image, blobs = _climbed(data)
    for width in WIDTHS:
        plan = replace(_plan(width), format=ImageFormat.PNG, quality=None)
        step = best_step(image, plan)
        assert step
        assert ssim(_made(blobs[step.key], plan), _made(data, plan)) >= 0.99, width
