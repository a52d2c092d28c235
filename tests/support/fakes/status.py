"""What the state of the service is read from, in memory."""

from dataclasses import dataclass, field

from chalicelib.domain.status.figures import QueueDepth


@dataclass
class FakeEventQueues:
    """EventQueues of fixed depth."""

    found: QueueDepth = field(default_factory=lambda: QueueDepth(0, 0, 0, 0))

    def depth(self) -> QueueDepth:
        return self.found


@dataclass
class FakeTableFacts:
    """TableFacts of a fixed size."""

    bytes: int = 0

    def size(self) -> int:
        return self.bytes
