"""What a sweep finds, what it puts right, and what it leaves alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import pytest

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.originals import tag_of
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.sweep.report import Finding, Phase, Progress
from chalicelib.errors import BusyError
from chalicelib.services.ports import Blob, BlobInfo
from chalicelib.services.sweep.ports import ExpiringRow, OutdatedRow
from tests.support.fakes.blobs import FakeBlobStore
from tests.support.fakes.world import SETTINGS, World
from tests.support.tiny_images import gif, jpeg

ITEM = OwnerKey.item("a" * 32)
PRIMARY = ImageType.PRIMARY
BLOB = Blob(b"left behind", "image/gif")
ORPHAN = "originals/ff/" + "f" * 64


@pytest.fixture
def world() -> World:
    """One complete image, and all events done."""
    world = World(replace(SETTINGS, ladder="60", popular=""))
    image = world.images.editing.upload(world.add_item(ITEM.id), PRIMARY, jpeg(100, 50))
    world.images.processing.process(image.original, NO_DEADLINE)
    world.time.advance(days=3)
    return world


@dataclass
class BusyStore(FakeBlobStore):
    """A store that is too busy to delete anything."""

    def delete_versions(self, key: str, versions: Iterable[str]) -> None:
        raise BusyError(f"{key} {versions}")


@dataclass
class SharedStore(FakeBlobStore):
    """A store in which somebody else does something: when a key was listed, or before versions are read."""

    watched: str = ""
    after_listing: Callable[[], object] = dict
    before_versions: Callable[[], object] = dict

    def list(self, prefix: str, after: str = "") -> Iterator[BlobInfo]:
        for info in super().list(prefix, after):
            if info.key == self.watched:
                self.after_listing()
            yield info

    def versions(self, key: str) -> frozenset[str]:
        self.before_versions()
        return super().versions(key)


def _with_originals(world: World, store: FakeBlobStore) -> None:
    """Put the originals into another store."""
    for key, versions in world.blobs_of_originals.kept.items():
        store.kept[key] = dict(versions)
        store.times[key] = world.blobs_of_originals.times[key]
    store.clock = world.clock
    world.blobs_of_originals = world.originals_store = store


def _swept(world: World, *, is_dry: bool = False) -> dict[Finding, int]:
    progress = Progress()
    assert replace(world.container.sweep, is_dry=is_dry).run(progress, NO_DEADLINE)
    return {finding: tally.count for finding, tally in progress.findings.items()}


def _state(world: World) -> object:
    return (
        world.blobs_of_originals.keys,
        world.blobs_of_variants.keys,
        dict(world.rows.rows),
        dict(world.rows.claimed),
        list(world.all_rows.expiring_rows),
        world.messages.arrivals + world.messages.messages,
    )


def _left_behind(world: World) -> None:
    """Leave one thing of every sort that a sweep may remove, long enough ago; an orphan takes its steps along."""
    world.originals_store.put(ORPHAN, BLOB)
    for key in ("uploads/never-taken", "refused/Metropolis/notes.txt"):
        world.originals_store.put(key, BLOB)
    for key in (f"steps/{tag_of(ORPHAN)}/v1-60.jpg", f"variants/{tag_of(ORPHAN)}/v1-1x1.gif"):
        world.variants_store.put(key, BLOB)
    world.catalog.claim("originals/ee/e", ITEM, world.clock.now())
    world.all_rows.expiring_rows.append(
        ExpiringRow("render#x", "lease#y", world.clock.now() + timedelta(seconds=15))
    )
    world.time.advance(days=30)


def test_where_nothing_is_left_behind_nothing_is_found(world: World) -> None:
    before = _state(world)
    assert _swept(world) == {}
    assert _state(world) == before


def test_what_is_left_behind_is_found_and_removed(world: World) -> None:
    before = _state(world)
    _left_behind(world)
    assert _swept(world) == {
        Finding.ORPHAN_ORIGINAL: 1,
        Finding.ABANDONED_UPLOAD: 1,
        Finding.OLD_REFUSAL: 1,
        Finding.STALE_CLAIM: 1,
        Finding.EXPIRED_ROW: 1,
    }
    world.messages.messages.clear()
    assert _state(world) == before
    assert _swept(world) == {}


def test_steps_and_variants_without_an_original_are_removed(world: World) -> None:
    tag = tag_of(ORPHAN)
    for key in (f"steps/{tag}/v1-60.jpg", f"variants/{tag}/v1-1x1.gif"):
        world.variants_store.put(key, BLOB)
    world.time.advance(hours=2)
    assert _swept(world) == {Finding.ORPHAN_DERIVATIVE: 2}
    assert all(tag not in key for key in world.blobs_of_variants.keys)


def test_a_drop_whose_event_was_lost_is_announced_again(world: World) -> None:
    drops = [f"inbox/Metropolis/backdrop{number}.jpg" for number in range(1, 4)]
    for key in ("inbox/Metropolis/", *drops):
        world.originals_store.put(key, BLOB)
    world.time.advance(hours=2)
    assert _swept(world) == {Finding.FORGOTTEN_DROP: 3}
    assert world.messages.arrivals == drops
    assert world.messages.calls == 1


@pytest.mark.parametrize(("days", "is_kept"), [(29, True), (30, False)])
def test_a_refused_drop_is_kept_for_a_month(world: World, days: int, *, is_kept: bool) -> None:
    world.originals_store.put("refused/Metropolis/notes.txt", BLOB)
    world.time.advance(days=days)
    assert (_swept(world) == {}) is is_kept
    assert ("refused/Metropolis/notes.txt" in world.blobs_of_originals.keys) is is_kept


def test_a_dry_run_finds_the_same_and_changes_nothing(world: World) -> None:
    _left_behind(world)
    before = _state(world)
    found = _swept(world, is_dry=True)
    assert {Finding.ORPHAN_ORIGINAL, Finding.STALE_CLAIM, Finding.EXPIRED_ROW} <= set(found)
    assert _state(world) == before


def test_what_is_young_may_be_under_way(world: World) -> None:
    world.originals_store.put(ORPHAN, BLOB)
    for key in ("uploads/coming", "inbox/Metropolis/poster.jpg", "refused/Metropolis/notes.txt"):
        world.originals_store.put(key, BLOB)
    world.variants_store.put("variants/0/v1-1x1.gif", BLOB)
    world.catalog.claim("originals/ee/e", ITEM, world.clock.now())
    world.images.editing.upload(ITEM, ImageType.THUMB, gif(1))
    before = _state(world)
    assert _swept(world) == {}
    assert _state(world) == before


def test_an_upload_that_begins_meanwhile_keeps_its_blob(world: World) -> None:
    world.originals_store.put(ORPHAN, BLOB)
    world.time.advance(days=3)
    world.catalog.claim(ORPHAN, ITEM, world.clock.now())
    assert Finding.ORPHAN_ORIGINAL not in _swept(world)
    assert ORPHAN in world.blobs_of_originals.keys


def test_an_upload_that_begins_at_the_last_moment_keeps_its_blob(world: World) -> None:
    world.originals_store.put(ORPHAN, BLOB)
    world.time.advance(days=3)
    _with_originals(
        world, SharedStore(before_versions=lambda: world.catalog.claim(ORPHAN, ITEM, world.clock.now()))
    )
    assert _swept(world)[Finding.ORPHAN_ORIGINAL] == 1
    assert ORPHAN in world.blobs_of_originals.keys


def test_a_store_that_is_too_busy_stops_the_sweep_before_what_it_did_not_do(world: World) -> None:
    world.originals_store.put(ORPHAN, BLOB)
    world.time.advance(days=3)
    _with_originals(world, BusyStore())
    progress = Progress()
    with pytest.raises(BusyError):
        world.container.sweep.run(progress, NO_DEADLINE)
    assert (progress.phase, progress.after) == (Phase.ORIGINALS, "")


@pytest.mark.parametrize("key", ["refused/Metropolis/notes.txt", "uploads/never-taken"])
def test_a_file_that_comes_anew_while_the_old_one_is_swept_is_kept(world: World, key: str) -> None:
    world.originals_store.put(key, BLOB)
    world.time.advance(days=30)
    anew = Blob(b"sent again", "image/gif")
    store = SharedStore(watched=key)
    _with_originals(world, store)
    store.after_listing = partial(store.put, key, anew)
    assert _swept(world) == {}
    found = world.originals_store.open(key)
    assert found
    assert found.read() == anew.data


def test_a_file_that_somebody_else_removes_meanwhile_is_no_finding(world: World) -> None:
    key = "refused/Metropolis/notes.txt"
    world.originals_store.put(key, BLOB)
    world.time.advance(days=30)
    store = SharedStore(watched=key)
    _with_originals(world, store)
    store.after_listing = partial(store.delete, [key])
    assert _swept(world) == {}


def test_an_image_without_its_original_is_told_and_kept(world: World) -> None:
    original = world.images.finder.find(ITEM, PRIMARY).original
    world.originals_store.delete([original])
    assert _swept(world)[Finding.LOST_ORIGINAL] == 1
    assert world.images.finder.find(ITEM, PRIMARY).original == original


def test_an_image_whose_event_was_lost_is_completed(world: World) -> None:
    image = world.images.editing.upload(ITEM, ImageType.THUMB, gif(1))
    world.time.advance(hours=2)
    assert _swept(world) == {Finding.INCOMPLETE_IMAGE: 1}
    assert world.messages.arrivals == [image.original]


def test_an_image_whose_steps_are_gone_gets_them_again(world: World) -> None:
    image = world.images.finder.find(ITEM, PRIMARY)
    assert image.details
    world.variants_store.delete([step.key for step in image.details.steps])
    assert _swept(world) == {Finding.INCOMPLETE_IMAGE: 1}
    world.images.processing.process(image.original, NO_DEADLINE)
    assert image.details.steps[0].key in world.blobs_of_variants.keys
    assert _swept(world) == {}


def test_rows_of_an_earlier_release_are_written_anew(world: World) -> None:
    world.all_rows.outdated_rows = [OutdatedRow(f"item#{n}", "images") for n in range(2)]
    assert _swept(world, is_dry=True) == {Finding.OUTDATED_ROW: 2}
    assert _swept(world) == {Finding.OUTDATED_ROW: 2}
    assert _swept(world) == {}


def test_a_sweep_that_runs_out_of_time_goes_on_where_it_was(world: World) -> None:
    _left_behind(world)
    now = iter([0.0, 0.0, *[100.0] * 9])
    progress = Progress()
    assert not world.container.sweep.run(progress, Deadline(50.0, lambda: next(now)))
    assert progress.phase is Phase.ORIGINALS
    assert progress.after == ORPHAN
    again = Progress.from_json(progress.to_json())
    assert again == progress
    assert world.container.sweep.run(again, NO_DEADLINE)
    assert again.findings[Finding.ORPHAN_ORIGINAL].count == 1
    assert again.findings[Finding.EXPIRED_ROW].count == 1
    assert ORPHAN not in world.blobs_of_originals.keys


def test_everything_deleted_and_swept_leaves_nothing(world: World) -> None:
    world.rows.remove(world.rows.rows[ITEM])
    world.time.advance(hours=2)
    _swept(world)
    assert world.blobs_of_originals.keys == world.blobs_of_variants.keys == []
    assert world.rows.claimed == {}


def test_the_report_counts_bytes_and_names_a_few(world: World) -> None:
    for number in range(12):
        world.originals_store.put(f"originals/ff/{number:064}", BLOB)
    world.time.advance(hours=2)
    progress = Progress()
    world.container.sweep.run(progress, NO_DEADLINE)
    found = progress.report()["findings"]["originals without an image"]
    assert (found["count"], found["bytes"], len(found["examples"])) == (12, 12 * len(BLOB.data), 10)
