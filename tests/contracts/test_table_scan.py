"""What the sweep relies on in any scan of the table and any memory, the fake ones and DynamoDB alike."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.services.ports import ImageCatalog
from chalicelib.services.sweep.ports import ExpiringRow, RowBatch, SweepProgressStore, TableScan
from chalicelib.services.variants.ports import RenderGuard
from tests.support.fakes.accounts import NOON, FakeClock
from tests.support.fakes.catalog import FakeImageCatalog
from tests.support.fakes.guard import FakeRenderGuard
from tests.support.fakes.sweep import FakeSweepProgressStore, FakeTableScan


@dataclass
class Stores:
    """Ports over the same table."""

    scan: TableScan
    memory: SweepProgressStore
    catalog: ImageCatalog
    guard: RenderGuard


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "fake":
        catalog = FakeImageCatalog()
        lease = ExpiringRow("render#tag", "lease#variant", NOON + timedelta(seconds=15))
        scan = FakeTableScan(catalog, [lease])
        return Stores(scan, FakeSweepProgressStore(), catalog, FakeRenderGuard(FakeClock()))
    request.getfixturevalue("table")
    from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.images.render_guard import DynamoRenderGuard  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.images.sweep import DynamoSweepProgressStore, DynamoTableScan  # noqa: PLC0415

    guard = DynamoRenderGuard(FakeClock(), timedelta(days=90))
    return Stores(DynamoTableScan(), DynamoSweepProgressStore(), DynamoImageCatalog(), guard)


def _all[T](first: RowBatch[T], more: object) -> list[T]:
    rows = list(first.rows)
    while first.after is not None:
        first = more(first.after)  # type: ignore[operator]  # the same method of the scan
        rows += first.rows
    return rows


def test_rows_of_each_sort_are_found_once(stores: Stores) -> None:
    owners = [OwnerKey.item(uuid.uuid4().hex) for _ in range(5)]
    saved = {stores.catalog.save(OwnerImages(owner, "Metropolis")).owner for owner in owners}
    made = {stores.catalog.claim(f"originals/{n}", owners[0], datetime.now(UTC)) for n in range(5)}
    assert stores.guard.lease("tag", "variant", 15)
    scan = stores.scan
    assert {row.owner for row in _all(scan.images(""), scan.images)} == saved
    assert set(_all(scan.claims(""), scan.claims)) == made
    (lease,) = _all(scan.expiring(""), scan.expiring)
    assert (lease.pk, lease.sk) == ("render#tag", "lease#variant")
    assert lease.expires == NOON + timedelta(seconds=15)
    scan.remove(lease)
    assert _all(scan.expiring(""), scan.expiring) == []


def test_a_row_that_was_renewed_stays(stores: Stores) -> None:
    assert stores.guard.lease("tag", "variant", 15)
    (lease,) = stores.scan.expiring("").rows
    stores.scan.remove(ExpiringRow(lease.pk, lease.sk, lease.expires - timedelta(seconds=1)))
    assert stores.scan.expiring("").rows == (lease,)


def test_word_is_left_and_taken(stores: Stores) -> None:
    assert stores.memory.load() is None
    stores.memory.save("here")
    assert stores.memory.load() == "here"
    stores.memory.clear()
    assert stores.memory.load() is None
