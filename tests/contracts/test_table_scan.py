"""What the sweep relies on in any scan of the table and any memory, the fake ones and DynamoDB alike."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.heads import ImageHeads
from chalicelib.domain.images.images import (
    ImageDetails,
    ImageFacts,
    ImageType,
    OwnerImages,
    Step,
    StoredImage,
)
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.listings import Listed, Listing, Window
from chalicelib.errors import ConflictError
from chalicelib.services.library.ports import Library
from chalicelib.services.library.removal import LibraryRemoval
from chalicelib.services.ports import ImageCatalog
from chalicelib.services.sweep.ports import ExpiringRow, OutdatedRow, RowBatch, SweepProgressStore, TableScan
from chalicelib.services.variants.ports import RenderGuard
from tests.support.fakes.accounts import NOON, FakeClock
from tests.support.fakes.catalog import FakeImageCatalog
from tests.support.fakes.guard import FakeRenderGuard
from tests.support.fakes.library import FakeLibrary
from tests.support.fakes.queue import FakeOriginalsQueue
from tests.support.fakes.sweep import FakeSweepProgressStore, FakeTableScan
from tests.tools.growth.music import item_id, music

PICTURE = StoredImage(
    ImageType.PRIMARY,
    "a" * 32,
    "originals/x",
    10,
    ImageFacts(ImageFormat.JPG, 2, 3),
    NOON,
    ImageDetails("LEHV6nWB", steps=(Step("steps/1", 1, 2, 9),)),
)


@dataclass
class Stores:
    """Ports over the same table."""

    scan: TableScan
    progress: SweepProgressStore
    library: Library
    catalog: ImageCatalog
    guard: RenderGuard


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "fake":
        catalog = FakeImageCatalog()
        lease = ExpiringRow("render#tag", "lease#variant", NOON + timedelta(seconds=15))
        library = FakeLibrary(catalog)
        scan = FakeTableScan(catalog, [lease], library)
        return Stores(scan, FakeSweepProgressStore(), library, catalog, FakeRenderGuard(FakeClock()))
    request.getfixturevalue("table")
    from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.images.render_guard import DynamoRenderGuard  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.library.library import DynamoLibrary  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.sweep.progress import DynamoSweepProgressStore  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.sweep.scan import DynamoTableScan  # noqa: PLC0415

    guard = DynamoRenderGuard(FakeClock())
    return Stores(
        DynamoTableScan(), DynamoSweepProgressStore(), DynamoLibrary(FakeClock()), DynamoImageCatalog(), guard
    )


def _all[T](first: RowBatch[T], more: object) -> list[T]:
    rows = list(first.rows)
    while first.after is not None:
        first = more(first.after)  # type: ignore[operator]  # the same method of the scan
        rows += first.rows
    return rows


def test_rows_of_each_sort_are_found_once(stores: Stores) -> None:
    owners = [OwnerKey.item(uuid.uuid4().hex) for _ in range(5)]
    saved = {stores.catalog.save(Change(OwnerImages(owner, "Metropolis"))).owner for owner in owners}
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


def test_items_are_found_whole(stores: Stores) -> None:
    items = [Item(uuid.uuid4().hex, ItemType.MOVIE, f"Film {n}", f"film {n}", NOON) for n in range(3)]
    added = [stores.library.add(item) for item in items]
    found = _all(stores.scan.items(""), stores.scan.items)
    assert sorted(found, key=lambda item: item.name) == added


def test_a_row_of_an_earlier_release_is_read_and_written_anew(stores: Stores) -> None:
    owner = OwnerKey.item(uuid.uuid4().hex)
    written_long_ago(stores, owner)
    (old,) = _all(stores.scan.outdated(""), stores.scan.outdated)
    before = stores.catalog.find(owner)
    assert before
    heads = stores.catalog.find_heads(owner)
    assert heads == ImageHeads.of(before)
    stores.scan.rewrite(old)
    assert stores.catalog.find(owner) == before
    assert stores.catalog.find_heads(owner) == heads
    assert _all(stores.scan.outdated(""), stores.scan.outdated) == []
    stores.scan.rewrite(old)
    assert stores.catalog.find(owner) == before


@pytest.mark.emulator
def test_items_of_an_earlier_release_get_their_places(table: str) -> None:
    from chalicelib.adapters.dynamodb.library.library import DynamoLibrary  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.library.places import PlaceRow  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.library.rows import DetailsRow  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.sweep.scan import DynamoTableScan  # noqa: PLC0415

    assert table
    from chalicelib.adapters.dynamodb.table.models import Row  # noqa: PLC0415

    library, scan = DynamoLibrary(FakeClock()), DynamoTableScan()
    shelf = library.add(Item(uuid.uuid4().hex, ItemType.COLLECTION_FOLDER, "Films", "films", NOON))
    films = [
        library.add(Item(uuid.uuid4().hex, ItemType.MOVIE, f"Film {n}", f"film {n}", NOON, (shelf.id,)))
        for n in range(3)
    ]
    rows = list(Row.scan())
    for row in rows:  # what the last release knew is all that is left
        if row.pk.startswith(("list#", "segments#", "tally#", "totals#")) or row.pk == "library":
            row.delete()
        elif row.sk == "details":
            DetailsRow(row.pk, row.sk).update([DetailsRow.is_listed.remove(), DetailsRow.is_tallied.remove()])
    library = DynamoLibrary(FakeClock())
    listing = Listing(shelf.id, ItemType.MOVIE)
    assert library.listed([listing], Window(0, 9)) is None
    changed = library.update(replace(films[0], sort_name="zero"))
    gone = films[1]
    library.remove(gone, OwnerImages(OwnerKey.item(gone.id), gone.name, version=1))
    assert library.listed([listing], Window(0, 9)) is None
    for old in _all(scan.outdated(""), scan.outdated):
        scan.rewrite(old)
        scan.rewrite(old)
    scan.all_rewritten()
    assert library.listed([listing], Window(0, 9)) == Listed((films[2].id, changed.id), 2)
    assert list(PlaceRow.query(f"list#{shelf.id}#Movie#date"))


@pytest.mark.emulator
def test_of_an_empty_library_no_counter_is_left(table: str) -> None:
    from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.library.library import DynamoLibrary  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.sweep.scan import DynamoTableScan  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.table.models import Row  # noqa: PLC0415

    assert table
    library, catalog, scan = DynamoLibrary(FakeClock()), DynamoImageCatalog(), DynamoTableScan()
    for item in music(3):
        library.add(item)
    for item in reversed(list(music(3))):
        added, images = library.find(item.id), catalog.find(OwnerKey.item(item.id))
        assert added
        assert images
        library.remove(added, images)
    for counter in _all(scan.outdated(""), scan.outdated):
        scan.rewrite(counter)
    assert {(row.pk, row.sk) for row in Row.scan()} == {("library", "mark"), ("library", "listings")}
    for item in music(3):
        library.add(item)
    found = library.listed([Listing(item_id("top"), ItemType.AUDIO)], Window(0, 9))
    assert found
    assert found.total == 3


@pytest.mark.emulator
def test_a_library_removed_among_other_writes_leaves_nothing_for_the_sweep(table: str) -> None:
    from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.library.library import DynamoLibrary  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.table.models import Row  # noqa: PLC0415

    assert table
    library, catalog, queue, top = (
        DynamoLibrary(FakeClock()),
        DynamoImageCatalog(),
        FakeOriginalsQueue(),
        item_id("top"),
    )
    tracks = [item for item in music(3) if item.type is ItemType.AUDIO]

    class Raced(DynamoLibrary):
        """Between a folder's closing and the reading of what is in it, others remove a track and add another."""

        def children(self, parent_id: str | None) -> tuple[Entry, ...]:
            found = super().children(parent_id)
            if tracks and parent_id == tracks[0].parent_id:
                with pytest.raises(ConflictError):
                    library.add(replace(tracks[0], id="f" * 32))
                LibraryRemoval(library, catalog, queue).remove(tracks.pop(0).id)
            return found

    for item in music(3):
        library.add(item)
    LibraryRemoval(Raced(FakeClock()), catalog, queue).remove(top)
    assert [(row.pk, row.sk) for row in Row.scan() if top in row.pk + row.sk] == []
    assert list(Row.query(f"credit#{item_id('artist 0')}")) == []


def written_long_ago(stores: Stores, owner: OwnerKey) -> None:
    """Write a row as releases before heads were packed did."""
    if isinstance(stores.scan, FakeTableScan):
        stores.catalog.save(Change(OwnerImages(owner, "Metropolis", (PICTURE,))))
        stores.scan.outdated_rows.append(OutdatedRow(str(owner), "images"))
        return
    from chalicelib.adapters.dynamodb.images.rows import ImagesRow  # noqa: PLC0415

    facts = {"format": "Jpg", "width": 2, "height": 3, "orientation": 1, "frames": 1, "has_alpha": False}
    details = {"blur_hash": "LEHV6nWB", "thumb_hash": "", "dominant_colour": "", "perceptual_hash": ""}
    step = {"key": "steps/1", "width": 1, "height": 2, "size": 9}
    image = {
        "image_type": "Primary",
        "tag": "a" * 32,
        "original": "originals/x",
        "size": 10,
        "facts": facts,
        "modified": NOON.isoformat(),
        "details": {**details, "steps": [step]},
    }
    ImagesRow(str(owner), "images", name="Metropolis", version=3, images=[image]).save()


def test_progress_is_saved_and_becomes_a_result(stores: Stores) -> None:
    assert stores.progress.load() is None
    stores.progress.save("here")
    assert stores.progress.load() == "here"
    assert stores.progress.last() is None
    stores.progress.finish("all of it")
    assert stores.progress.load() is None
    assert stores.progress.last() == "all of it"
