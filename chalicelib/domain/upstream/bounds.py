"""How often the upstream server is asked at most, and how long an answer about it counts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from chalicelib.domain.variants.allowances import Allowance

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of one deployment.

    An image is asked for within `asking`, by a lease of the function's time and more. `unknown` counts, for the
    whole stack, the images that are asked for and turn out not to be there, and those that are being asked for.
    One more than `failures` in their period, which is the third, opens the circuit breaker for `rest`.
    """

    fresh: timedelta
    unknown: Allowance
    tag_check: timedelta = timedelta(seconds=10)
    missing: timedelta = _MINUTE
    asking: timedelta = timedelta(seconds=20)
    lease: timedelta = timedelta(seconds=40)
    failures: Allowance = Allowance("failures", 2, _MINUTE)  # noqa: RUF009  # frozen
    rest: timedelta = timedelta(seconds=30)
    short_seconds: int = 10
    """For so long caches may keep what may be outdated."""

    @classmethod
    def of(cls, *, fresh_seconds: int, unknown: int) -> Self:
        """Take the bounds that a deployment can choose: seconds, and images in a minute."""
        return cls(timedelta(seconds=fresh_seconds), Allowance("unknown", unknown, _MINUTE))
