"""What may be sent to callers whom nobody knows: bytes that leave AWS are what costs most."""

from dataclasses import dataclass

from chalicelib.domain.variants.allowances import EVERY_IMAGE, MEGABYTE, TrafficAllowances
from chalicelib.errors import TooMuchTrafficError, UnauthenticatedError
from chalicelib.services.variants.budget import Budget


@dataclass(frozen=True, slots=True)
class PublicTraffic:
    """Counts the megabytes of large pictures; one of more than `max_bytes` is for callers who sign in."""

    budget: Budget
    allowances: TrafficAllowances
    max_bytes: int

    def counts(self, size: int) -> bool:
        """Tell whether a picture of so many bytes is large enough to matter."""
        return size >= MEGABYTE

    def count(self, tag: str, size: int) -> None:
        """Count a large picture; raises TooMuchTrafficError when too much was sent, UnauthenticatedError."""
        if size > self.max_bytes:
            raise UnauthenticatedError(
                f"A picture of more than {self.max_bytes // MEGABYTE} MB needs a token. "
                "Sign in, or ask for a smaller one."
            )
        megabytes = size // MEGABYTE
        self.budget.spend(tag, self.allowances.of_image, megabytes, TooMuchTrafficError)
        self.budget.spend(EVERY_IMAGE, self.allowances.of_all, megabytes, TooMuchTrafficError)
