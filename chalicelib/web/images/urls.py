"""URLs of images, whose tags may carry a grant to fetch them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from chalicelib.domain.images.images import OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey, OwnerKind
from chalicelib.errors import LimitExceededError
from chalicelib.web.images.schemas import ImageUrl, ImageUrls
from chalicelib.web.protocol.declarations.query import Ids
from chalicelib.web.protocol.declarations.shapes import date_time
from chalicelib.web.protocol.request import Request

ITEM_IDS = Ids("itemIds", "the items whose images are wanted")
USER_IDS = Ids("userIds", "the users whose images are wanted")

MAX_OWNERS = 100
MAX_IMAGES = 5_000
"""At some 350 bytes each, far below what a function may answer."""


def owners_meant(request: Request) -> list[OwnerKey]:
    """Return the owners that `itemIds` and `userIds` name, separated by commas."""
    items, users = (dict.fromkeys(parameter.of(request.lists)) for parameter in (ITEM_IDS, USER_IDS))
    if (count := len(items) + len(users)) > MAX_OWNERS:
        raise LimitExceededError("itemIds", "number of items and users", count, MAX_OWNERS)
    return [*map(OwnerKey.item, items), *map(OwnerKey.user, users)]


def image_urls(owners: Iterable[OwnerImages], expires: int | None) -> ImageUrls:
    """Return the URL of each image, to be put behind the server's address, and when all of them expire.

    Sizes and other parameters may be added to a URL. Raises LimitExceededError for more images than one answer
    holds.
    """
    owners = list(owners)
    if (count := sum(len(images.images) for images in owners)) > MAX_IMAGES:
        raise LimitExceededError("itemIds", "number of images", count, MAX_IMAGES)
    urls = [_image_url(images, image, index) for images in owners for image, index in _indexed(images)]
    moment = datetime.fromtimestamp(expires, UTC) if expires is not None else None
    return {"Items": urls, "TotalRecordCount": len(urls), "ExpiresAt": date_time(moment) if moment else None}


def _image_url(images: OwnerImages, image: StoredImage, index: int) -> ImageUrl:
    owner, several = images.owner, image.image_type.holds_several
    return {
        "ItemId": owner.id if owner.kind is OwnerKind.ITEM else None,
        "UserId": owner.id if owner.kind is OwnerKind.USER else None,
        "ImageType": image.image_type,
        "ImageIndex": index if several else None,
        "ImageTag": image.tag,
        "Url": f"{_path(owner, image, index)}?tag={image.tag}",
    }


def _path(owner: OwnerKey, image: StoredImage, index: int) -> str:
    collection = "Items" if owner.kind is OwnerKind.ITEM else "Users"
    place = f"/{index}" if image.image_type.holds_several else ""
    return f"/{collection}/{owner.id}/Images/{image.image_type}{place}"


def _indexed(images: OwnerImages) -> Iterable[tuple[StoredImage, int]]:
    types = dict.fromkeys(image.image_type for image in images.images)
    return ((image, index) for kind in types for index, image in enumerate(images.of_type(kind)))
