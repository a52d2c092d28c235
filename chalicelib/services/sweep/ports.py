"""What a sweep needs besides the ports of requests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import OwnerImages


@dataclass(frozen=True, slots=True)
class RowBatch[T]:
    """Some rows, and the position after them, None after the last."""

    rows: tuple[T, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class ExpiringRow:
    """The key of a row that has a time to live, and when that ends."""

    pk: str
    sk: str
    expires: datetime


class TableScan(Protocol):
    """All rows of a sort, page by page, each page after a position; the first is after an empty one."""

    def images(self, after: str) -> RowBatch[OwnerImages]:
        """Return owners with their images."""
        ...

    def claims(self, after: str) -> RowBatch[Claim]:
        """Return claims to originals."""
        ...

    def expiring(self, after: str) -> RowBatch[ExpiringRow]:
        """Return rows that have a time to live."""
        ...

    def remove(self, row: ExpiringRow) -> None:
        """Delete a row that has expired, unless it was renewed since it was read."""
        ...


class SweepProgressStore(Protocol):
    """Where a sweep that is under way leaves word of how far it came."""

    def load(self) -> str | None:
        """Return what was left, None when there is no sweep under way."""
        ...

    def save(self, text: str) -> None:
        """Leave word."""
        ...

    def clear(self) -> None:
        """Say that the sweep is done."""
        ...
