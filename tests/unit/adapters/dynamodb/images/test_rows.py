"""Rows of images, as DynamoDB hands back what it was given."""

from datetime import UTC, datetime

import pytest

from chalicelib.adapters.dynamodb.images.rows import ImagesRow, images_of_row, images_row
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import (
    ImageDetails,
    ImageFacts,
    ImageType,
    OwnerImages,
    Step,
    StoredImage,
)
from chalicelib.domain.images.owners import OwnerKey

FACTS = ImageFacts(ImageFormat.WEBP, 640, 480, orientation=6, frames=3, has_alpha=True)
DETAILS = ImageDetails("LEHV6nWB", "1QcSHQ", "#102030", "ffee", (Step("steps/1", 320, 240, 999),))
AT = datetime(2026, 1, 2, 3, 4, 5, 600, tzinfo=UTC)


@pytest.mark.parametrize("details", [None, DETAILS])
def test_an_image_comes_back_from_its_row_as_it_went_in(details: ImageDetails | None) -> None:
    image = StoredImage(ImageType.BACKDROP, "0" * 32, "originals/ab", 12345, FACTS, AT, details)
    images = OwnerImages(OwnerKey.item("a" * 32), "Film", (image, image), version=7)

    row = ImagesRow("", "")
    row.deserialize(images_row(images).serialize())

    assert images_of_row(row) == images


def test_the_version_comes_back_too() -> None:
    row = ImagesRow("", "")
    row.deserialize(images_row(OwnerImages(OwnerKey.user("b" * 32), "Somebody", version=3)).serialize())
    assert images_of_row(row).version == 3
