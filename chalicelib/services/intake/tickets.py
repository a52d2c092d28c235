"""Giving out upload tickets, and telling what has become of them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.intake.tickets import Ticket
from chalicelib.errors import LimitExceededError, NotFoundError
from chalicelib.services.images.finder import ImageFinder
from chalicelib.services.intake.ports import Tickets
from chalicelib.services.ports import BlobStore, Clock, UploadForm


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """A new ticket, with the form to send its file and the largest size of that file in bytes."""

    ticket: Ticket
    form: UploadForm
    max_bytes: int


def new_id() -> str:
    """Return a random id of 122 bits, which nobody guesses."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class UploadTickets:
    """Tickets for files of `max_bytes` at most, to be sent within `seconds`."""

    finder: ImageFinder
    tickets: Tickets
    originals: BlobStore
    clock: Clock
    max_bytes: int
    seconds: int
    make_id: Callable[[], str] = new_id

    def issue(
        self, owner: OwnerKey, image_type: ImageType, index: int | None, content_type: str, size: int | None
    ) -> IssuedTicket:
        """Give out a ticket; with a size, in bytes, the file must have just that.

        Raises NotFoundError for an unknown owner, LimitExceededError for a size above the limit.
        """
        self.finder.list(owner)
        sizes = self._sizes(size)
        expires = self.clock.now() + timedelta(seconds=self.seconds)
        ticket = Ticket(self.make_id(), owner, image_type, index, expires)
        self.tickets.add(ticket)
        form = self.originals.upload_form(
            ticket.key, content_type=content_type, sizes=sizes, seconds=self.seconds
        )
        return IssuedTicket(ticket, form, sizes[-1])

    def find(self, owner: OwnerKey, image_type: ImageType, ticket_id: str) -> Ticket:
        """Return what a ticket has come to; raises NotFoundError, also for a ticket of another image."""
        found = self.tickets.find(ticket_id)
        if found is None or (found.owner, found.image_type) != (owner, image_type):
            raise NotFoundError(f"There is no upload ticket {ticket_id} for this image.")
        return found.seen_at(self.clock.now())

    def _sizes(self, size: int | None) -> range:
        if size is None:
            return range(1, self.max_bytes + 1)
        if size > self.max_bytes:
            raise LimitExceededError("size", "size of the picture in bytes", size, self.max_bytes)
        return range(size, size + 1)
