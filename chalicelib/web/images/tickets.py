"""Upload tickets as requests and answers speak of them; ours, in the style of Jellyfin's JSON."""

import re
from dataclasses import dataclass
from typing import Self

from chalicelib.domain.intake.tickets import Ticket, TicketState
from chalicelib.errors import InvalidInputError
from chalicelib.services.intake.tickets import IssuedTicket
from chalicelib.web.images.schemas import UploadTicket, UploadTicketStatus
from chalicelib.web.protocol.declarations.json_fields import JsonFields
from chalicelib.web.protocol.declarations.query import Integer, Line
from chalicelib.web.protocol.declarations.shapes import Verbatim, date_time
from chalicelib.web.protocol.request import Request

CONTENT_TYPE = Line("contentType", "the media type of the file to come", choices=("image/jpeg",))
SIZE = Integer("size", "the size in bytes of the file to come")

_MAX_BODY_BYTES = 10_000
_ANY_TYPE = "application/octet-stream"
_PICTURE_TYPE = re.compile(r"image/[a-z0-9.+-]{1,60}")
_SIZES = range(1, 2**31)


@dataclass(frozen=True, slots=True)
class TicketBody:
    """What a client may say of the file that it will send: its media type, and its size in bytes."""

    content_type: str
    size: int | None

    @classmethod
    def of(cls, request: Request) -> Self:
        """Read the JSON body if there is one, else the query."""
        content_type, size = _of_body(request) if request.raw_body else _of_query(request)
        content_type = content_type.lower() or _ANY_TYPE
        if content_type != _ANY_TYPE and not _PICTURE_TYPE.fullmatch(content_type):
            raise InvalidInputError(
                "contentType",
                f"Unsupported contentType '{content_type[:100]}'. Send one such as image/tiff, or leave it out.",
            )
        return cls(content_type, size)


def _of_body(request: Request) -> tuple[str, int | None]:
    fields = JsonFields.of_body(request, _MAX_BODY_BYTES)
    return fields.line("contentType"), fields.integer("size", _SIZES)


def _of_query(request: Request) -> tuple[str, int | None]:
    size = JsonFields({SIZE.key: SIZE.text(request.query)}).integer(SIZE.name, _SIZES)
    return CONTENT_TYPE.of(request.query), size


def issued_ticket(issued: IssuedTicket) -> UploadTicket:
    """Return a new ticket: post `Fields` and then the file, as multipart form data, to `Url`."""
    return {
        **ticket_status(issued.ticket),
        "Url": issued.form.url,
        "Fields": Verbatim(issued.form.fields),
        "MaxBytes": issued.max_bytes,
    }


def ticket_status(ticket: Ticket) -> UploadTicketStatus:
    """Return what has become of a ticket."""
    is_refused = ticket.state is TicketState.REFUSED
    return {
        "Id": ticket.id,
        "State": ticket.state.value,
        "StatusUrl": _status_path(ticket),
        "Expires": date_time(ticket.expires),
        "ImageTag": ticket.tag or None,
        "Field": ticket.field if is_refused else None,
        "Reason": ticket.reason if is_refused else None,
    }


def _status_path(ticket: Ticket) -> str:
    """Return where the ticket can be read, relative to the address of the service."""
    return f"/Items/{ticket.owner.id}/Images/{ticket.image_type}/Upload/{ticket.id}"
