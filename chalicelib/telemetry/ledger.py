"""How long the parts of one piece of work took, collected for its log line."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter


@dataclass(slots=True)
class Ledger:
    """Seconds and number of calls by name, for example `dynamodb.GetItem`, and notes on the outcome."""

    seconds: dict[str, float] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str | int] = field(default_factory=dict)

    def add(self, name: str, seconds: float) -> None:
        """Count one call."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds
        self.calls[name] = self.calls.get(name, 0) + 1


_current: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


@contextmanager
def ledger() -> Iterator[Ledger]:
    """Open the ledger of one request or event."""
    opened = Ledger()
    token = _current.set(opened)
    try:
        yield opened
    finally:
        _current.reset(token)


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Add a block's time to the open ledger; without one nothing is kept."""
    start = perf_counter()
    try:
        yield
    finally:
        record(name, perf_counter() - start)


def record(name: str, seconds: float) -> None:
    """Add a measured time to the open ledger."""
    if opened := _current.get():
        opened.add(name, seconds)


def note(name: str, value: str | int) -> None:
    """Remember an outcome for the log line, such as a cache hit."""
    if opened := _current.get():
        opened.notes[name] = value
