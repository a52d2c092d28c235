"""Figures of a running service, for its administrator."""

from dataclasses import dataclass, field

from chalicelib.domain.sweep.report import Amount


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """About how many events wait, are being handled, are delayed after a failure, or failed too often."""

    waiting: int
    handled: int
    delayed: int
    dead: int


@dataclass(frozen=True, slots=True)
class LibraryStorage:
    """What one library stores; an original that several of its images share counts once."""

    id: str
    name: str
    items: int = 0
    images: int = 0
    originals: Amount = field(default_factory=Amount)
    steps: Amount = field(default_factory=Amount)
