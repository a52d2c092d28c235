"""Images as clients are shown them, and grant to fetch them."""

from dataclasses import replace

import pytest

from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.grants import GrantSigner, SignedTag
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import NotFoundError
from chalicelib.services.images.access import ImageAccess
from tests.support.fakes.accounts import NOON, FakeClock
from tests.support.fakes.catalog import FakeImageCatalog

OWNER = OwnerKey.item("a" * 32)
IMAGE = StoredImage(ImageType.PRIMARY, "f" * 32, "originals/ff", 9, ImageFacts(ImageFormat.PNG, 8, 8), NOON)
HOURS_LEFT_TODAY = 12


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def image_access(clock: FakeClock) -> ImageAccess:
    catalog = FakeImageCatalog()
    catalog.save(Change(OwnerImages(OWNER, "Metropolis", (IMAGE,))))
    return ImageAccess(catalog, clock, GrantSigner((b"k" * 32,)), 3_600)


def shown(image_access: ImageAccess) -> SignedTag:
    signed = SignedTag.parse(image_access.list(OWNER).images[0].tag)
    assert signed is not None
    return signed


def test_without_a_signer_images_are_shown_as_they_are(image_access: ImageAccess) -> None:
    anybodys = replace(image_access, signer=None)
    assert not anybodys.is_restricted
    assert anybodys.list(OWNER).images == (IMAGE,)
    assert anybodys.find_many([OWNER])[OWNER].images == (IMAGE,)


def test_nothing_but_the_tag_is_shown_differently(image_access: ImageAccess) -> None:
    image = image_access.list(OWNER).images[0]
    assert replace(image, tag=IMAGE.tag) == IMAGE
    assert image_access.find_many([OWNER])[OWNER].images == (image,)


def test_a_shown_tag_is_a_grant_for_its_image_alone(image_access: ImageAccess) -> None:
    signed = shown(image_access)
    assert image_access.grant(OWNER, ImageType.PRIMARY, signed)
    assert not image_access.grant(OWNER, ImageType.LOGO, signed)
    assert not image_access.grant(OwnerKey.user(OWNER.id), ImageType.PRIMARY, signed)
    assert not image_access.grant(OWNER, ImageType.PRIMARY, replace(signed, expires=signed.expires + 1))


def test_a_grant_lasts_the_day_and_the_lifetime(image_access: ImageAccess, clock: FakeClock) -> None:
    signed = shown(image_access)
    grant = image_access.grant(OWNER, ImageType.PRIMARY, signed)
    assert grant is not None
    assert image_access.seconds_left(grant) == HOURS_LEFT_TODAY * 3_600 + 3_600
    clock.advance(hours=HOURS_LEFT_TODAY + 1, seconds=-1)
    assert image_access.grant(OWNER, ImageType.PRIMARY, signed)
    clock.advance(seconds=1)
    assert not image_access.grant(OWNER, ImageType.PRIMARY, signed)


def test_a_tag_stays_the_same_until_midnight(image_access: ImageAccess, clock: FakeClock) -> None:
    signed = shown(image_access)
    clock.advance(hours=HOURS_LEFT_TODAY, seconds=-1)
    assert shown(image_access) == signed
    clock.advance(seconds=1)
    assert shown(image_access) != signed


def test_an_unknown_owner_is_not_found(image_access: ImageAccess) -> None:
    with pytest.raises(NotFoundError):
        image_access.list(OwnerKey.item("b" * 32))
    assert image_access.find_many([OwnerKey.item("b" * 32)]) == {}
