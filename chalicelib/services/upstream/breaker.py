"""The circuit breaker: a server that fails is left alone, and asked now and then whether it is back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.upstream.bounds import Bounds
from chalicelib.domain.upstream.places import Place
from chalicelib.errors import UpstreamError
from chalicelib.services.ports import Clock
from chalicelib.services.upstream.ports import UpstreamMemory
from chalicelib.telemetry.ledger import note

_SERVER = Place("Server/probe", ImageType.PRIMARY, 0)
_PROBE = "probe"
_PROBE_TIME = timedelta(seconds=25)


class RestingError(UpstreamError):
    """Say that the server is left alone for now."""


@dataclass(slots=True)
class CircuitBreaker:
    """Lets requests to the server through, or not.

    While the server rests each process knows so by itself. After the rest one request in all functions is the
    probe: what becomes of it decides for the others.
    """

    memory: UpstreamMemory
    clock: Clock
    bounds: Bounds
    _known_rest: datetime | None = field(default=None, init=False)
    _has_failed: bool = field(default=False, init=False)

    @property
    def is_resting(self) -> bool:
        """Tell, as far as this process knows, whether no request may be done now."""
        return self._known_rest is not None and self._known_rest > self.clock.now()

    @contextmanager
    def request(self) -> Iterator[None]:
        """Do a request in the block; raises RestingError where none may be done."""
        is_probe = self._enter()
        note("upstream_asked", 1)
        try:
            yield
        except UpstreamError as error:
            note("upstream", "failed")
            note("upstream_error", str(error))
            self._failed(is_probe=is_probe)
            raise
        except BaseException:
            # The server has answered, if only that there is nothing.
            self._answered(is_probe=is_probe)
            raise
        self._answered(is_probe=is_probe)

    def _enter(self) -> bool:
        """Return whether this request is the probe."""
        now = self.clock.now()
        if self._known_rest is None or self._known_rest <= now:
            self._known_rest = self.memory.rests_until()
        if self._known_rest is None:
            return False
        if self._known_rest > now or not self.memory.lease(_SERVER, _PROBE, _PROBE_TIME):
            note("upstream", "resting")
            seconds = max(ceil((self._known_rest - now).total_seconds()), 1)
            raise RestingError("The Jellyfin server does not answer at the moment; try again.", seconds)
        return True

    def _failed(self, *, is_probe: bool) -> None:
        self._has_failed = True
        is_last = not self.memory.spend(self.bounds.failures, self.clock.now())
        if is_probe or is_last:
            self._known_rest = self.clock.now() + self.bounds.rest
            self.memory.rest(self._known_rest)
        if is_probe:
            self.memory.give_back(_SERVER, _PROBE)

    def _answered(self, *, is_probe: bool) -> None:
        if is_probe or self._has_failed:
            self._known_rest, self._has_failed = None, False
            self.memory.wake()
            self.memory.forgive(self.bounds.failures, self.clock.now())
        if is_probe:
            self.memory.give_back(_SERVER, _PROBE)
