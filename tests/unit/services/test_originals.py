"""What follows an original's arrival and departure."""

import pytest

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images import ImageType
from chalicelib.domain.owners import OwnerKey
from chalicelib.errors import UnavailableError
from chalicelib.services.originals import UPLOAD_TIME, tag_of
from chalicelib.services.ports import Blob
from tests.fakes.world import World
from tests.unit.services.tiny import gif

FIRST, SECOND = "a" * 32, "b" * 32
PRIMARY = ImageType.PRIMARY


def _uploaded(world: World, *items: str) -> str:
    for item in items:
        image = world.item_images.upload(world.add_item(item), PRIMARY, gif(1))
    return image.original


def test_an_arrival_describes_every_image_of_the_original(world: World) -> None:
    original = _uploaded(world, FIRST, SECOND)
    for _ in range(2):
        world.originals.arrived(original, NO_DEADLINE)
    for item in (FIRST, SECOND):
        details = world.image_finder.find(OwnerKey.item(item), PRIMARY).details
        assert details
        assert details.blur_hash


def test_an_arrival_of_what_is_gone_is_no_error(world: World) -> None:
    world.originals.arrived("originals/00/gone", NO_DEADLINE)


def test_the_last_image_takes_original_and_variants_with_it(world: World) -> None:
    original = _uploaded(world, FIRST, SECOND)
    world.variants_store.put(f"variants/v1/{tag_of(original)}/1x1.gif", Blob(b"x", "image/gif"))
    world.item_images.delete(OwnerKey.item(FIRST), PRIMARY)
    world.originals.released(original)
    assert world.blobs_of_originals.keys == [original]
    world.item_images.delete(OwnerKey.item(SECOND), PRIMARY)
    world.originals.released(original)
    assert world.blobs_of_originals.keys == world.blobs_of_variants.keys == []
    assert world.rows.claimed == {}


def test_an_upload_under_way_keeps_its_blob(world: World) -> None:
    original = _uploaded(world, FIRST)
    world.item_images.delete(OwnerKey.item(FIRST), PRIMARY)
    world.catalog.claim(original, OwnerKey.item(SECOND), world.clock.now())
    with pytest.raises(UnavailableError):
        world.originals.released(original)
    assert world.blobs_of_originals.keys == [original]
    world.time.advance(seconds=UPLOAD_TIME.total_seconds() + 1)
    world.originals.released(original)
    assert world.blobs_of_originals.keys == []
