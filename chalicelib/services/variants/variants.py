"""Answering an image: the stored bytes, a stored variant, or one made now."""

from dataclasses import dataclass

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.heads import ServableImage
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.errors import NotFoundError
from chalicelib.services.variants.answers import Answer
from chalicelib.services.variants.delivery import Delivery
from chalicelib.services.variants.stored import StoredVariants
from chalicelib.services.variants.unstored import UnstoredVariants


@dataclass(frozen=True, slots=True)
class Variants:
    """Answers of every image; whatever is bounded, the picture is the one that was asked for."""

    originals: Delivery
    stored: StoredVariants
    unstored: UnstoredVariants

    def answer(self, image: ServableImage, plan: RenderPlan | None, deadline: Deadline) -> Answer:
        """Return the picture that a plan makes of an image, or where it lies when it is large.

        Raises UnavailableError when it is not there by the deadline, TooManyRendersError when too much was made
        of late, NotFoundError when its file is gone.
        """
        if plan is None:
            return self._original(image)
        # A badge, a bar or a blur has many values and is drawn fast; what it is drawn on is stored as a step.
        if plan.is_drawn_over:
            return self.unstored.answer(image, plan, deadline)
        return self.stored.answer(image, plan, deadline) or self.unstored.answer(image, plan, deadline)

    def _original(self, image: ServableImage) -> Answer:
        if not self.originals.takes(image.size):
            return self.originals.elsewhere(image.original, image.size, is_hit=True)
        if (answer := self.originals.stored(image.original)) is None:
            raise NotFoundError("The image's file is gone.")
        return answer
