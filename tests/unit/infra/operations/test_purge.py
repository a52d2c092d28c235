"""Forgetting the variants of an item."""

import pytest

from chalicelib.domain.images.images import ImageType
from chalicelib.errors import NotFoundError
from chalicelib.services.ports import Blob
from infra.operations.purge import Purge
from tests.support.fakes.world import World
from tests.support.tiny_images import gif


def test_variants_of_the_items_images_go_and_all_else_stays(world: World) -> None:
    owner = world.add_item("a" * 32)
    tag = world.images.editing.upload(owner, ImageType.LOGO, gif(1)).tag
    kept = [f"steps/{tag}/1", "variants/other/1"]
    for key in (f"variants/{tag}/1", f"variants/{tag}/2", *kept):
        world.variants_store.put(key, Blob(b"xyz", "image/gif"))
    removed = Purge(world.images.finder, world.variants_store, world.guard).of_item(owner.id)
    assert [(blob.key, blob.size) for blob in removed] == [
        (f"variants/{tag}/{number}", 3) for number in (1, 2)
    ]
    assert world.blobs_of_variants.keys == sorted(kept)
    assert world.blobs_of_originals.keys != []


def test_an_unknown_item_is_an_error(world: World) -> None:
    with pytest.raises(NotFoundError):
        Purge(world.images.finder, world.variants_store, world.guard).of_item("f" * 32)
