"""Images as clients are shown them, and leave to fetch them."""

from dataclasses import replace

import pytest

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.grants import LeaveSigner, SignedTag
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import NotFoundError
from chalicelib.services.images.gallery import Gallery
from tests.support.fakes.accounts import NOON, FakeClock
from tests.support.fakes.catalog import FakeImageCatalog

OWNER = OwnerKey.item("a" * 32)
IMAGE = StoredImage(ImageType.PRIMARY, "f" * 32, "originals/ff", 9, ImageFacts(ImageFormat.PNG, 8, 8), NOON)
HOURS_LEFT_TODAY = 12


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def gallery(clock: FakeClock) -> Gallery:
    catalog = FakeImageCatalog()
    catalog.save(OwnerImages(OWNER, "Metropolis", (IMAGE,)))
    return Gallery(catalog, clock, LeaveSigner((b"k" * 32,)), 3_600)


def shown(gallery: Gallery) -> SignedTag:
    signed = SignedTag.parse(gallery.list(OWNER).images[0].tag)
    assert signed is not None
    return signed


def test_without_a_signer_images_are_shown_as_they_are(gallery: Gallery) -> None:
    open_gallery = replace(gallery, signer=None)
    assert not open_gallery.is_restricted
    assert open_gallery.list(OWNER).images == (IMAGE,)
    assert open_gallery.find_many([OWNER])[OWNER].images == (IMAGE,)


def test_nothing_but_the_tag_is_shown_differently(gallery: Gallery) -> None:
    image = gallery.list(OWNER).images[0]
    assert replace(image, tag=IMAGE.tag) == IMAGE
    assert gallery.find_many([OWNER])[OWNER].images == (image,)


def test_a_shown_tag_is_leave_for_its_image_alone(gallery: Gallery) -> None:
    signed = shown(gallery)
    assert gallery.leave(OWNER, ImageType.PRIMARY, signed)
    assert not gallery.leave(OWNER, ImageType.LOGO, signed)
    assert not gallery.leave(OwnerKey.user(OWNER.id), ImageType.PRIMARY, signed)
    assert not gallery.leave(OWNER, ImageType.PRIMARY, replace(signed, expires=signed.expires + 1))


def test_leave_lasts_the_day_and_the_lifetime(gallery: Gallery, clock: FakeClock) -> None:
    signed = shown(gallery)
    leave = gallery.leave(OWNER, ImageType.PRIMARY, signed)
    assert leave is not None
    assert gallery.seconds_left(leave) == HOURS_LEFT_TODAY * 3_600 + 3_600
    clock.advance(hours=HOURS_LEFT_TODAY + 1, seconds=-1)
    assert gallery.leave(OWNER, ImageType.PRIMARY, signed)
    clock.advance(seconds=1)
    assert not gallery.leave(OWNER, ImageType.PRIMARY, signed)


def test_a_tag_stays_the_same_until_midnight(gallery: Gallery, clock: FakeClock) -> None:
    signed = shown(gallery)
    clock.advance(hours=HOURS_LEFT_TODAY, seconds=-1)
    assert shown(gallery) == signed
    clock.advance(seconds=1)
    assert shown(gallery) != signed


def test_an_unknown_owner_is_not_found(gallery: Gallery) -> None:
    with pytest.raises(NotFoundError):
        gallery.list(OwnerKey.item("b" * 32))
    assert gallery.find_many([OwnerKey.item("b" * 32)]) == {}
