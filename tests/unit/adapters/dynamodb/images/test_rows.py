"""Rows of images, as DynamoDB hands back what it was given."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.adapters.dynamodb.images.reading import images_of_row
from chalicelib.adapters.dynamodb.images.rows import ONE_READ, ImageDetailsRow, ImagesRow, images_rows
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
IMAGE = StoredImage(ImageType.BACKDROP, "0" * 32, "originals/ab", 12345, FACTS, AT, DETAILS)


def many(count: int) -> OwnerImages:
    """Return images that differ as real ones do, so that their details hardly compress."""
    images = tuple(
        replace(IMAGE, tag=f"{n * 2**100 + n:032x}", original=f"originals/{hash((n, 1)):x}{hash((n, 2)):x}")
        for n in range(count)
    )
    return OwnerImages(OwnerKey.item("a" * 32), "Film", images, version=7)


def read_back(images: OwnerImages) -> tuple[ImagesRow, ImageDetailsRow | None]:
    """Return the rows of images as DynamoDB would hand them back."""
    written, written_apart = images_rows(images)
    row = ImagesRow("", "")
    row.deserialize(written.serialize())
    if written_apart is None:
        return row, None
    apart = ImageDetailsRow("", "")
    apart.deserialize(written_apart.serialize())
    return row, apart


@pytest.mark.parametrize("details", [None, DETAILS])
def test_an_image_comes_back_from_its_row_as_it_went_in(details: ImageDetails | None) -> None:
    image = replace(IMAGE, details=details)
    images = OwnerImages(OwnerKey.item("a" * 32), "Film", (image, image), version=7)
    assert images_of_row(*read_back(images)) == images


def test_the_version_comes_back_too() -> None:
    found = images_of_row(*read_back(OwnerImages(OwnerKey.user("b" * 32), "Somebody", version=3)))
    assert found
    assert found.version == 3


@pytest.mark.parametrize("count", [0, 1, 10, 101, 310])
def test_any_number_of_images_comes_back(count: int) -> None:
    assert images_of_row(*read_back(many(count))) == many(count)


@pytest.mark.parametrize("count", [1, 10, 101])
def test_a_row_of_images_is_one_read_however_many_there_are(count: int) -> None:
    row, _ = read_back(many(count))
    assert _size(row) <= ONE_READ


def test_details_of_few_images_are_in_their_row_and_of_many_apart() -> None:
    assert read_back(many(5))[1] is None
    assert read_back(many(101))[1] is not None


def test_details_of_another_write_are_not_taken_for_those_of_this_one() -> None:
    row, apart = read_back(many(101))
    assert apart
    apart.version = 6
    assert images_of_row(row, apart) is None
    assert images_of_row(row, None) is None


def _size(row: ImagesRow) -> int:
    """Count a row's bytes as DynamoDB does, a number as the most that one takes."""
    sizes = {"S": lambda text: len(text.encode()), "N": lambda _: 21, "B": len}
    return sum(
        len(name) + sizes[kind](value)
        for name, field in row.serialize().items()
        for kind, value in field.items()
    )
