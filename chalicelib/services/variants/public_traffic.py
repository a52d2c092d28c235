"""What may be sent to callers whom nobody knows: bytes that leave AWS are what costs most."""

from dataclasses import dataclass

from chalicelib.domain.variants.allowances import EVERY_IMAGE, MEGABYTE, Allowance, TrafficAllowances
from chalicelib.errors import TooMuchTrafficError, UnauthenticatedError
from chalicelib.services.ports import Clock
from chalicelib.services.variants.ports import RenderGuard
from chalicelib.telemetry.ledger import note


@dataclass(frozen=True, slots=True)
class PublicTraffic:
    """Counts the megabytes of large pictures; one of more than `max_bytes` is for callers who sign in."""

    guard: RenderGuard
    allowances: TrafficAllowances
    clock: Clock
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
        self._spend(tag, self.allowances.of_image, size)
        self._spend(EVERY_IMAGE, self.allowances.of_all, size)

    def _spend(self, tag: str, allowance: Allowance, size: int) -> None:
        if not self.guard.spend(tag, allowance, size // MEGABYTE):
            note("allowance", allowance.name)
            raise TooMuchTrafficError(allowance.seconds_left(self.clock.now()))
