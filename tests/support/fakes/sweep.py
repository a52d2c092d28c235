"""What a sweep needs, in memory."""

from dataclasses import dataclass, field

from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import OwnerImages
from chalicelib.services.sweep.ports import MortalRow, Page
from tests.support.fakes.catalog import FakeImageCatalog

_PAGE = 2


@dataclass
class FakeTableScan:
    """TableScan over the catalog's dicts, in pages of two."""

    catalog: FakeImageCatalog
    mortals: list[MortalRow] = field(default_factory=list)

    def images(self, after: str) -> Page[OwnerImages]:
        return _page(list(self.catalog.rows.values()), after)

    def claims(self, after: str) -> Page[Claim]:
        return _page(list(self.catalog.claimed.values()), after)

    def mortal(self, after: str) -> Page[MortalRow]:
        return _page(self.mortals, after)

    def remove(self, row: MortalRow) -> None:
        self.mortals = [other for other in self.mortals if other != row]


@dataclass
class FakeSweepMemory:
    """SweepMemory in a field."""

    text: str | None = None

    def load(self) -> str | None:
        return self.text

    def save(self, text: str) -> None:
        self.text = text

    def clear(self) -> None:
        self.text = None


def _page[T](rows: list[T], after: str) -> Page[T]:
    start = int(after or 0)
    end = start + _PAGE
    return Page(tuple(rows[start:end]), str(end) if end < len(rows) else None)
