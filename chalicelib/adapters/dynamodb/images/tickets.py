"""Upload tickets in DynamoDB: one row a ticket, `ticket#<id>`, forgotten by the table's time to live."""

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.table.conditions import is_refused
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey, OwnerKind
from chalicelib.domain.intake.tickets import KEPT, Ticket, TicketState

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


_IS_WAITING = TicketRow.state == TicketState.WAITING


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
        return _saved(ticket, _IS_WAITING)


def _saved(ticket: Ticket, condition: Condition) -> bool:
    try:
        _row(ticket).save(condition=condition)
    except PutError as error:
        if is_refused(error):
            return False
        raise
    return True


def settle_in(write: TransactWrite, ticket: Ticket) -> None:
    """Add a settled ticket to a transaction, on the condition that the one there is waiting."""
    write.save(_row(ticket), condition=_IS_WAITING)


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
