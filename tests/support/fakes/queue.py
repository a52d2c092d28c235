"""The queue of originals in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from chalicelib.errors import UnavailableError


@dataclass
class FakeOriginalsQueue:
    """OriginalsQueue that remembers what it was told; `calls` counts in how many calls originals arrived."""

    messages: list[str] = field(default_factory=list)
    arrivals: list[str] = field(default_factory=list)
    pauses: dict[str, int] = field(default_factory=dict)
    is_available: bool = True
    calls: int = 0

    def arrived(self, originals: Iterable[str]) -> None:
        self.calls += 1
        self.arrivals.extend(originals)

    def released(self, originals: Iterable[str]) -> None:
        self.messages.extend(originals)

    def postpone(self, receipt: str, seconds: int) -> None:
        if not self.is_available:
            raise UnavailableError
        self.pauses[receipt] = seconds
