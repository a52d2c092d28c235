"""How failed logins are slowed: some are free, then each waits longer than the one before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

_LARGEST_EXPONENT = 32
_IPV6_NETWORK_BITS = 64


@dataclass(frozen=True, slots=True)
class Attempts:
    """What is known of recent attempts; all of it is void from `forget_at` on."""

    failures: int = 0
    next_at: datetime | None = None
    forget_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Throttle:
    """After `free` failures the next attempt waits `first`, then twice that, up to `longest`.

    Failures are forgotten when none is added for the time of `memory`.
    """

    free: int
    first: timedelta
    longest: timedelta
    memory: timedelta

    @property
    def undelayed(self) -> int:
        """Return after how many failures the next attempt still need not wait."""
        return self.free - 1

    def wait(self, attempts: Attempts, now: datetime) -> timedelta:
        """Return how long the next attempt has to wait, zero when it may go ahead."""
        current = _unless_forgotten(attempts, now)
        return max(current.next_at - now, timedelta()) if current.next_at else timedelta()

    def counted(self, attempts: Attempts, now: datetime) -> Attempts:
        """Return the attempts with one more failure."""
        failures = _unless_forgotten(attempts, now).failures + 1
        return Attempts(failures, now + self._delay(failures), now + self.memory)

    def _delay(self, failures: int) -> timedelta:
        if failures < self.free:
            return timedelta()
        doublings = min(failures - self.free, _LARGEST_EXPONENT)
        return min(self.first * (1 << doublings), self.longest)


def _unless_forgotten(attempts: Attempts, now: datetime) -> Attempts:
    is_forgotten = attempts.forget_at is None or attempts.forget_at <= now
    return Attempts() if is_forgotten else attempts


def neighbourhood(address: str) -> str:
    """Reduce an address to what one party holds: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Address(int(parsed) >> _IPV6_NETWORK_BITS << _IPV6_NETWORK_BITS))
