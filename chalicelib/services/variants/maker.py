"""Making a variant from the smallest copy of a picture that is good enough."""

from dataclasses import dataclass

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.heads import ServableImage
from chalicelib.domain.variants.ladder import best_step
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.errors import CorruptError, InvalidInputError, NotFoundError
from chalicelib.services.ports import Blob, BlobStore, Renderer
from chalicelib.telemetry.ledger import note, timed


@dataclass(frozen=True, slots=True)
class VariantMaker:
    """Makes variants from steps of the ladder, from the original where there is no step."""

    originals: BlobStore
    variants: BlobStore
    renderer: Renderer

    def make(self, image: ServableImage, plan: RenderPlan, deadline: Deadline) -> Blob:
        """Return the variant that a plan makes of an image.

        Raises NotFoundError when its blob is gone, and CorruptError when it can no longer be read: whoever asks
        for a picture that was once accepted is not at fault.
        """
        source = self._step(image, plan) or self._original(image)
        try:
            note("rendered", 1)
            with timed("render"):
                return self.renderer.render(source, plan, deadline)
        except InvalidInputError as error:
            raise CorruptError(f"The stored picture cannot be drawn. {error}") from error

    def _original(self, image: ServableImage) -> bytes:
        if (found := self.originals.open(image.original)) is None:
            raise NotFoundError("The image's file is gone.")
        note("source", "original")
        return found.read()

    def _step(self, image: ServableImage, plan: RenderPlan) -> bytes | None:
        if not (step := best_step(image, plan)):
            return None
        if (found := self.variants.open(step.key)) is None:
            note("missing_step", step.key)
            return None
        note("source", max(step.width, step.height))
        return found.read()
