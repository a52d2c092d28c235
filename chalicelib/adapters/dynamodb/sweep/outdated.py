"""Rows that earlier releases wrote, in the form of today; counters of nothing; what a writer left half done."""

from contextlib import suppress
from datetime import datetime

from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog
from chalicelib.adapters.dynamodb.images.reading import read_images
from chalicelib.adapters.dynamodb.images.rows import IMAGES, ImagesRow, owner_of
from chalicelib.adapters.dynamodb.library.listings import DynamoListings
from chalicelib.adapters.dynamodb.library.mentions.intents import (
    ABANDONED,
    PENDING,
    IntentRow,
    settle_abandoned,
)
from chalicelib.adapters.dynamodb.library.mentions.tallies import TALLY, TallyRow, drop_empty_tally
from chalicelib.adapters.dynamodb.library.places import (
    CREDITS,
    SEGMENTS,
    CreditRow,
    SegmentRow,
    drop_empty_counter,
)
from chalicelib.adapters.dynamodb.library.rows import DETAILS, DetailsRow, find_items
from chalicelib.adapters.dynamodb.library.totals import TOTALS, TotalsRow, drop_empty_totals
from chalicelib.domain.images.changes import Change
from chalicelib.errors import ConflictError
from chalicelib.services.sweep.ports import OutdatedRow

_IS_OLD = ((ImagesRow.sk == IMAGES) & ImagesRow.heads.does_not_exist()) | (
    (DetailsRow.sk == DETAILS) & DetailsRow.is_tallied.does_not_exist()
)
"""Images as a list of maps and items that are not counted, which any change of them writes anew, too."""

_IS_EMPTY = (
    (SegmentRow.pk.startswith(SEGMENTS) & (SegmentRow.places == 0))
    | (CreditRow.pk.startswith(CREDITS) & (CreditRow.items == 0))
    | (TotalsRow.pk.startswith(TOTALS) & (TotalsRow.total == 0))
    | (TallyRow.pk.startswith(TALLY) & (TallyRow.total == 0))
)
"""Counters that count nothing."""


def is_outdated(now: datetime) -> Condition:
    """Return the condition of rows to be written anew; what a writer left half done is, once it is abandoned."""
    is_abandoned = IntentRow.pk.startswith(PENDING) & (IntentRow.at < now - ABANDONED)
    condition: Condition = _IS_OLD | _IS_EMPTY | is_abandoned
    return condition


def rewrite(row: OutdatedRow) -> None:
    """Write a row as whoever changes it would; one that changes meanwhile is written anew by that."""
    if row.pk.startswith((SEGMENTS, CREDITS)):
        drop_empty_counter(row.pk, row.sk)
    elif row.pk.startswith(TOTALS):
        drop_empty_totals(row.pk.removeprefix(TOTALS))
    elif row.pk.startswith(TALLY):
        drop_empty_tally(row.pk.removeprefix(TALLY))
    elif row.pk.startswith(PENDING):
        settle_abandoned(row.pk, row.sk, find_items)
    else:
        _rewrite_owned(row)


def _rewrite_owned(row: OutdatedRow) -> None:
    owner = owner_of(row.pk)
    with suppress(ConflictError):
        if row.sk == DETAILS:
            DynamoListings(find_items).list_old(owner.id)
        elif images := read_images(owner):
            DynamoImageCatalog().save(Change(images))
