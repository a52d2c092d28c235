"""What the making of variants needs besides bytes and pixels."""

from typing import Protocol


class RenderGuard(Protocol):
    """What keeps many requests at once from making one variant many times, and one caller from making all."""

    def lease(self, tag: str, variant: str, seconds: float) -> bool:
        """Take the right to make a variant for so long; False while somebody else has it."""
        ...

    def give_back(self, tag: str, variant: str) -> None:
        """Let somebody else make the variant now."""
        ...

    def count(self, tag: str, most: int) -> bool:
        """Count one more variant of an image; False, and not counted, when there are so many already."""
        ...

    def forget(self, tag: str) -> None:
        """Drop what is known of an image that is gone."""
        ...
