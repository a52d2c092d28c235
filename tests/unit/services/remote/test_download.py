"""Making a picture of another site an image of an item."""

from datetime import timedelta

import pytest

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.remote.safe_url import RefusedUrlError, Rule
from chalicelib.errors import LimitExceededError, NotFoundError, UpstreamError
from chalicelib.services.remote.download import ArtworkDownload
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import World
from tests.support.tiny_images import gif

MOVIE = OwnerKey.item("1" * 32)
URL = "https://image.example/1.jpg"


class Desk:
    """The use case over a world with a movie."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.shelves.add(Item(MOVIE.id, ItemType.MOVIE, "Dune", "dune", NOON))

    def download(
        self,
        image_type: ImageType = ImageType.PRIMARY,
        owner: OwnerKey = MOVIE,
        deadline: Deadline = NO_DEADLINE,
    ) -> None:
        images = self.world.images
        download = ArtworkDownload(images.finder, images.editing, self.world.web, timedelta(seconds=20))
        download.save_image(owner, image_type, URL, deadline)


@pytest.fixture
def desk() -> Desk:
    return Desk(World())


def test_nothing_is_fetched_for_an_item_that_does_not_exist(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.download(owner=OwnerKey.item("9" * 32))
    assert desk.world.web.asked == []


def test_a_download_becomes_the_items_image_as_an_upload_would(desk: Desk) -> None:
    desk.world.web.pages[URL] = gif(1)
    desk.download()
    desk.world.web.pages[URL] = gif(2)
    desk.download(ImageType.BACKDROP)
    desk.download(ImageType.BACKDROP)
    images = desk.world.rows.rows[MOVIE]
    assert [image.image_type for image in images.images] == [
        ImageType.PRIMARY,
        ImageType.BACKDROP,
        ImageType.BACKDROP,
    ]
    assert {image.original for image in images.images} <= set(desk.world.blobs_of_originals.keys)


def test_a_download_ends_long_before_the_request_does(desk: Desk) -> None:
    desk.world.web.pages[URL] = gif(1)
    desk.download(deadline=Deadline.after(60))
    assert desk.world.web.deadline is not None
    assert 15 < desk.world.web.deadline.remaining <= 20


@pytest.mark.parametrize("page", [b"", b"<!doctype html>", gif(1)[:20], b"\xff\xd8\xff\xe0 cut short"])
def test_what_is_no_picture_is_not_found(desk: Desk, page: bytes) -> None:
    desk.world.web.pages[URL] = page
    with pytest.raises(NotFoundError, match="imageUrl does not point to a picture"):
        desk.download()


@pytest.mark.parametrize("error", [NotFoundError("404"), UpstreamError("500"), RefusedUrlError(Rule.ADDRESS)])
def test_whatever_goes_wrong_leaves_the_item_unchanged(desk: Desk, error: Exception) -> None:
    before = desk.world.rows.rows[MOVIE]
    desk.world.web.pages[URL] = error
    with pytest.raises(type(error)):
        desk.download()
    assert desk.world.rows.rows[MOVIE] == before
    assert desk.world.blobs_of_originals.keys == []


def test_a_picture_above_a_limit_names_the_url(desk: Desk) -> None:
    wide = bytearray(gif(1))
    wide[6:10] = b"\xff\xff\xff\xff"
    desk.world.web.pages[URL] = bytes(wide)
    with pytest.raises(LimitExceededError) as refusal:
        desk.download()
    assert refusal.value.field == "imageUrl"


def test_a_full_list_of_images_names_the_type(desk: Desk) -> None:
    desk.world.web.pages[URL] = gif(1)
    for _ in range(100):
        desk.download(ImageType.BACKDROP)
    with pytest.raises(LimitExceededError) as refusal:
        desk.download(ImageType.BACKDROP)
    assert refusal.value.field == "imageType"
