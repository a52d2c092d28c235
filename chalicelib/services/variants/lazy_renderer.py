"""A renderer that is made when a picture is first worked on: an answer that is stored already needs none."""

from collections.abc import Callable
from functools import cached_property

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageDetails, ImageFacts
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.services.ports import Blob, Renderer


class LazyRenderer:
    """Renderer that another one stands behind, made at the first call."""

    def __init__(self, make: Callable[[], Renderer]) -> None:
        self._make = make

    @cached_property
    def _renderer(self) -> Renderer:
        return self._make()

    def probe(self, data: bytes) -> ImageFacts:
        """Read the facts of a picture."""
        return self._renderer.probe(data)

    def verify(self, data: bytes, deadline: Deadline) -> None:
        """Decode a picture wholly."""
        self._renderer.verify(data, deadline)

    def render(self, data: bytes, plan: RenderPlan, deadline: Deadline) -> Blob:
        """Make a variant or a step."""
        return self._renderer.render(data, plan, deadline)

    def describe(self, data: bytes, deadline: Deadline) -> ImageDetails:
        """Compute hashes and colours."""
        return self._renderer.describe(data, deadline)
