"""The guard of rendering in memory."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from chalicelib.domain.variants.allowances import Allowance
from chalicelib.services.ports import Clock


@dataclass
class FakeRenderGuard:
    """RenderGuard over dicts."""

    clock: Clock
    leases: dict[tuple[str, str], datetime] = field(default_factory=dict)
    spent: Counter[tuple[str, str, int]] = field(default_factory=Counter)
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

    def spend(self, tag: str, allowance: Allowance, amount: int) -> bool:
        with self.lock:
            if self.is_spent(tag, allowance):
                return False
            self.spent[self._period(tag, allowance)] += amount
            return True

    def is_spent(self, tag: str, allowance: Allowance) -> bool:
        return self.spent[self._period(tag, allowance)] >= allowance.most

    def forget(self, tag: str) -> None:
        self.leases = {key: until for key, until in self.leases.items() if key[0] != tag}
        self.spent = Counter({key: amount for key, amount in self.spent.items() if key[0] != tag})

    def _period(self, tag: str, allowance: Allowance) -> tuple[str, str, int]:
        return tag, allowance.name, allowance.number_at(self.clock.now())
