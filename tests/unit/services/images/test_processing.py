"""What follows an original's arrival."""

from dataclasses import replace
from itertools import pairwise

import pytest

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.images import ImageType, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.variants.keys import PIPELINE_VERSION
from chalicelib.domain.variants.ladder import plan_steps
from chalicelib.errors import CorruptError, PendingError
from chalicelib.services.images.processing import OriginalProcessing
from chalicelib.services.ports import Blob
from tests.support.fakes.world import SETTINGS, World
from tests.support.tiny_images import gif, jpeg

FIRST, SECOND = "a" * 32, "b" * 32
PRIMARY = ImageType.PRIMARY


def _uploaded(world: World, data: bytes, *items: str) -> str:
    for item in items:
        image = world.images.editing.upload(world.add_item(item), PRIMARY, data)
    return image.original


def _image(world: World, item: str = FIRST) -> StoredImage:
    (image,) = world.images.finder.list(OwnerKey.item(item)).of_type(PRIMARY)
    return image


def _hurried(world: World) -> OriginalProcessing:
    """Return the use case with pauses that take no time."""
    return replace(world.images.processing, sleep=lambda _: None)


def test_an_arrival_describes_every_image_of_the_original(world: World) -> None:
    original = _uploaded(world, gif(1), FIRST, SECOND)
    world.images.processing.process(original, NO_DEADLINE)
    for item in (FIRST, SECOND):
        details = _image(world, item).details
        assert details
        assert details == _image(world).details


def test_the_ladder_is_stored_and_recorded_from_large_to_small() -> None:
    world = World(replace(SETTINGS, ladder="60, 30,120", popular=""))
    original = _uploaded(world, jpeg(200, 100), FIRST)
    world.images.processing.process(original, NO_DEADLINE)
    details = _image(world).details
    assert details
    assert [(step.width, step.height) for step in details.steps] == [(120, 60), (60, 30), (30, 15)]
    assert [step.key for step in details.steps] == sorted(
        world.blobs_of_variants.keys, key=_side, reverse=True
    )
    for step in details.steps:
        found = world.blobs_of_variants.open(step.key)
        assert found
        assert found.size == step.size
        facts = world.renderer.probe(found.read())
        assert (facts.width, facts.height) == (step.width, step.height)


def _side(key: str) -> int:
    return int(key.rpartition("-")[2].partition(".")[0])


def test_a_small_picture_needs_no_ladder(world: World) -> None:
    original = _uploaded(world, gif(1), FIRST)
    world.images.processing.process(original, NO_DEADLINE)
    details = _image(world).details
    assert details
    assert details.steps == ()


def test_a_repeated_arrival_reads_no_blob_and_writes_nothing(world: World) -> None:
    original = _uploaded(world, jpeg(600, 300), FIRST)
    world.images.processing.process(original, NO_DEADLINE)
    before = (
        world.blobs_of_originals.reads,
        world.blobs_of_variants.writes,
        world.rows.rows[OwnerKey.item(FIRST)],
    )
    world.images.processing.process(original, NO_DEADLINE)
    after = (
        world.blobs_of_originals.reads,
        world.blobs_of_variants.writes,
        world.rows.rows[OwnerKey.item(FIRST)],
    )
    assert after == before
    assert after[2].version == before[2].version


def test_a_picture_that_is_known_is_not_decoded_for_its_second_owner(world: World) -> None:
    original = _uploaded(world, jpeg(600, 300), FIRST)
    world.images.processing.process(original, NO_DEADLINE)
    _uploaded(world, jpeg(600, 300), SECOND)
    reads = world.blobs_of_originals.reads
    world.images.processing.process(original, NO_DEADLINE)
    assert _image(world, SECOND).details == _image(world, FIRST).details
    assert world.blobs_of_originals.reads == reads


def test_another_ladder_is_made_when_the_event_comes_again() -> None:
    world = World(replace(SETTINGS, ladder="60", popular=""))
    original = _uploaded(world, jpeg(200, 100), FIRST)
    world.images.processing.process(original, NO_DEADLINE)
    replace(world.images.processing, ladder=(80,)).process(original, NO_DEADLINE)
    details = _image(world).details
    assert details
    assert [step.width for step in details.steps] == [80]


def test_a_late_event_of_a_replaced_original_changes_nothing(world: World) -> None:
    old = _uploaded(world, jpeg(600, 300, seed=1), FIRST)
    new = world.images.editing.upload(OwnerKey.item(FIRST), PRIMARY, jpeg(600, 300, seed=2))
    world.images.processing.process(new.original, NO_DEADLINE)
    before = world.rows.rows[OwnerKey.item(FIRST)]
    for late in (
        world.images.processing.process,
        lambda key, _: world.images.removal.remove_unreferenced(key),
    ):
        late(old, NO_DEADLINE)
        assert world.rows.rows[OwnerKey.item(FIRST)] == before
        assert world.rows.rows[OwnerKey.item(FIRST)].version == before.version
    world.images.processing.process(old, NO_DEADLINE)
    assert _image(world).tag == new.tag
    details = _image(world).details
    assert details
    assert all(world.blobs_of_variants.info(step.key) for step in details.steps)
    assert world.blobs_of_originals.keys == [new.original]


def test_an_arrival_of_what_is_gone_is_no_error(world: World) -> None:
    world.images.processing.process("originals/00/gone", NO_DEADLINE)


def test_an_event_faster_than_its_upload_waits_for_the_row(world: World) -> None:
    original = _uploaded(world, gif(1), FIRST)
    image = _image(world)
    world.images.editing.delete(OwnerKey.item(FIRST), PRIMARY)
    claim = world.catalog.claim(original, OwnerKey.item(FIRST), world.clock.now())

    def upload_ends(_: float) -> None:
        row = world.rows.rows[OwnerKey.item(FIRST)]
        world.catalog.save(Change(row.with_image(image), claim))

    replace(world.images.processing, sleep=upload_ends).process(original, NO_DEADLINE)
    assert _image(world).details


def test_an_event_whose_upload_does_not_end_comes_back(world: World) -> None:
    original = _uploaded(world, gif(1), FIRST)
    world.catalog.claim(original, OwnerKey.item(SECOND), world.clock.now())
    with pytest.raises(PendingError):
        _hurried(world).process(original, NO_DEADLINE)
    assert _image(world).details
    world.time.advance(hours=1)
    world.images.processing.process(original, NO_DEADLINE)


@pytest.mark.parametrize("data", [b"overwritten", jpeg(9, 9)])
def test_other_bytes_than_were_stored_are_refused(world: World, data: bytes) -> None:
    original = _uploaded(world, gif(1), FIRST)
    world.originals_store.put(original, Blob(data, "image/gif"))
    with pytest.raises(CorruptError):
        world.images.processing.process(original, NO_DEADLINE)
    assert _image(world).details is None
    world.originals_store.put(original, Blob(gif(1), "image/gif"))
    world.images.processing.process(original, NO_DEADLINE)
    assert _image(world).details


def test_what_is_popular_is_made_before_anybody_asks() -> None:
    world = World(replace(SETTINGS, popular="Primary?maxWidth=50&accept=webp Thumb?maxWidth=40"))
    original = _uploaded(world, jpeg(200, 100), FIRST)
    world.images.processing.process(original, NO_DEADLINE)
    (key,) = world.blobs_of_variants.keys
    assert key.rpartition("/")[2] == f"v{PIPELINE_VERSION}-50x25-q90.webp"
    assert world.leases.spent == {}


def test_what_is_popular_is_left_when_time_is_short() -> None:
    world = World(replace(SETTINGS, popular="Primary?maxWidth=50"))
    original = _uploaded(world, jpeg(200, 100), FIRST)
    world.images.processing.process(original, Deadline.after(4.5))
    assert _image(world).details
    assert world.blobs_of_variants.keys == []


def test_each_step_is_planned_smaller_than_the_one_before(world: World) -> None:
    _uploaded(world, jpeg(2000, 1000), FIRST)
    image = _image(world)
    plans = [plan for _, plan in plan_steps(image.tag, image.facts, (1920, 960, 480))]
    assert all(large.width > small.width for large, small in pairwise(plans))
