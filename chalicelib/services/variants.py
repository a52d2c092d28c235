"""Answering an image: the stored bytes, a stored variant, or one made now and stored for the next request."""

from dataclasses import dataclass

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images import StoredImage
from chalicelib.domain.plan import RenderPlan
from chalicelib.domain.variant_key import variant_key
from chalicelib.errors import NotFoundError
from chalicelib.services.ports import Blob, BlobStore, Renderer
from chalicelib.timing import timed


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to answer with; `is_hit` tells that it was stored before."""

    blob: Blob
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A picture too large to pass through a function: the URL where it can be had for so many seconds."""

    url: str
    seconds: int
    is_hit: bool


type Answer = Picture | Elsewhere


@dataclass(frozen=True, slots=True)
class Variants:
    """Variants of stored images. `max_inline` bounds, in bytes, what is answered directly.

    A presigned URL lives for `url_seconds`.
    """

    originals: BlobStore
    variants: BlobStore
    renderer: Renderer
    max_inline: int
    url_seconds: int = 900

    def answer(self, image: StoredImage, plan: RenderPlan | None, deadline: Deadline) -> Answer:
        """Return the picture that a plan makes of an image, or where it lies when it is large."""
        if plan is None:
            return self._original(image)
        key = variant_key(image.tag, plan)
        return self._stored(key) or self._made(key, image, plan, deadline)

    def _original(self, image: StoredImage) -> Answer:
        if image.size > self.max_inline:
            return self._elsewhere(self.originals, image.original, is_hit=True)
        return Picture(self._read(image), is_hit=True)

    def _stored(self, key: str) -> Answer | None:
        if (found := self.variants.open(key)) is None:
            return None
        if found.size > self.max_inline:
            found.close()
            return self._elsewhere(self.variants, key, is_hit=True)
        return Picture(Blob(found.read(), found.content_type), is_hit=True)

    def _made(self, key: str, image: StoredImage, plan: RenderPlan, deadline: Deadline) -> Answer:
        original = self._read(image)
        with timed("render"):
            variant = self.renderer.render(original.data, plan, deadline)
        self.variants.put(key, variant, only_if_absent=True)
        if len(variant.data) > self.max_inline:
            return self._elsewhere(self.variants, key, is_hit=False)
        return Picture(variant, is_hit=False)

    def _elsewhere(self, store: BlobStore, key: str, *, is_hit: bool) -> Elsewhere:
        return Elsewhere(store.presigned_url(key, seconds=self.url_seconds), self.url_seconds, is_hit)

    def _read(self, image: StoredImage) -> Blob:
        if (found := self.originals.open(image.original)) is None:
            raise NotFoundError("The image's file is gone.")
        return Blob(found.read(), found.content_type)
