"""The Renderer port, by Pillow."""

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageDetails, ImageFacts
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.cost import decode_seconds
from chalicelib.imaging.pipeline import render_animation, render_still
from chalicelib.imaging.reading.animation import decoded_frames
from chalicelib.imaging.reading.containers.jpeg_end import check_pixels, ended
from chalicelib.imaging.reading.opening import open_picture, reading
from chalicelib.imaging.reading.probe import facts_of
from chalicelib.services.ports import Blob

_DEFAULT_LIMITS = Limits()


class PillowRenderer:
    """Pictures out of bytes within limits."""

    def __init__(self, limits: Limits = _DEFAULT_LIMITS) -> None:
        self._limits = limits

    def probe(self, data: bytes) -> ImageFacts:
        """Read the facts of a picture from its header, within the limits for accepting one."""
        picture = open_picture(data, self._limits)
        with reading():
            return facts_of(picture, self._limits)

    def verify(self, data: bytes, deadline: Deadline) -> None:
        """Decode a picture wholly, to refuse one that is cut short or corrupt."""
        picture = open_picture(data, self._limits)
        with reading():
            facts = facts_of(picture, self._limits)
            pixels = facts.width * facts.height * facts.frames
            deadline.check(decode_seconds(picture.format, pixels))
            if picture.format is ImageFormat.JPG and ended(data) is not data:
                check_pixels(data)
            for frame in decoded_frames(picture, facts.frames):
                deadline.check()
                frame.load()

    def render(self, data: bytes, plan: RenderPlan, deadline: Deadline) -> Blob:
        """Make a variant, or a step, of an original or of one of its steps."""
        if not plan.animated:
            made = render_still(open_picture(data, self._limits), plan, deadline)
            return Blob(made, plan.format.mime_type)
        picture = open_picture(data, self._limits)
        with reading():
            frames = facts_of(picture, self._limits).frames
        return Blob(render_animation(picture, frames, plan, deadline), plan.format.mime_type)

    def describe(self, data: bytes, deadline: Deadline) -> ImageDetails:
        """Compute hashes and colours of an original or of one of its steps; `steps` stays empty."""
        from chalicelib.imaging.describe import describe  # no request needs it

        return describe(open_picture(data, self._limits), deadline)
