"""What the services rely on in any catalog of images, the fake one and DynamoDB alike."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.heads import ImageHeads
from chalicelib.domain.images.images import (
    ImageDetails,
    ImageFacts,
    ImageType,
    OwnerImages,
    Step,
    StoredImage,
)
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import ClaimLostError, ConflictError
from chalicelib.services.ports import ImageCatalog
from tests.support.fakes.catalog import FakeImageCatalog

NOON = datetime(2026, 1, 2, 12, 0, 0, 123456, tzinfo=UTC)
LATER = NOON + timedelta(microseconds=1)
ORIGINAL = "originals/aa/x"
IMAGE = StoredImage(ImageType.PRIMARY, "a" * 32, ORIGINAL, 10, ImageFacts(ImageFormat.JPG, 2, 3), NOON)


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def catalog(request: pytest.FixtureRequest) -> ImageCatalog:
    if request.param == "fake":
        return FakeImageCatalog()
    request.getfixturevalue("table")
    from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog  # noqa: PLC0415

    return DynamoImageCatalog()


@pytest.fixture
def row(catalog: ImageCatalog) -> OwnerImages:
    return catalog.save(Change(OwnerImages(OwnerKey.item(uuid.uuid4().hex), "Metropolis")))


def test_a_row_comes_back_as_it_was_written(catalog: ImageCatalog, row: OwnerImages) -> None:
    saved = catalog.save(Change(row.with_image(IMAGE)))
    found = catalog.find(row.owner)
    assert found == saved
    assert found.version == saved.version == 2
    assert catalog.find_many([row.owner, row.owner, OwnerKey.user("0" * 32)]) == {row.owner: saved}


def many(count: int) -> tuple[StoredImage, ...]:
    """Return more images than fit in one row with their details."""
    return tuple(
        replace(
            IMAGE,
            image_type=ImageType.BACKDROP,
            tag=uuid.uuid4().hex,
            original=f"originals/{uuid.uuid4().hex}",
            details=ImageDetails(uuid.uuid4().hex, steps=(Step(f"steps/{uuid.uuid4().hex}", 2, 3, 4),)),
        )
        for _ in range(count)
    )


@pytest.mark.parametrize("count", [0, 1, 101])
def test_heads_are_those_of_the_images(catalog: ImageCatalog, row: OwnerImages, count: int) -> None:
    saved = catalog.save(Change(replace(row, images=many(count))))
    heads = catalog.find_heads(row.owner)
    assert heads == ImageHeads.of(saved)
    assert catalog.find(row.owner) == saved
    assert catalog.find_many([row.owner]) == {row.owner: saved}
    assert catalog.find_heads(OwnerKey.user("0" * 32)) is None


def test_many_images_come_and_go(catalog: ImageCatalog, row: OwnerImages) -> None:
    claim = catalog.claim(ORIGINAL, row.owner, NOON)
    full = catalog.save(Change(replace(row, images=many(101)), None))
    fuller = catalog.save(Change(full.with_image(IMAGE), claim))
    assert catalog.find(row.owner) == fuller
    few = replace(fuller, images=fuller.images[:1])
    saved = catalog.save(Change(few, dropped=frozenset({ORIGINAL})))
    assert catalog.find(row.owner) == saved
    again = catalog.save(Change(replace(saved, images=full.images)))
    assert catalog.find(row.owner) == again
    catalog.remove(again)
    assert catalog.find(row.owner) is None
    assert catalog.find_heads(row.owner) is None


def test_of_two_writers_one_wins(catalog: ImageCatalog, row: OwnerImages) -> None:
    catalog.save(Change(row.with_image(IMAGE)))
    with pytest.raises(ConflictError):
        catalog.save(Change(row))
    with pytest.raises(ConflictError):
        catalog.save(Change(OwnerImages(row.owner, "again")))
    with pytest.raises(ConflictError):
        catalog.remove(row)


def test_a_claim_is_held_with_the_row(catalog: ImageCatalog, row: OwnerImages) -> None:
    claim = catalog.claim(ORIGINAL, row.owner, NOON)
    assert claim == Claim(ORIGINAL, row.owner, NOON, NOON)
    catalog.save(Change(row.with_image(IMAGE), claim))
    assert catalog.claims(ORIGINAL) == (Claim(ORIGINAL, row.owner, NOON, NOON, is_held=True),)


def test_a_renewed_claim_stands_since_it_was_first_made(catalog: ImageCatalog, row: OwnerImages) -> None:
    first = catalog.claim(ORIGINAL, row.owner, NOON)
    second = catalog.claim(ORIGINAL, row.owner, LATER)
    assert second == Claim(ORIGINAL, row.owner, NOON, LATER)
    catalog.save(Change(row.with_image(IMAGE), first))
    assert catalog.claims(ORIGINAL) == (Claim(ORIGINAL, row.owner, NOON, LATER, is_held=True),)


@pytest.mark.parametrize("is_made_again", [False, True])
def test_a_row_is_not_written_for_a_claim_that_was_withdrawn(
    catalog: ImageCatalog, row: OwnerImages, *, is_made_again: bool
) -> None:
    claim = catalog.claim(ORIGINAL, row.owner, NOON)
    catalog.release(claim)
    if is_made_again:
        catalog.claim(ORIGINAL, row.owner, LATER)
    with pytest.raises(ClaimLostError):
        catalog.save(Change(row.with_image(IMAGE), claim))
    found = catalog.find(row.owner)
    assert found
    assert found.images == ()


def test_a_row_that_changed_is_no_lost_claim(catalog: ImageCatalog, row: OwnerImages) -> None:
    claim = catalog.claim(ORIGINAL, row.owner, NOON)
    catalog.save(Change(row))
    with pytest.raises(ConflictError) as caught:
        catalog.save(Change(row.with_image(IMAGE), claim))
    assert not isinstance(caught.value, ClaimLostError)
    assert catalog.claims(ORIGINAL) == (claim,)


def test_claims_are_dropped_with_the_row_or_not_at_all(catalog: ImageCatalog, row: OwnerImages) -> None:
    claim = catalog.claim(ORIGINAL, row.owner, NOON)
    saved = catalog.save(Change(row.with_image(IMAGE), claim))
    with pytest.raises(ConflictError):
        catalog.save(Change(row, dropped=frozenset({ORIGINAL})))
    assert len(catalog.claims(ORIGINAL)) == 1
    other = catalog.claim("originals/bb/y", row.owner, NOON)
    catalog.save(Change.between(saved, saved.without(ImageType.PRIMARY), other))
    assert catalog.claims(ORIGINAL) == ()
    assert [claim.is_held for claim in catalog.claims("originals/bb/y")] == [True]


def test_a_claim_that_was_renewed_or_held_since_is_not_withdrawn(
    catalog: ImageCatalog, row: OwnerImages
) -> None:
    read = catalog.claim(ORIGINAL, row.owner, NOON)
    renewed = catalog.claim(ORIGINAL, row.owner, LATER)
    catalog.release(read)
    assert catalog.claims(ORIGINAL) == (renewed,)
    catalog.save(Change(row.with_image(IMAGE), renewed))
    catalog.release(renewed)
    assert len(catalog.claims(ORIGINAL)) == 1
    catalog.release(catalog.claims(ORIGINAL)[0])
    assert catalog.claims(ORIGINAL) == ()


def test_withdrawing_what_is_gone_is_no_error(catalog: ImageCatalog, row: OwnerImages) -> None:
    claim = catalog.claim(ORIGINAL, row.owner, NOON)
    catalog.release(claim)
    catalog.release(claim)


def test_claims_of_one_original_are_those_of_all_owners(catalog: ImageCatalog, row: OwnerImages) -> None:
    other = OwnerKey.user("b" * 32)
    made = {catalog.claim(ORIGINAL, owner, NOON) for owner in (row.owner, other)}
    catalog.claim(ORIGINAL + "y", other, NOON)
    assert set(catalog.claims(ORIGINAL)) == made
