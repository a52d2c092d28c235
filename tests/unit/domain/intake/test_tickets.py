"""Upload tickets as values."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.intake.tickets import SETTLING, Ticket, TicketState

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TICKET = Ticket("t" * 32, OwnerKey.item("a" * 32), ImageType.LOGO, None, NOON)
LATE = NOON + SETTLING


def test_a_ticket_names_the_key_of_its_file() -> None:
    assert TICKET.key == "uploads/" + "t" * 32


def test_a_ticket_waits_until_it_is_done_or_refused() -> None:
    assert not TICKET.is_settled
    done, refused = TICKET.done("tag"), TICKET.refused("body", "too large")
    assert (done.is_settled, done.state, done.tag) == (True, TicketState.DONE, "tag")
    assert (refused.is_settled, refused.field, refused.reason) == (True, "body", "too large")


@pytest.mark.parametrize(
    ("ticket", "moment", "state"),
    [
        (TICKET, NOON, TicketState.WAITING),
        (TICKET, LATE - timedelta(seconds=1), TicketState.WAITING),
        (TICKET, LATE, TicketState.EXPIRED),
        (TICKET.done("tag"), LATE, TicketState.DONE),
        (TICKET.refused("body", "no"), LATE, TicketState.REFUSED),
    ],
)
def test_only_an_unused_ticket_expires(ticket: Ticket, moment: datetime, state: TicketState) -> None:
    assert ticket.seen_at(moment).state is state
