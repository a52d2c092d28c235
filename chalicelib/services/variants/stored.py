"""Variants that are stored: found, or made by one of many callers and stored for all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from time import sleep

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.heads import ServableImage
from chalicelib.domain.variants.allowances import EVERY_IMAGE, Allowance
from chalicelib.domain.variants.keys import variant_key
from chalicelib.domain.variants.ladder import work
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.services.variants.answers import Answer
from chalicelib.services.variants.budget import Budget
from chalicelib.services.variants.delivery import Delivery
from chalicelib.services.variants.maker import VariantMaker
from chalicelib.services.variants.ports import RenderGuard
from chalicelib.telemetry.ledger import note, timed

_LEASE_SECONDS = 15.0
"""Longer than nearly every variant takes; a maker that dies delays the others by so much."""
_SHORT_PAUSES = tuple(accumulate(repeat(0.05, 8)))
_LONG_PAUSES = (0.4,) * 5
"""Seconds between two looks for a variant that somebody else makes; after each two seconds the lease is tried."""


@dataclass(frozen=True, slots=True)
class StoredVariants:
    """Variants in the bucket.

    However many ask for one at once, one makes it and the others wait for it; when the maker dies, another takes
    over after the lease.
    """

    delivery: Delivery
    maker: VariantMaker
    guard: RenderGuard
    budget: Budget
    allowance: Allowance
    all_work: Allowance
    sleep: Callable[[float], None] = sleep

    def answer(self, image: ServableImage, plan: RenderPlan, deadline: Deadline) -> Answer | None:
        """Return a variant; None when it is not stored and the image may have no more.

        Raises UnavailableError when it is not there by the deadline, TooManyRendersError when too much was made
        of late.
        """
        key = variant_key(image.tag, plan)
        if answer := self.delivery.stored(key):
            return answer
        if self.guard.is_spent(image.tag, self.allowance):
            return None
        return self._missed(key, image, plan, deadline)

    def _missed(self, key: str, image: ServableImage, plan: RenderPlan, deadline: Deadline) -> Answer | None:
        """Make a variant, or wait for whoever makes it and take over when nothing comes."""
        rounds = chain([_SHORT_PAUSES], repeat(_LONG_PAUSES))
        while not self.guard.lease(image.tag, key, _LEASE_SECONDS):
            note("guard", "waited")
            if answer := self._awaited(key, next(rounds), deadline):
                return answer
            if self.guard.is_spent(image.tag, self.allowance):
                return None
        try:
            return self._led(key, image, plan, deadline)
        except BaseException:  # whatever stops the maker, the next one need not wait for the lease
            self.guard.give_back(image.tag, key)
            raise

    def _awaited(self, key: str, pauses: Iterable[float], deadline: Deadline) -> Answer | None:
        """Look for a variant that somebody else makes, some times."""
        with timed("wait"):
            for pause in pauses:
                deadline.check_wait(pause)
                self.sleep(pause)
                if answer := self.delivery.stored(key):
                    return answer
        return None

    def _led(self, key: str, image: ServableImage, plan: RenderPlan, deadline: Deadline) -> Answer | None:
        if not self.guard.spend(image.tag, self.allowance, 1):
            self.guard.give_back(image.tag, key)
            return None
        self.budget.spend(EVERY_IMAGE, self.all_work, work(image, plan))
        variant = self.maker.make(image, plan, deadline)
        is_first = self.delivery.store.put(key, variant, only_if_absent=True)
        if not is_first and (first := self.delivery.stored(key)):
            return first
        return self.delivery.made(key, variant)
