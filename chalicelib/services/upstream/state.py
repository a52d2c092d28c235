"""How it stands with the Jellyfin server, for people."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.upstream.bounds import Bounds
from chalicelib.services.ports import Clock
from chalicelib.services.upstream.ports import UpstreamMemory


@dataclass(frozen=True, slots=True)
class UpstreamState:
    """Whether the server answers, as far as the functions know; `rests_until` is when it is asked again."""

    is_answering: bool
    rests_until: datetime | None
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class UpstreamStatus:
    """Reads the state by one read."""

    memory: UpstreamMemory
    clock: Clock
    bounds: Bounds

    def state(self) -> UpstreamState:
        """Return the state; a rest that is over without an answer since leaves no time to be told."""
        rests = self.memory.rests_until()
        is_ahead = rests is not None and rests > self.clock.now()
        return UpstreamState(rests is None, rests if is_ahead else None, self.bounds)
