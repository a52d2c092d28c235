"""Objects that somebody put into the store of originals, by a ticket: each becomes an image once, or is refused."""

from dataclasses import dataclass

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.intake.tickets import UPLOADS, Ticket
from chalicelib.errors import InvalidInputError, LimitExceededError, NotFoundError, SettledError
from chalicelib.services.images.editing import ImageEditing
from chalicelib.services.intake.ports import Tickets
from chalicelib.services.ports import BlobStore, StoredBlob
from chalicelib.telemetry.ledger import note


@dataclass(frozen=True, slots=True)
class TicketSettlement:
    """Events of such objects may come twice, late, and stop anywhere.

    The ticket is settled in the transaction that writes the image, or before the object is removed, so that a
    repetition finds it settled and only tidies up.
    """

    editing: ImageEditing
    tickets: Tickets
    originals: BlobStore
    max_bytes: int

    def settle_upload(self, key: str, deadline: Deadline) -> None:
        """Settle the ticket whose file arrived under `uploads/`, and remove the file."""
        versions = self.originals.versions(key)
        ticket = self.tickets.find(key.removeprefix(UPLOADS))
        if ticket and not ticket.is_settled and (found := self.originals.open(key)):
            versions |= {found.version}
            self.settle(ticket, found, deadline)
        self.originals.delete_versions(key, versions)

    def settle(self, ticket: Ticket, found: StoredBlob, deadline: Deadline) -> Ticket:
        """Make a file the image that its ticket is for, or refuse it; returns the settled ticket."""
        try:
            self._make(ticket, found, deadline)
        except InvalidInputError as error:
            self.tickets.settle(ticket.refused(error.field, str(error)))
        except NotFoundError as error:
            self.tickets.settle(ticket.refused("itemId", str(error)))
        except SettledError:
            pass  # another delivery of the same event was faster
        return self._noted(self.tickets.find(ticket.id) or ticket)

    def _make(self, ticket: Ticket, found: StoredBlob, deadline: Deadline) -> None:
        if found.size > self.max_bytes:
            found.close()
            raise LimitExceededError("body", "size of the picture in bytes", found.size, self.max_bytes)
        self.editing.upload(
            ticket.owner,
            ticket.image_type,
            found.read(),
            index=ticket.index,
            deadline=deadline,
            ticket=ticket,
        )

    def _noted(self, ticket: Ticket) -> Ticket:
        note("ticket", ticket.state.value)
        return ticket
