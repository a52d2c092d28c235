"""What follows an original's departure."""

import pytest

from chalicelib.domain.images.claims import UPLOAD_TIME
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.originals import tag_of
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import PendingError
from chalicelib.services.ports import Blob
from tests.support.fakes.world import World
from tests.support.tiny_images import gif

FIRST, SECOND = "a" * 32, "b" * 32
PRIMARY = ImageType.PRIMARY


def _uploaded(world: World, *items: str) -> str:
    for item in items:
        image = world.images.editing.upload(world.add_item(item), PRIMARY, gif(1))
    return image.original


@pytest.mark.parametrize(
    "derived", ["variants/{}/v1-1x1.gif", "variants/{}/v99-1x1.gif", "steps/{}/v1-9.jpg"]
)
def test_the_last_image_takes_original_steps_and_variants_with_it(world: World, derived: str) -> None:
    original = _uploaded(world, FIRST, SECOND)
    world.variants_store.put(derived.format(tag_of(original)), Blob(b"x", "image/gif"))
    world.images.editing.delete(OwnerKey.item(FIRST), PRIMARY)
    world.images.removal.remove_unreferenced(original)
    assert world.blobs_of_originals.keys == [original]
    world.images.editing.delete(OwnerKey.item(SECOND), PRIMARY)
    for _ in range(2):
        world.images.removal.remove_unreferenced(original)
    assert world.blobs_of_originals.keys == world.blobs_of_variants.keys == []
    assert world.rows.claimed == {}


def test_a_removed_owner_takes_its_claims_with_it(world: World) -> None:
    original = _uploaded(world, FIRST)
    world.rows.remove(world.rows.rows[OwnerKey.item(FIRST)])
    world.images.removal.remove_unreferenced(original)
    assert world.blobs_of_originals.keys == []
    assert world.rows.claimed == {}


def test_an_upload_under_way_keeps_its_blob(world: World) -> None:
    original = _uploaded(world, FIRST)
    world.images.editing.delete(OwnerKey.item(FIRST), PRIMARY)
    world.catalog.claim(original, OwnerKey.item(SECOND), world.clock.now())
    with pytest.raises(PendingError):
        world.images.removal.remove_unreferenced(original)
    assert world.blobs_of_originals.keys == [original]
    world.time.advance(seconds=UPLOAD_TIME.total_seconds() + 1)
    world.images.removal.remove_unreferenced(original)
    assert world.blobs_of_originals.keys == []


def test_an_image_that_is_gone_can_be_made_again_at_once(world: World) -> None:
    tag = tag_of(_uploaded(world, FIRST))
    assert world.guard.lease(tag, "v1-1x1.gif", 15)
    world.images.removal.remove_derived(tag)
    assert world.guard.lease(tag, "v1-1x1.gif", 15)
