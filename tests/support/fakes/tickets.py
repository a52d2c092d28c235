"""Upload tickets in memory."""

from dataclasses import dataclass, field

from chalicelib.domain.images.claims import ClaimChanges
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.intake.tickets import Ticket
from chalicelib.errors import SettledError
from tests.support.fakes.catalog import FakeImageCatalog


@dataclass
class FakeTickets:
    """Tickets over a dict; the images rows lie in the catalog."""

    catalog: FakeImageCatalog = field(default_factory=FakeImageCatalog)
    tickets: dict[str, Ticket] = field(default_factory=dict)

    def find(self, ticket_id: str) -> Ticket | None:
        return self.tickets.get(ticket_id)

    def add(self, ticket: Ticket) -> bool:
        return self.tickets.setdefault(ticket.id, ticket) is ticket

    def settle(self, ticket: Ticket) -> bool:
        before = self.tickets.get(ticket.id)
        if before is None or before.is_settled:
            return False
        self.tickets[ticket.id] = ticket
        return True

    def complete(self, ticket: Ticket, images: OwnerImages, claims: ClaimChanges) -> OwnerImages:
        before = self.tickets.get(ticket.id)
        if before is None or before.is_settled:
            raise SettledError(ticket.id)
        saved = self.catalog.save(images, claims)
        self.tickets[ticket.id] = ticket
        return saved
