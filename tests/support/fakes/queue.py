"""The queue of originals in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class FakeOriginalsQueue:
    """OriginalsQueue that remembers what it was told; `calls` counts in how many calls originals arrived.

    `held` has each call that postponed messages, `pauses` what held at last.
    """

    messages: list[str] = field(default_factory=list)
    arrivals: list[str] = field(default_factory=list)
    pauses: dict[str, int] = field(default_factory=dict)
    held: list[dict[str, int]] = field(default_factory=list)
    is_available: bool = True
    calls: int = 0

    def arrived(self, originals: Iterable[str]) -> None:
        self.calls += 1
        self.arrivals.extend(originals)

    def released(self, originals: Iterable[str]) -> None:
        self.messages.extend(originals)

    def postpone(self, receipts: Sequence[str], seconds: int) -> bool:
        if self.is_available:
            self.held.append(dict.fromkeys(receipts, seconds))
            self.pauses |= self.held[-1]
        return self.is_available
