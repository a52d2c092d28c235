"""What the making of variants needs besides bytes and pixels."""

from typing import Protocol

from chalicelib.domain.variants.allowances import Allowance


class RenderGuard(Protocol):
    """What keeps many requests at once from making one variant many times, and one caller from making all."""

    def lease(self, tag: str, variant: str, seconds: float) -> bool:
        """Take the right to make a variant for so long; False while somebody else has it."""
        ...

    def give_back(self, tag: str, variant: str) -> None:
        """Let somebody else make the variant now."""
        ...

    def spend(self, tag: str, allowance: Allowance, amount: int) -> bool:
        """Spend of an image's allowance while any of it is left; False, and nothing is spent, when none is."""
        ...

    def is_spent(self, tag: str, allowance: Allowance) -> bool:
        """Tell whether it is known, without asking, that nothing is left; who spends finds out."""
        ...

    def forget(self, tag: str) -> None:
        """Drop what is known of an image that is gone."""
        ...
