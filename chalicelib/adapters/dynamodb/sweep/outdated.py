"""Rows that earlier releases wrote, in the form of today, and counters that count nothing any more."""

from contextlib import suppress

from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog
from chalicelib.adapters.dynamodb.images.reading import read_images
from chalicelib.adapters.dynamodb.images.rows import IMAGES, ImagesRow, owner_of
from chalicelib.adapters.dynamodb.library.listings import DynamoListings
from chalicelib.adapters.dynamodb.library.places import (
    CREDITS,
    SEGMENTS,
    CreditRow,
    SegmentRow,
    drop_empty_counter,
)
from chalicelib.adapters.dynamodb.library.rows import DETAILS, DetailsRow, find_items
from chalicelib.domain.images.changes import Change
from chalicelib.errors import ConflictError
from chalicelib.services.sweep.ports import OutdatedRow

IS_OUTDATED = (
    ((ImagesRow.sk == IMAGES) & ImagesRow.heads.does_not_exist())
    | ((DetailsRow.sk == DETAILS) & DetailsRow.is_mentioning.does_not_exist())
    | (SegmentRow.pk.startswith(SEGMENTS) & (SegmentRow.places == 0))
    | (CreditRow.pk.startswith(CREDITS) & (CreditRow.items == 0))
)
"""Images as a list of maps and items without places, which any change of them writes anew, too; empty counters."""


def rewrite(row: OutdatedRow) -> None:
    """Write a row as whoever changes it would; one that changes meanwhile is written anew by that."""
    if row.pk.startswith((SEGMENTS, CREDITS)):
        drop_empty_counter(row.pk, row.sk)
        return
    owner = owner_of(row.pk)
    with suppress(ConflictError):
        if row.sk == DETAILS:
            DynamoListings(find_items).list_old(owner.id)
        elif images := read_images(owner):
            DynamoImageCatalog().save(Change(images))
