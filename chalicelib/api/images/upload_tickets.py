"""Tickets for uploads too large for a request body; ours, Jellyfin has no such calls."""

from chalice.app import Response

from chalicelib.api.images.item_images import IMAGE
from chalicelib.container import container, identity_of
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.web.images.schemas import UploadAnnouncement, UploadTicket, UploadTicketStatus
from chalicelib.web.images.tickets import CONTENT_TYPE, SIZE, TicketBody, issued_ticket, ticket_status
from chalicelib.web.protocol.auth import elevated
from chalicelib.web.protocol.blueprint import Routes
from chalicelib.web.protocol.declarations import parameters
from chalicelib.web.protocol.declarations.image_parameters import IMAGE_INDEX, image_index_of
from chalicelib.web.protocol.declarations.operations import operation
from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import created, json_response

routes = Routes(__name__, identity_of)

UPLOAD = IMAGE + "/Upload"


@routes.view(UPLOAD, "POST")
@operation(
    IMAGE_INDEX,
    CONTENT_TYPE,
    SIZE,
    body=UploadAnnouncement,
    body_is_optional=True,
    answers=UploadTicket,
    status=201,
)
@elevated
def issue_upload_ticket(request: Request, item_id: str, image_type: str) -> Response:
    """Give out a ticket to send one image of an item straight to the store."""
    wanted = TicketBody.of(request)
    issued = container().intake.tickets.issue(
        OwnerKey.item(parameters.guid("itemId", item_id)),
        parameters.image_type(image_type),
        image_index_of(request.query),
        wanted.content_type,
        wanted.size,
    )
    return created(request, issued_ticket(issued), f"Upload/{issued.ticket.id}")


@routes.view(UPLOAD + "/{ticket_id}", "GET")
@operation(answers=UploadTicketStatus)
@elevated
def get_upload_ticket(request: Request, item_id: str, image_type: str, ticket_id: str) -> Response:
    """Tell what has become of a ticket."""
    owner = OwnerKey.item(parameters.guid("itemId", item_id))
    kind = parameters.image_type(image_type)
    ticket = container().intake.tickets.find(owner, kind, parameters.guid("ticketId", ticket_id))
    return json_response(request, ticket_status(ticket))
