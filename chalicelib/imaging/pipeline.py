"""The pipeline: decode at the planned size, then STEPS in this order, then encode."""

from collections.abc import Callable
from functools import partial

from PIL import Image

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.variants.bounded import attempts
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.cost import decode_seconds, encode_seconds
from chalicelib.imaging.drawing.compose import blurred, in_rgb, on_background, under_foreground
from chalicelib.imaging.drawing.indicators import with_played_bar, with_unplayed_badge
from chalicelib.imaging.reading.animation import read_animation
from chalicelib.imaging.reading.decode import at_size, decode, is_large
from chalicelib.imaging.reading.opening import Picture, reading
from chalicelib.imaging.reading.png import is_quick
from chalicelib.imaging.writing.encode import encode, encode_animation

type PipelineStep = Callable[[Image.Image, RenderPlan], Image.Image]

STEPS: tuple[PipelineStep, ...] = (
    in_rgb,
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


def render_still(picture: Picture, plan: RenderPlan, deadline: Deadline) -> bytes:
    """Make a variant of the first frame of an opened picture."""
    width, height = picture.file.size
    with reading():
        decoding = decode_seconds(picture.format, width * height, quick=is_quick(picture))
        deadline.check(decoding + encode_seconds(plan, 1))
        soft = is_large(picture)
        decoded = decode(picture, plan, deadline)
        del picture
        frame = at_size(decoded, plan)
    del decoded
    drawn = draw(frame, plan, deadline)
    del frame
    return _encoded(partial(encode, drawn, soft=soft), plan, 1, deadline)


def render_animation(picture: Picture, frames: int, plan: RenderPlan, deadline: Deadline) -> bytes:
    """Make a variant of every frame of an opened picture."""
    width, height = picture.file.size
    work = decode_seconds(picture.format, width * height * frames) + encode_seconds(plan, frames)
    deadline.check(work)
    animation = read_animation(picture, frames, plan, partial(draw, plan=plan, deadline=deadline))
    return _encoded(partial(encode_animation, animation), plan, frames, deadline)


def _encoded(
    encoder: Callable[[RenderPlan], bytes], plan: RenderPlan, frames: int, deadline: Deadline
) -> bytes:
    """Encode as planned; where bytes are bounded, by the best quality that keeps within."""
    data = b""
    for attempt in attempts(plan):
        deadline.check(encode_seconds(attempt, frames))
        data = encoder(attempt)
        if plan.most_bytes is None or len(data) <= plan.most_bytes:
            break
    return data
