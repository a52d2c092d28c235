"""URLs of images."""

from datetime import datetime

import pytest

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import InvalidInputError, LimitExceededError
from chalicelib.web.images.urls import MAX_IMAGES, MAX_OWNERS, image_urls, owners_meant
from chalicelib.web.protocol.request import Request
from tests.support.fakes.accounts import NOON

ITEM, USER = "a" * 32, "b" * 32


def image(image_type: ImageType, tag: str, modified: datetime = NOON) -> StoredImage:
    return StoredImage(image_type, tag, f"originals/{tag}", 9, ImageFacts(ImageFormat.PNG, 8, 8), modified)


def owners(**query: str) -> list[OwnerKey]:
    return owners_meant(Request("GET", "/", lists={name: [text] for name, text in query.items()}))


def test_each_image_has_a_url_with_its_tag() -> None:
    backdrops = (image(ImageType.BACKDROP, "1"), image(ImageType.BACKDROP, "2"))
    item = OwnerImages(OwnerKey.item(ITEM), "Metropolis", (image(ImageType.PRIMARY, "0"), *backdrops))
    user = OwnerImages(OwnerKey.user(USER), "Ann", (image(ImageType.PRIMARY, "3"),))
    listed = image_urls([item, user], None)
    assert [entry["Url"] for entry in listed["Items"]] == [
        f"/Items/{ITEM}/Images/Primary?tag=0",
        f"/Items/{ITEM}/Images/Backdrop/0?tag=1",
        f"/Items/{ITEM}/Images/Backdrop/1?tag=2",
        f"/Users/{USER}/Images/Primary?tag=3",
    ]
    assert [(entry["ItemId"], entry["UserId"]) for entry in listed["Items"]] == [(ITEM, None)] * 3 + [
        (None, USER)
    ]
    assert (listed["TotalRecordCount"], listed["ExpiresAt"]) == (4, None)


def test_an_answer_holds_so_many_images_and_no_more() -> None:
    full = OwnerImages(OwnerKey.item(ITEM), "Metropolis", (image(ImageType.BACKDROP, "1"),) * MAX_IMAGES)
    assert image_urls([full], None)["TotalRecordCount"] == MAX_IMAGES
    with pytest.raises(LimitExceededError, match="5,001"):
        image_urls([full, OwnerImages(OwnerKey.user(USER), "Ann", (image(ImageType.PRIMARY, "3"),))], None)


def test_all_of_them_expire_at_once() -> None:
    assert image_urls([], 1_800_000_000)["ExpiresAt"] == "2027-01-15T08:00:00.0000000Z"


def test_owners_are_named_once_each_in_any_spelling() -> None:
    dashed = f"{'a' * 8}-{'a' * 4}-{'a' * 4}-{'a' * 4}-{'a' * 12}"
    assert owners(itemids=f"{ITEM},,{dashed}, ", userids=USER) == [OwnerKey.item(ITEM), OwnerKey.user(USER)]
    assert owners() == []


def test_their_number_is_bounded() -> None:
    ids = ",".join(f"{number:032}" for number in range(MAX_OWNERS))
    assert len(owners(itemids=ids)) == MAX_OWNERS
    with pytest.raises(LimitExceededError):
        owners(itemids=ids, userids=USER)
    with pytest.raises(InvalidInputError):
        owners(userids="me")
