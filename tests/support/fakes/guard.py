"""The guard of rendering in memory."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from chalicelib.services.ports import Clock


@dataclass
class FakeRenderGuard:
    """RenderGuard over dicts."""

    clock: Clock
    leases: dict[tuple[str, str], datetime] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def lease(self, tag: str, variant: str, seconds: float) -> bool:
        with self.lock:
            now = self.clock.now()
            if self.leases.get((tag, variant), now) > now:
                return False
            self.leases[tag, variant] = now + timedelta(seconds=seconds)
            return True

    def give_back(self, tag: str, variant: str) -> None:
        self.leases.pop((tag, variant), None)

    def count(self, tag: str, most: int) -> bool:
        with self.lock:
            if self.counts[tag] >= most:
                return False
            self.counts[tag] += 1
            return True

    def forget(self, tag: str) -> None:
        self.leases = {key: until for key, until in self.leases.items() if key[0] != tag}
        del self.counts[tag]
