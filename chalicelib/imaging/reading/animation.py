"""Moving pictures: every frame goes through the same pipeline."""

from collections.abc import Callable, Iterator

from PIL import Image
from PIL.ImageFile import ImageFile

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.reading.colour import resizable, to_srgb
from chalicelib.imaging.reading.opening import Picture, reading
from chalicelib.imaging.reading.orientation import is_sideways, upright
from chalicelib.imaging.resize import filter_for_frames, resized
from chalicelib.imaging.writing.encode import Animation

_SHORTEST_MS = 20
"""Browsers show what claims to be shorter for 100 ms; so is what claims nothing."""
_UNSTATED_MS = 100


def decoded_frames(picture: Picture, frames: int) -> Iterator[ImageFile]:
    """Yield the file at each of its frames, but for what an APNG holds for viewers that cannot animate.

    No more than `frames`, by which the work was judged affordable, however many more Pillow finds.
    """
    first = _first_number(picture)
    for number in range(first, first + frames):
        try:
            picture.file.seek(number)
        except EOFError:
            return
        yield picture.file


def first_frame(picture: Picture) -> ImageFile:
    """Decode the first frame; of an APNG the picture for other viewers only where no frame follows it."""
    if first := _first_number(picture):
        try:
            picture.file.seek(first)
        except EOFError:
            picture.file.seek(0)
    picture.file.load()
    return picture.file


def read_animation(
    picture: Picture, frames: int, plan: RenderPlan, draw: Callable[[Image.Image], Image.Image]
) -> Animation:
    """Decode, resize and draw on every frame; disposal is done by then, each frame is whole."""
    drawn, durations = [], []
    for frame, duration in _frames(picture, frames, plan):
        drawn.append(draw(frame))
        durations.append(duration)
    return Animation(drawn, durations, _plays(picture))


def _frames(picture: Picture, frames: int, plan: RenderPlan) -> Iterator[tuple[Image.Image, int]]:
    sideways = is_sideways(picture.orientation)
    size = plan.size[::-1] if sideways else plan.size
    with reading():
        for frame in decoded_frames(picture, frames):
            frame.load()  # by which a GIF's frame may get another mode
            small = resized(resizable(frame), size, None, filter_for_frames(plan))
            upright_frame = upright(to_srgb(small, picture.profile), picture.orientation)
            yield upright_frame.copy(), _duration(frame.info.get("duration"))


def _first_number(picture: Picture) -> int:
    """Return the place of the first frame; of several pictures in a HEIC, of the one that it opens with."""
    if picture.format is ImageFormat.HEIC:
        return picture.file.tell()
    return 1 if getattr(picture.file, "default_image", False) else 0


def _duration(stated: float | None) -> int:
    milliseconds = round(stated or 0)
    return milliseconds if milliseconds >= _SHORTEST_MS else _UNSTATED_MS


def _plays(picture: Picture) -> int:
    """Return how often the original plays, 0 for ever; a GIF without the word plays once."""
    stated: int | None = picture.file.info.get("loop")
    if picture.format is not ImageFormat.GIF:
        return stated or 0
    if stated is None:
        return 1
    return stated + 1 if stated else 0
