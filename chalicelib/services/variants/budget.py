"""Spending allowances: what is past one is refused, with the seconds until it is there again."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.domain.variants.allowances import Allowance
from chalicelib.errors import ThrottledError, TooManyRendersError
from chalicelib.services.ports import Clock
from chalicelib.services.variants.ports import RenderGuard
from chalicelib.telemetry.ledger import note


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left of the allowances of images, and of all of them together."""

    guard: RenderGuard
    clock: Clock

    def spend(
        self,
        tag: str,
        allowance: Allowance,
        amount: int,
        refusal: Callable[[int], ThrottledError] = TooManyRendersError,
    ) -> None:
        """Spend of an allowance while any of it is left; raises the refusal when none is."""
        if not self.guard.spend(tag, allowance, amount):
            note("allowance", allowance.name)
            raise refusal(allowance.seconds_left(self.clock.now()))
