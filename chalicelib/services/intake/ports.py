"""What the services need of the store of upload tickets."""

from typing import Protocol

from chalicelib.domain.intake.tickets import Ticket


class Tickets(Protocol):
    """Tickets by id; each is settled once, here or with the image that it is for.

    A ticket is forgotten `KEPT` after it expired.
    """

    def find(self, ticket_id: str) -> Ticket | None:
        """Return a ticket by a consistent read, None when there is none."""
        ...

    def add(self, ticket: Ticket) -> bool:
        """Write a new ticket; False when its id is taken."""
        ...

    def settle(self, ticket: Ticket) -> bool:
        """Write a settled ticket; False when it was settled before, or forgotten."""
        ...
