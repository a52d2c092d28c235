"""Variants that are made anew for each request: those with something drawn over them, and those past a bound."""

from dataclasses import dataclass

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.heads import ServableImage
from chalicelib.domain.variants.allowances import EVERY_IMAGE, Allowances
from chalicelib.domain.variants.keys import transient_key
from chalicelib.domain.variants.ladder import work
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.services.ports import Blob
from chalicelib.services.variants.answers import Answer, Inline
from chalicelib.services.variants.budget import Budget
from chalicelib.services.variants.delivery import Delivery
from chalicelib.services.variants.maker import VariantMaker
from chalicelib.telemetry.ledger import note


@dataclass(frozen=True, slots=True)
class UnstoredVariants:
    """Variants that leave nothing behind, but for a day what is too large to be answered directly."""

    delivery: Delivery
    maker: VariantMaker
    budget: Budget
    allowances: Allowances

    def answer(self, image: ServableImage, plan: RenderPlan, deadline: Deadline) -> Answer:
        """Make a variant; raises TooManyRendersError when too much was made of the image of late."""
        amount = work(image, plan)
        self.budget.spend(image.tag, self.allowances.work, amount)
        self.budget.spend(EVERY_IMAGE, self.allowances.all_work, amount)
        variant = self.maker.make(image, plan, deadline)
        note("stored", "no")
        if self.delivery.takes(len(variant.data)):
            return Inline(variant, is_hit=False)
        return self._handed_over(image, plan, variant)

    def _handed_over(self, image: ServableImage, plan: RenderPlan, variant: Blob) -> Answer:
        """Store for a day what a redirect must lead to."""
        key = transient_key(image.tag, plan)
        if self.delivery.store.info(key) is None:
            self.budget.spend(image.tag, self.allowances.transient, 1)
            self.delivery.store.put(key, variant)
        return self.delivery.elsewhere(key, len(variant.data), is_hit=False)
