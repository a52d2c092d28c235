"""Answering an image: the stored bytes, a stored variant, or one made now and stored for the next request."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate, repeat
from time import sleep

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import StoredImage
from chalicelib.domain.variants.canonical import canonical_plan
from chalicelib.domain.variants.keys import variant_key
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.services.ports import Blob, BlobStore
from chalicelib.services.variants.answers import Answer, Elsewhere, Picture
from chalicelib.services.variants.maker import VariantMaker
from chalicelib.services.variants.ports import RenderGuard
from chalicelib.telemetry.ledger import note, timed

_LEASE_SECONDS = 15.0
"""Longer than nearly every variant takes; a maker that dies delays the others by so much."""
_PAUSES = (*accumulate(repeat(0.05, 8)), *repeat(0.4, 33))
"""Seconds between two looks for a variant that somebody else makes, as long as a lease in all."""


@dataclass(frozen=True, slots=True)
class Variants:
    """Variants of stored images.

    However many ask for one at once, one makes it and the others wait for it; when the maker dies, another
    takes over after the lease. At most `most_variants` of an image are made as asked for; past that, others
    are answered by the few canonical ones. `max_inline` bounds, in bytes, what is answered directly. A
    presigned URL lives for `url_seconds`.
    """

    maker: VariantMaker
    guard: RenderGuard
    limits: Limits
    max_inline: int
    most_variants: int
    url_seconds: int = 900
    sleep: Callable[[float], None] = sleep

    def answer(self, image: StoredImage, plan: RenderPlan | None, deadline: Deadline) -> Answer:
        """Return the picture that a plan makes of an image, or where it lies when it is large.

        Raises UnavailableError when it is not there by the deadline.
        """
        if plan is None:
            return self._original(image)
        return self._stored(variant_key(image.tag, plan)) or self._missed(image, plan, deadline)

    def _original(self, image: StoredImage) -> Answer:
        if image.size > self.max_inline:
            return self._elsewhere(self.maker.originals, image.original, is_hit=True)
        return Picture(self.maker.original(image), is_hit=True)

    def _stored(self, key: str) -> Answer | None:
        if (found := self.maker.variants.open(key)) is None:
            return None
        if found.size > self.max_inline:
            found.close()
            return self._elsewhere(self.maker.variants, key, is_hit=True)
        return Picture(Blob(found.read(), found.content_type), is_hit=True)

    def _missed(self, image: StoredImage, plan: RenderPlan, deadline: Deadline) -> Answer:
        """Make a variant, or wait for whoever makes it and take over when nothing comes."""
        key = variant_key(image.tag, plan)
        while not self.guard.lease(image.tag, key, _LEASE_SECONDS):
            note("guard", "waited")
            if answer := self._awaited(key, deadline):
                return answer
        try:
            return self._led(key, image, plan, deadline)
        except BaseException:  # whatever stops the maker, the next one need not wait for the lease
            self.guard.give_back(image.tag, key)
            raise

    def _awaited(self, key: str, deadline: Deadline) -> Answer | None:
        """Look for a variant until it is there or its maker's lease has run out."""
        with timed("wait"):
            for pause in _PAUSES:
                deadline.check_wait(pause)
                self.sleep(pause)
                if answer := self._stored(key):
                    return answer
        return None

    def _led(self, key: str, image: StoredImage, plan: RenderPlan, deadline: Deadline) -> Answer:
        """Make what was asked for, or answer what stands in for it."""
        canonical = canonical_plan(plan, image.facts, self.limits)
        if canonical != plan and not self.guard.count(image.tag, self.most_variants):
            note("bound", "reached")
            self.guard.give_back(image.tag, key)
            return replace(self.answer(image, canonical, deadline), is_exact=False)
        return self._made(key, image, plan, deadline)

    def _made(self, key: str, image: StoredImage, plan: RenderPlan, deadline: Deadline) -> Answer:
        variant = self.maker.make(image, plan, deadline)
        note("rendered", 1)
        is_first = self.maker.variants.put(key, variant, only_if_absent=True)
        if not is_first and (first := self._stored(key)):
            return first
        if len(variant.data) > self.max_inline:
            return self._elsewhere(self.maker.variants, key, is_hit=False)
        return Picture(variant, is_hit=False)

    def _elsewhere(self, store: BlobStore, key: str, *, is_hit: bool) -> Elsewhere:
        return Elsewhere(store.presigned_url(key, seconds=self.url_seconds), self.url_seconds, is_hit)
