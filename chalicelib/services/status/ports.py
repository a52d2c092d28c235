"""What the state of the service is read from, besides the ports of requests."""

from typing import Protocol

from chalicelib.domain.status.figures import QueueDepth


class EventQueues(Protocol):
    """The queue of events and its dead letters."""

    def depth(self) -> QueueDepth:
        """Count the messages, as nearly as the queue can."""
        ...


class TableFacts(Protocol):
    """What the database says of itself."""

    def size(self) -> int:
        """Return the bytes of the table; the database counts them some times a day."""
        ...
