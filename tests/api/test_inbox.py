"""The drop folder, from the event of a new object to the image."""

from dataclasses import replace

import pytest

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.services.ports import Blob
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import World
from tests.support.notifications import deliver, deliver_all
from tests.support.tiny_images import gif

MOVIE = Item("1" * 32, ItemType.MOVIE, "Amélie & Co + 1", "amelie", NOON, year=2001)
SERIES = Item("2" * 32, ItemType.SERIES, "Lost", "lost", NOON)
SEASON = Item("3" * 32, ItemType.SEASON, "Season 1", "1", NOON, ancestors=("2" * 32,), index_number=1)
FOLDER = "inbox/Amélie & Co + 1 (2001)"
BY_ID = f"inbox/{MOVIE.id}"
PRIMARY, BACKDROP = ImageType.PRIMARY, ImageType.BACKDROP


@pytest.fixture(autouse=True)
def items(world: World) -> None:
    for item in (MOVIE, SERIES, SEASON):
        world.library.add(item)


def drop(world: World, *keys: str, data: bytes | None = None) -> None:
    for number, key in enumerate(keys):
        world.originals_store.put(key, Blob(gif(number) if data is None else data, "binary/octet-stream"))


def images(world: World, item: Item = MOVIE) -> list[ImageType]:
    return [image.image_type for image in world.images.finder.list(OwnerKey.item(item.id)).images]


def left_over(world: World) -> list[str]:
    return [key for key in world.blobs_of_originals.keys if not key.startswith("originals/")]


@pytest.mark.parametrize("folder", [FOLDER, BY_ID])
def test_dropped_files_become_images_by_their_names(world: World, folder: str) -> None:
    drop(
        world,
        *(f"{folder}/{name}" for name in ("poster.jpg", "logo.png", "backdrop1.jpg", "extrafanart/a b.jpg")),
    )
    assert deliver_all(world) == []
    assert sorted(images(world)) == sorted([PRIMARY, ImageType.LOGO, BACKDROP, BACKDROP])
    assert left_over(world) == []


def test_a_repeated_event_takes_a_file_once(world: World) -> None:
    drop(world, f"{BY_ID}/backdrop.jpg")
    assert deliver(f"{BY_ID}/backdrop.jpg", f"{BY_ID}/backdrop.jpg") == []
    assert images(world) == [BACKDROP]


def test_a_file_dropped_again_is_another_image(world: World) -> None:
    for data in (gif(1), gif(2)):
        drop(world, f"{BY_ID}/poster.jpg", data=data)
        deliver(f"{BY_ID}/poster.jpg")
    tag = world.images.finder.find(OwnerKey.item(MOVIE.id), PRIMARY).original
    assert [version.data for version in world.blobs_of_originals.kept[tag].values()] == [gif(2)]


def test_a_seasons_picture_may_lie_with_its_series_or_in_a_folder_of_its_own(world: World) -> None:
    drop(world, "inbox/Lost/poster.jpg", "inbox/Lost/season01-poster.jpg", "inbox/Lost/Season 01/fanart.jpg")
    assert deliver_all(world) == []
    assert images(world, SERIES) == [PRIMARY]
    assert sorted(images(world, SEASON)) == sorted([PRIMARY, BACKDROP])


@pytest.mark.parametrize(
    ("key", "field", "reason"),
    [
        ("inbox/poster.jpg", "key", "Copy pictures to inbox/"),
        ("inbox/Nobody/poster.jpg", "folder", "There is no item 'Nobody'."),
        (f"{BY_ID}/notes.txt", "file", "The name 'notes.txt' does not match any image of the type Movie"),
        (
            f"{BY_ID}/CD1/poster.jpg",
            "file",
            "The name 'CD1/poster.jpg' does not match any image of the type Movie",
        ),
        ("inbox/Lost/Season 09/poster.jpg", "folder", "There is no item 'season 9 of Lost'."),
    ],
)
def test_what_cannot_be_taken_is_kept_aside_with_its_reason(
    world: World, key: str, field: str, reason: str
) -> None:
    drop(world, key)
    assert deliver(key) == []
    refused = key.replace("inbox/", "refused/", 1)
    assert left_over(world) == [refused]
    assert world.blobs_of_originals.notes[refused]["field"] == field
    assert reason in world.blobs_of_originals.notes[refused]["reason"]


@pytest.mark.parametrize("data", [b"", b"<html>", gif(1)[:20]])
def test_a_file_that_is_no_picture_is_refused(world: World, data: bytes) -> None:
    drop(world, f"{BY_ID}/poster.jpg", data=data)
    deliver(f"{BY_ID}/poster.jpg")
    assert left_over(world) == [f"refused/{MOVIE.id}/poster.jpg"]
    assert images(world) == []


def test_of_two_files_that_mean_the_same_image_the_first_by_name_is_taken(world: World) -> None:
    drop(world, f"{BY_ID}/folder.jpg", f"{BY_ID}/poster.jpg")
    deliver(f"{BY_ID}/folder.jpg")
    assert images(world) == []
    notes = world.blobs_of_originals.notes[f"refused/{MOVIE.id}/folder.jpg"]
    assert notes["reason"] == "'poster.jpg' in the same folder takes precedence as Primary."
    deliver(f"{BY_ID}/poster.jpg")
    assert images(world) == [PRIMARY]


def test_backdrops_are_taken_one_by_one_whatever_their_numbers(world: World) -> None:
    for number in (7, 12, 1):
        drop(world, f"{BY_ID}/backdrop{number}.jpg", data=gif(number))
        deliver(f"{BY_ID}/backdrop{number}.jpg")
    assert images(world) == [BACKDROP] * 3


def test_a_folders_marker_and_a_file_that_is_gone_are_no_errors(world: World) -> None:
    drop(world, f"{BY_ID}/", data=b"")
    assert deliver(f"{BY_ID}/", f"{BY_ID}/gone.jpg") == []


def test_what_was_refused_is_left_alone(world: World) -> None:
    drop(world, "refused/x/poster.jpg")
    assert deliver("refused/x/poster.jpg") == []
    assert left_over(world) == ["refused/x/poster.jpg"]


def test_an_item_renamed_meanwhile_is_found_by_its_new_name(world: World) -> None:
    found = world.library.find(MOVIE.id)
    assert found
    world.library.update(replace(found, name="Amelie"))
    drop(world, "inbox/Amelie (2001)/poster.jpg")
    deliver_all(world)
    assert images(world) == [PRIMARY]
