"""Images of the upstream server in any catalog: their marks, and which there are of an owner."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.originals import original_key, tag_of
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.images.upstream import UpstreamMark
from chalicelib.domain.upstream.places import Place
from chalicelib.services.ports import ImageCatalog
from chalicelib.services.upstream.ports import UpstreamImages
from tests.support.fakes.accounts import NOON
from tests.support.fakes.catalog import FakeImageCatalog
from tests.support.fakes.upstream import FakeUpstreamImages

SUBJECT = f"Persons/Ada / Byron#{uuid.uuid4().hex}"
MARK = UpstreamMark(NOON, ("a", "b"), '"etag"', "Thu, 01 Jan 2026 00:00:00 GMT", NOON + timedelta(seconds=1))


@dataclass
class Kept:
    """A catalog, and what lists the upstream server's images of it."""

    catalog: ImageCatalog
    images: UpstreamImages


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    if request.param == "fake":
        rows = FakeImageCatalog()
        yield Kept(rows, FakeUpstreamImages(rows))
        return
    request.getfixturevalue("table")
    from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.upstream.images import DynamoUpstreamImages  # noqa: PLC0415

    yield Kept(DynamoImageCatalog(), DynamoUpstreamImages())


def image() -> StoredImage:
    original = original_key(uuid.uuid4().bytes)
    facts = ImageFacts(ImageFormat.JPG, 10, 10)
    return StoredImage(ImageType.PRIMARY, tag_of(original), original, 9, facts, NOON)


def saved(kept: Kept, owner: OwnerKey, mark: UpstreamMark | None = MARK) -> OwnerImages:
    before = kept.catalog.find(owner) or OwnerImages(owner, "Ada")
    made = image()
    claim = kept.catalog.claim(made.original, owner, NOON)
    return kept.catalog.save(Change.between(before, replace(before.with_image(made), upstream=mark), claim))


@pytest.mark.parametrize("mark", [MARK, UpstreamMark(), UpstreamMark(NOON), None])
def test_a_mark_comes_back_as_it_was_saved(kept: Kept, mark: UpstreamMark | None) -> None:
    owner = Place(SUBJECT, ImageType.BACKDROP, 12).owner
    stored = saved(kept, owner, mark)
    assert kept.catalog.find(owner) == stored
    assert kept.catalog.find_many([owner]) == {owner: stored}
    (claim,) = kept.catalog.claims(stored.images[0].original)
    assert claim.owner == owner


def test_the_images_of_an_owner_are_found_and_no_others(kept: Kept) -> None:
    places = [Place(SUBJECT, ImageType.PRIMARY, 0), Place(SUBJECT, ImageType.BACKDROP, 1)]
    others = [Place(SUBJECT + "x", ImageType.PRIMARY, 0).owner, OwnerKey.item(uuid.uuid4().hex)]
    for owner in [*(place.owner for place in places), *others]:
        saved(kept, owner)
    found = kept.images.of(SUBJECT)
    assert {Place.parse(images.owner) for images in found} == set(places)
    kept.catalog.remove(found[0])
    assert len(kept.images.of(SUBJECT)) == 1


@pytest.mark.emulator
@pytest.mark.usefixtures("table")
def test_a_scan_sees_them_beside_our_own() -> None:
    from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.sweep.scan import DynamoTableScan  # noqa: PLC0415
    from chalicelib.adapters.dynamodb.upstream.images import DynamoUpstreamImages  # noqa: PLC0415

    kept = Kept(DynamoImageCatalog(), DynamoUpstreamImages())
    owners = {Place(SUBJECT, ImageType.BACKDROP, 2).owner, OwnerKey.item(uuid.uuid4().hex)}
    for owner in owners:
        saved(kept, owner)
    assert {images.owner for images in DynamoTableScan().images("").rows} == owners
