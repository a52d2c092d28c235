"""What the services rely on in any store of upload tickets, the fake one and DynamoDB alike."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.intake.tickets import Ticket
from chalicelib.errors import ClaimLostError, ConflictError, SettledError
from chalicelib.services.intake.ports import Tickets
from chalicelib.services.ports import ImageCatalog
from tests.support.fakes.catalog import FakeImageCatalog
from tests.support.fakes.tickets import FakeTickets

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
FACTS = ImageFacts(ImageFormat.JPG, 2, 3)


@dataclass
class Stores:
    """Tickets and the images that they are completed with."""

    tickets: Tickets
    catalog: ImageCatalog

    def images(self) -> OwnerImages:
        return self.catalog.save(Change(OwnerImages(OwnerKey.item(uuid.uuid4().hex), "Heat")))

    def upload(self, images: OwnerImages) -> Change:
        """Claim an original and add an image of it, as an upload does before it writes."""
        original = f"originals/{uuid.uuid4().hex}"
        claim = self.catalog.claim(original, images.owner, NOON)
        image = StoredImage(ImageType.PRIMARY, "a" * 32, original, 10, FACTS, NOON)
        return Change(images.with_image(image), claim)


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "fake":
        catalog = FakeImageCatalog()
        return Stores(FakeTickets(catalog), catalog)
    from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.images.tickets import DynamoTickets  # noqa: PLC0415

    request.getfixturevalue("table")
    return Stores(DynamoTickets(), DynamoImageCatalog())


def made(owner: OwnerKey | None = None, index: int | None = None) -> Ticket:
    return Ticket(uuid.uuid4().hex, owner or OwnerKey.item(uuid.uuid4().hex), ImageType.BACKDROP, index, NOON)


@pytest.mark.parametrize("index", [None, 0, 7])
def test_a_ticket_comes_back_as_it_was_written(stores: Stores, index: int | None) -> None:
    ticket = made(index=index)
    assert stores.tickets.find(ticket.id) is None
    assert stores.tickets.add(ticket)
    assert stores.tickets.find(ticket.id) == ticket


def test_an_id_is_given_out_once(stores: Stores) -> None:
    ticket = made()
    assert stores.tickets.add(ticket)
    assert not stores.tickets.add(replace(ticket, index=3))
    assert stores.tickets.find(ticket.id) == ticket


def test_a_ticket_is_settled_once(stores: Stores) -> None:
    ticket = made()
    stores.tickets.add(ticket)
    refused = ticket.refused("body", "Kein Bild: é")
    assert stores.tickets.settle(refused)
    assert not stores.tickets.settle(ticket.done("tag"))
    assert stores.tickets.find(ticket.id) == refused


def test_a_ticket_that_is_forgotten_is_not_settled(stores: Stores) -> None:
    ticket = made()
    assert not stores.tickets.settle(ticket.done("tag"))
    assert stores.tickets.find(ticket.id) is None


def test_a_ticket_is_completed_together_with_the_images(stores: Stores) -> None:
    images = stores.images()
    ticket = made(images.owner)
    stores.tickets.add(ticket)
    change = stores.upload(images)
    saved = stores.catalog.save(change, ticket.done("a" * 32))
    found = stores.catalog.find(images.owner)
    assert found == saved == change.images
    assert found
    assert found.version == saved.version == (images.version or 0) + 1
    assert stores.tickets.find(ticket.id) == ticket.done("a" * 32)


def test_a_ticket_that_was_used_changes_no_images(stores: Stores) -> None:
    images = stores.images()
    ticket = made(images.owner)
    stores.tickets.add(ticket)
    stores.tickets.settle(ticket.refused("body", "no"))
    change = stores.upload(images)
    with pytest.raises(SettledError):
        stores.catalog.save(change, ticket.done("a" * 32))
    assert stores.catalog.find(images.owner) == images


def test_images_that_others_changed_leave_the_ticket_waiting(stores: Stores) -> None:
    images = stores.images()
    ticket = made(images.owner)
    stores.tickets.add(ticket)
    change = stores.upload(images)
    stores.catalog.save(Change(replace(images, name="Other")))
    with pytest.raises(ConflictError):
        stores.catalog.save(change, ticket.done("a" * 32))
    assert stores.tickets.find(ticket.id) == ticket


def test_a_claim_that_was_withdrawn_leaves_the_ticket_waiting(stores: Stores) -> None:
    images = stores.images()
    ticket = made(images.owner)
    stores.tickets.add(ticket)
    change = stores.upload(images)
    assert change.held
    stores.catalog.release(change.held)
    with pytest.raises(ClaimLostError):
        stores.catalog.save(change, ticket.done("a" * 32))
    assert stores.tickets.find(ticket.id) == ticket
    assert stores.catalog.find(images.owner) == images
