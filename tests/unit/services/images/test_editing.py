"""Changes to an owner's images."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.images import ImageType, OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.intake.tickets import Ticket
from chalicelib.errors import ConflictError, InvalidInputError, NotFoundError, UnavailableError
from tests.support.fakes.catalog import FakeImageCatalog
from tests.support.fakes.world import World
from tests.support.tiny_images import gif

ITEM = OwnerKey.item("a" * 32)
BACKDROP, PRIMARY = ImageType.BACKDROP, ImageType.PRIMARY


class ContendedCatalog(FakeImageCatalog):
    """A catalog in which another writer is always faster."""

    def save(self, change: Change, ticket: Ticket | None = None) -> OwnerImages:
        raise ConflictError(f"{change.images.name} {ticket}")


def _world(catalog: FakeImageCatalog | None = None) -> World:
    world = World()
    world.rows = world.catalog = catalog or world.rows
    world.rows.rows[ITEM] = OwnerImages(ITEM, "Metropolis", version=1)
    return world


def _indices(world: World) -> list[str]:
    return [image.tag for image in world.images.finder.list(ITEM).of_type(BACKDROP)]


def test_an_upload_that_fails_withdraws_its_claim_and_has_its_blob_removed() -> None:
    world = _world(ContendedCatalog())
    with pytest.raises(UnavailableError, match="try again"):
        world.images.editing.upload(ITEM, PRIMARY, gif(1), deadline=Deadline.after(0.3))
    (original,) = world.blobs_of_originals.keys
    assert world.catalog.claims(original) == ()
    assert world.messages.messages == [original]
    assert world.images.finder.list(ITEM).images == ()
    world.images.removal.remove_unreferenced(original)
    assert world.blobs_of_originals.keys == []


def test_nothing_is_stored_for_an_owner_that_does_not_exist() -> None:
    world = _world()
    with pytest.raises(NotFoundError):
        world.images.editing.upload(OwnerKey.item("b" * 32), PRIMARY, gif(1))
    assert world.blobs_of_originals.keys == []


def test_replacing_announces_what_was_replaced_and_withdraws_the_claim() -> None:
    world = _world()
    first = world.images.editing.upload(ITEM, PRIMARY, gif(1))
    world.images.editing.upload(ITEM, PRIMARY, gif(2))
    assert world.messages.messages == [first.original]
    assert world.catalog.claims(first.original) == ()


def test_replacing_by_the_same_bytes_announces_nothing() -> None:
    world = _world()
    first, second = (world.images.editing.upload(ITEM, PRIMARY, gif(1)) for _ in range(2))
    assert first.tag == second.tag
    assert world.messages.messages == []
    assert len(world.catalog.claims(first.original)) == 1


def test_a_type_for_one_image_has_no_order() -> None:
    with pytest.raises(InvalidInputError, match="no order to change"):
        _world().images.editing.swap(ITEM, PRIMARY, 0, 0)


def test_many_writers_at_once_lose_nothing() -> None:
    world = _world()
    with ThreadPoolExecutor(12) as pool:
        stored = list(
            pool.map(lambda n: world.images.editing.upload(ITEM, BACKDROP, gif(n)).tag, range(1, 40))
        )
    assert sorted(_indices(world)) == sorted(stored)


class HastyCatalog(FakeImageCatalog):
    """A catalog in which something happens between an upload's blob and its row, once."""

    meanwhile: Callable[[], None] | None = None

    def save(self, change: Change, ticket: Ticket | None = None) -> OwnerImages:
        if change.held and (happening := self.meanwhile):
            self.meanwhile = None
            happening()
        return super().save(change, ticket)


def test_an_upload_so_slow_that_its_blob_was_removed_stores_it_again() -> None:
    catalog = HastyCatalog()
    world = _world(catalog)

    def removed() -> None:
        world.time.advance(hours=1)
        world.images.removal.remove_unreferenced(world.blobs_of_originals.keys[0])
        assert world.blobs_of_originals.keys == []

    catalog.meanwhile = removed
    image = world.images.editing.upload(ITEM, PRIMARY, gif(1))
    assert world.blobs_of_originals.keys == [image.original]
    assert [claim.is_held for claim in catalog.claims(image.original)] == [True]


def test_an_upload_whose_answer_got_lost_is_not_appended_twice() -> None:
    class Deaf(HastyCatalog):
        def save(self, change: Change, ticket: Ticket | None = None) -> OwnerImages:
            saved = super().save(change, ticket)
            if change.held and len(saved.images) == 1 and saved.version == 2:
                raise ConflictError("done, but the answer did not arrive")
            return saved

    world = _world(Deaf())
    world.images.editing.upload(ITEM, BACKDROP, gif(1))
    assert len(_indices(world)) == 1


def test_an_upload_refused_after_its_claim_announces_what_it_stored() -> None:
    catalog = HastyCatalog()
    world = _world(catalog)
    catalog.meanwhile = lambda: catalog.remove(catalog.rows[ITEM])
    with pytest.raises(NotFoundError):
        world.images.editing.upload(ITEM, PRIMARY, gif(1))
    assert world.messages.messages == world.blobs_of_originals.keys


_CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("upload"), st.integers(1, 5), st.none() | st.integers(-1, 6)),
        st.tuples(st.just("delete"), st.integers(-1, 6), st.none()),
        st.tuples(st.just("swap"), st.integers(-1, 6), st.integers(-1, 6)),
    ),
    max_size=12,
)


@given(_CHANGES)
@settings(max_examples=50)
def test_any_changes_keep_the_list_whole(changes: list[tuple[str, int, int | None]]) -> None:
    world, model = _world(), list[str]()
    for verb, first, second in changes:
        if verb == "upload":
            tag = world.images.editing.upload(ITEM, BACKDROP, gif(first), index=second).tag
            if second is not None and 0 <= second < len(model):
                model[second] = tag
            else:
                model.append(tag)
        elif verb == "delete":
            world.images.editing.delete(ITEM, BACKDROP, first)
            model = [tag for index, tag in enumerate(model) if index != first]
        else:
            world.images.editing.swap(ITEM, BACKDROP, first, second or 0)
            if {first, second or 0} <= set(range(len(model))):
                model[first], model[second or 0] = model[second or 0], model[first]
        assert _indices(world) == model
    kept = {image.original for image in world.images.finder.list(ITEM).images}
    assert kept <= set(world.blobs_of_originals.keys)
