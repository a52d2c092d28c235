"""What a sweep needs, in memory."""

from dataclasses import dataclass, field

from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.library.items import Item
from chalicelib.services.sweep.ports import ExpiringRow, OutdatedRow, RowBatch
from tests.support.fakes.catalog import FakeImageCatalog
from tests.support.fakes.library import FakeLibrary

_PAGE = 2


@dataclass
class FakeTableScan:
    """TableScan over the catalog's dicts, in pages of two."""

    catalog: FakeImageCatalog
    expiring_rows: list[ExpiringRow] = field(default_factory=list)
    library: FakeLibrary = field(default_factory=FakeLibrary)
    outdated_rows: list[OutdatedRow] = field(default_factory=list)
    are_all_rewritten: bool = False

    def images(self, after: str) -> RowBatch[OwnerImages]:
        return _page(list(self.catalog.rows.values()), after)

    def items(self, after: str) -> RowBatch[Item]:
        return _page(list(self.library.items.values()), after)

    def claims(self, after: str) -> RowBatch[Claim]:
        return _page(list(self.catalog.claimed.values()), after)

    def expiring(self, after: str) -> RowBatch[ExpiringRow]:
        return _page(self.expiring_rows, after)

    def outdated(self, after: str) -> RowBatch[OutdatedRow]:
        return _page(self.outdated_rows, after)

    def rewrite(self, row: OutdatedRow) -> None:
        self.outdated_rows = [other for other in self.outdated_rows if other != row]

    def all_rewritten(self) -> None:
        self.are_all_rewritten = True

    def remove(self, row: ExpiringRow) -> None:
        self.expiring_rows = [other for other in self.expiring_rows if other != row]


@dataclass
class FakeSweepProgressStore:
    """SweepProgressStore in two fields."""

    text: str | None = None
    finished: str | None = None

    def load(self) -> str | None:
        return self.text

    def save(self, text: str) -> None:
        self.text = text

    def finish(self, text: str) -> None:
        self.text, self.finished = None, text

    def last(self) -> str | None:
        return self.finished


def _page[T](rows: list[T], after: str) -> RowBatch[T]:
    start = int(after or 0)
    end = start + _PAGE
    return RowBatch(tuple(rows[start:end]), str(end) if end < len(rows) else None)
