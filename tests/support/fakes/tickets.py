"""Upload tickets in memory."""

from dataclasses import dataclass, field

from chalicelib.domain.intake.tickets import Ticket
from tests.support.fakes.catalog import FakeImageCatalog


@dataclass
class FakeTickets:
    """Tickets over a dict that they share with the catalog, which settles them with an image."""

    catalog: FakeImageCatalog = field(default_factory=FakeImageCatalog)

    @property
    def tickets(self) -> dict[str, Ticket]:
        return self.catalog.tickets

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
