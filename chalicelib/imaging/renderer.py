"""The Renderer port, by Pillow."""

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images import ImageDetails, ImageFacts
from chalicelib.domain.limits import Limits
from chalicelib.domain.plan import RenderPlan
from chalicelib.imaging.pipeline import render_still
from chalicelib.imaging.probe import facts_of
from chalicelib.imaging.reading import open_picture, reading
from chalicelib.services.ports import Blob

_DEFAULT_LIMITS = Limits()


class PillowRenderer:
    """Pictures out of bytes within limits."""

    def __init__(self, limits: Limits = _DEFAULT_LIMITS) -> None:
        self._limits = limits

    def probe(self, data: bytes) -> ImageFacts:
        """Read the facts of a picture from its header, within the limits for accepting one."""
        with reading():
            facts = facts_of(*open_picture(data, self._limits))
        self._limits.check_animation(facts)
        return facts

    def verify(self, data: bytes, deadline: Deadline) -> None:
        """Decode a picture wholly, to refuse one that is cut short or corrupt."""
        with reading():
            _, image = open_picture(data, self._limits)
            deadline.check()
            image.load()

    def render(self, data: bytes, plan: RenderPlan, deadline: Deadline) -> Blob:
        """Make a variant, or a step, of an original or of one of its steps."""
        with reading():
            _, image = open_picture(data, self._limits)
        return Blob(render_still(image, plan, deadline), plan.format.mime_type)

    def describe(self, data: bytes, deadline: Deadline) -> ImageDetails:
        """Compute hashes and colours of an original or of one of its steps; `steps` stays empty."""
        self.verify(data, deadline)
        return ImageDetails(blur_hash="")
