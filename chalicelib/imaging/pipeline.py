"""The pipeline: decode at the planned size, then STEPS in this order, then encode."""

from collections.abc import Callable

from PIL import Image
from PIL.ImageFile import ImageFile

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.plan import RenderPlan
from chalicelib.imaging.compose import blurred, on_background, under_foreground
from chalicelib.imaging.decode import decode_at
from chalicelib.imaging.encode import encode
from chalicelib.imaging.indicators import with_played_bar, with_unplayed_badge
from chalicelib.imaging.reading import reading

type PipelineStep = Callable[[Image.Image, RenderPlan], Image.Image]

STEPS: tuple[PipelineStep, ...] = (
    blurred,
    on_background,
    under_foreground,
    with_unplayed_badge,
    with_played_bar,
)


def draw(image: Image.Image, plan: RenderPlan, deadline: Deadline) -> Image.Image:
    """Take a resized picture through the steps."""
    for step in STEPS:
        deadline.check()
        image = step(image, plan)
    return image


def render_still(image: ImageFile, plan: RenderPlan, deadline: Deadline) -> bytes:
    """Make a variant of the first frame of an opened picture."""
    deadline.check()
    with reading():
        frame = decode_at(image, plan.size)
    frame = draw(frame, plan, deadline)
    deadline.check()
    return encode(frame, plan)
