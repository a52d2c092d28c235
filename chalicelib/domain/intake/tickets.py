"""Upload tickets: a grant to make one object, sent straight to the store, an image."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey

UPLOADS = "uploads/"
"""What the keys of objects sent by tickets begin with."""

KEPT = timedelta(days=7)
"""How long a ticket can be read after it expired."""

SETTLING = timedelta(minutes=15)
"""How long after it expired a ticket may wait for its event: what was sent in time is still taken."""


class TicketState(StrEnum):
    """What has become of a ticket."""

    WAITING = "Waiting"
    DONE = "Done"
    REFUSED = "Refused"
    EXPIRED = "Expired"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket for one image of one owner; its file may be sent until `expires`.

    When done it has the image's `tag`; when refused the `field` at fault and the `reason`.
    """

    id: str
    owner: OwnerKey
    image_type: ImageType
    index: int | None
    expires: datetime
    state: TicketState = TicketState.WAITING
    tag: str = ""
    field: str = ""
    reason: str = ""

    @property
    def key(self) -> str:
        """Return the key under which its file is sent."""
        return f"{UPLOADS}{self.id}"

    @property
    def is_settled(self) -> bool:
        """Tell whether it cannot be used any more."""
        return self.state is not TicketState.WAITING

    def done(self, tag: str) -> Self:
        """Return the ticket after its file became an image."""
        return replace(self, state=TicketState.DONE, tag=tag)

    def refused(self, field: str, reason: str) -> Self:
        """Return the ticket after its file was found wanting."""
        return replace(self, state=TicketState.REFUSED, field=field, reason=reason)

    def seen_at(self, moment: datetime) -> Self:
        """Return the ticket as its holder should see it: nothing will come of one that expired unused."""
        if self.is_settled or moment < self.expires + SETTLING:
            return self
        return replace(self, state=TicketState.EXPIRED)
