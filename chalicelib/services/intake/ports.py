"""What the services need of the store of upload tickets."""

from typing import Protocol

from chalicelib.domain.images.claims import ClaimChanges
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.intake.tickets import Ticket


class Tickets(Protocol):
    """Tickets by id; each is settled once. A ticket is forgotten `KEPT` after it expired."""

    def find(self, ticket_id: str) -> Ticket | None:
        """Return a ticket by a consistent read, None when there is none."""
        ...

    def add(self, ticket: Ticket) -> bool:
        """Write a new ticket; False when its id is taken."""
        ...

    def settle(self, ticket: Ticket) -> bool:
        """Write a settled ticket; False when it was settled before, or forgotten."""
        ...

    def complete(self, ticket: Ticket, images: OwnerImages, claims: ClaimChanges) -> OwnerImages:
        """Write a ticket that is done together with its owner's images, both or neither.

        Raises SettledError when the ticket was settled before, else ConflictError as the catalog's `save` does.
        """
        ...
