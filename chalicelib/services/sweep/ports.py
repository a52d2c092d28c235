"""What a sweep needs besides the ports of requests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.library.items import Item


@dataclass(frozen=True, slots=True)
class RowBatch[T]:
    """Some rows, and the position after them; None after the last."""

    rows: tuple[T, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class ExpiringRow:
    """The key of a row that has a time to live, and when that ends."""

    pk: str
    sk: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class OutdatedRow:
    """The key of a row that an earlier release wrote in a form of its own."""

    pk: str
    sk: str


class TableScan(Protocol):
    """All rows of a sort, batch by batch: each call continues after a position; an empty one means the start."""

    def images(self, after: str) -> RowBatch[OwnerImages]:
        """Return owners with their images."""
        ...

    def items(self, after: str) -> RowBatch[Item]:
        """Return items."""
        ...

    def claims(self, after: str) -> RowBatch[Claim]:
        """Return claims to originals."""
        ...

    def expiring(self, after: str) -> RowBatch[ExpiringRow]:
        """Return rows that have a time to live."""
        ...

    def outdated(self, after: str) -> RowBatch[OutdatedRow]:
        """Return rows of a form that is read but no longer written."""
        ...

    def rewrite(self, row: OutdatedRow) -> None:
        """Write a row in the form of today, unless somebody else has since it was read."""
        ...

    def all_rewritten(self) -> None:
        """Say that no row of an earlier form is left, so that lists may rely on it."""
        ...

    def remove(self, row: ExpiringRow) -> None:
        """Delete a row that has expired, unless it was renewed since it was read."""
        ...


class SweepProgressStore(Protocol):
    """The progress of a sweep that is under way, so that the next call resumes it, and the result of the last."""

    def load(self) -> str | None:
        """Return the saved progress; None when no sweep is under way."""
        ...

    def save(self, text: str) -> None:
        """Save the progress."""
        ...

    def finish(self, text: str) -> None:
        """Forget the progress, for the sweep is done; keep its result."""
        ...

    def last(self) -> str | None:
        """Return the result of the last sweep; None before there was one."""
        ...


class UpstreamInquiry(Protocol):
    """The upstream server, asked whether it still has an image."""

    def look(self, images: OwnerImages) -> None:
        """Ask for the image that an owner stands for, and mark what was found; a failure changes nothing."""
        ...
