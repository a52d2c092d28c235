"""Upload tickets in DynamoDB: one row a ticket, `ticket#<id>`, forgotten by the table's time to live."""

from dataclasses import replace

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist, PutError, TransactWriteError
from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb.images.catalog import is_claim_lost
from chalicelib.adapters.dynamodb.images.rows import images_row, write_images
from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.adapters.dynamodb.table.transactions import CONDITION, failures, transaction
from chalicelib.domain.images.claims import ClaimChanges
from chalicelib.domain.images.images import ImageType, OwnerImages
from chalicelib.domain.images.owners import OwnerKey, OwnerKind
from chalicelib.domain.intake.tickets import KEPT, Ticket, TicketState
from chalicelib.errors import ClaimLostError, ConflictError, SettledError

TICKET = "ticket"


class TicketRow(Row):
    """One ticket; what is empty is left out."""

    owner_kind = UnicodeAttribute()
    owner_id = UnicodeAttribute()
    image_type = UnicodeAttribute()
    image_index = NumberAttribute(null=True)
    expires = UTCDateTimeAttribute()
    state = UnicodeAttribute()
    tag = UnicodeAttribute(null=True)
    field = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    expires_at = TTLAttribute()


class DynamoTickets:
    """Tickets over the row above."""

    def find(self, ticket_id: str) -> Ticket | None:
        """Read one row."""
        try:
            return _ticket(TicketRow.get(_key(ticket_id), TICKET, consistent_read=True))
        except DoesNotExist:
            return None

    def add(self, ticket: Ticket) -> bool:
        """Put a row where there is none."""
        return _saved(ticket, TicketRow.pk.does_not_exist())

    def settle(self, ticket: Ticket) -> bool:
        """Put the row while the one there is waiting."""
        return _saved(ticket, TicketRow.state == TicketState.WAITING)

    def complete(self, ticket: Ticket, images: OwnerImages, claims: ClaimChanges) -> OwnerImages:
        """Put both rows in one transaction, with what becomes of claims."""
        saved = replace(images, version=(images.version or 0) + 1)
        try:
            with transaction() as write:
                write.save(_row(ticket), condition=TicketRow.state == TicketState.WAITING)
                write_images(write, images_row(saved), claims)
        except TransactWriteError as error:
            raise _failure(error, ticket, claims) from error
        return saved


def _saved(ticket: Ticket, condition: Condition) -> bool:
    try:
        _row(ticket).save(condition=condition)
    except PutError as error:
        if is_refused(error):
            return False
        raise
    return True


def _failure(error: TransactWriteError, ticket: Ticket, claims: ClaimChanges) -> Exception:
    """Translate a failed `complete`; among its parts the ticket's comes after the dropped claims'."""
    reasons = failures(error)
    if not reasons:
        return error
    if reasons[len(claims.dropped)] == CONDITION:
        return SettledError(f"The upload ticket {ticket.id} was used before.")
    if claims.held and is_claim_lost(error):
        return ClaimLostError(f"The claim to {claims.held.original} was withdrawn.")
    return ConflictError(f"The images of {ticket.owner} changed meanwhile.")


def _key(ticket_id: str) -> str:
    return f"ticket#{ticket_id}"


def _row(ticket: Ticket) -> TicketRow:
    return TicketRow(
        _key(ticket.id),
        TICKET,
        owner_kind=ticket.owner.kind.value,
        owner_id=ticket.owner.id,
        image_type=ticket.image_type.value,
        image_index=ticket.index,
        expires=ticket.expires,
        state=ticket.state.value,
        tag=ticket.tag or None,
        field=ticket.field or None,
        reason=ticket.reason or None,
        expires_at=ticket.expires + KEPT,
    )


def _ticket(row: TicketRow) -> Ticket:
    return Ticket(
        id=row.pk.removeprefix("ticket#"),
        owner=OwnerKey(OwnerKind(row.owner_kind), row.owner_id),
        image_type=ImageType(row.image_type),
        index=None if row.image_index is None else int(row.image_index),
        expires=row.expires,
        state=TicketState(row.state),
        tag=row.tag or "",
        field=row.field or "",
        reason=row.reason or "",
    )
