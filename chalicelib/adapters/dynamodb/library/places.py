"""Listings as rows: a place is a key of `list#<listing>`, a segment a counter in `segments#<scope>`.

A credit, `credit#<artist>`, counts for how many items of a scope the artist is an album artist. All of them change
in the transaction that writes the item, so that totals are right however writes interleave.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb.table.conditions import delete_if
from chalicelib.adapters.dynamodb.table.models import Row
from chalicelib.adapters.dynamodb.table.plain_rows import plain_rows
from chalicelib.domain.library.listings import LAST, Listing

SEGMENTS = "segments#"
CREDITS = "credit#"

_STATE = ("library", "listings")
FIRST = "\0"
"""A character that no kind has, below all that keys have."""


class PlaceRow(Row):
    """A place: its key is all there is to it."""


class SegmentRow(Row):
    """The places from one key up to the next segment's; `splits` counts how often it was cut, `writes` all else."""

    places = NumberAttribute(default=0)
    writes = NumberAttribute(null=True)
    splits = NumberAttribute(null=True)


class CreditRow(Row):
    """How many items of a scope name an artist; `key` is the artist's place while there are any."""

    items = NumberAttribute()
    key = UnicodeAttribute()


class ListingsRow(Row):
    """Whether all items have their places, and are counted: until then lists are read as before those."""

    is_complete = BooleanAttribute()
    has_tallies = BooleanAttribute(null=True)


class Completeness(NamedTuple):
    """Whether all items have their places, and are counted in totals and among those that mention the same."""

    places: bool = False
    tallies: bool = False


def completeness() -> Completeness:
    """Tell what all items have, by a consistent read."""
    try:
        row = ListingsRow.get(*_STATE, consistent_read=True)
    except DoesNotExist:
        return Completeness()
    return Completeness(bool(row.is_complete), bool(row.has_tallies))


def mark_complete() -> None:
    """Let lists be read from places and numbers from tallies from now on."""
    ListingsRow(*_STATE, is_complete=True, has_tallies=True).save()


def place_partition(listing: Listing) -> str:
    """Return the partition of a listing's places."""
    return f"list#{listing.scope}#{listing.kind}#{listing.sorting}"


def segment_partition(listing: Listing) -> str:
    """Return the partition of the segments of a scope."""
    return SEGMENTS + listing.scope


def segment_key(listing: Listing, start: str) -> str:
    """Return the sort key of a segment."""
    return f"{listing.sorting}#{listing.kind}{FIRST}{start}"


def place_keys(listing: Listing, start: str, before: str | None) -> list[str]:
    """Return the keys of a segment."""
    found = PlaceRow.query(
        place_partition(listing), PlaceRow.sk >= start if start else None, consistent_read=True
    )
    keys: list[str] = []
    for row in found:
        if before is not None and row.sk >= before:
            break
        keys.append(row.sk)
    return keys


def segment_of(listing: Listing, key: str) -> SegmentRow:
    """Return the row that counts a key, by a consistent read; the first of a listing need not exist yet."""
    first, last = segment_key(listing, ""), segment_key(listing, key)
    rows = SegmentRow.query(
        segment_partition(listing),
        SegmentRow.sk.between(first, last),
        scan_index_forward=False,
        limit=1,
        consistent_read=True,
    )
    found = next(iter(rows), None)
    return found or _first_of(listing)


def segments_of(listing: Listing) -> list[SegmentRow]:
    """Return the rows of a listing in order, by a consistent read; the first need not exist yet."""
    whole = SegmentRow.sk.between(segment_key(listing, ""), segment_key(listing, LAST))
    rows = list(SegmentRow.query(segment_partition(listing), whole, consistent_read=True))
    if not rows or rows[0].sk != segment_key(listing, ""):
        rows.insert(0, _first_of(listing))
    return rows


def _first_of(listing: Listing) -> SegmentRow:
    return SegmentRow(segment_partition(listing), segment_key(listing, ""), places=0)


def segment_after(listing: Listing, row: SegmentRow) -> str | None:
    """Return where the segment behind a segment begins, None behind the last."""
    prefix = segment_key(listing, "")
    rows = SegmentRow.query(row.pk, SegmentRow.sk > row.sk, limit=1, consistent_read=True)
    following = next(iter(rows), None)
    if following is None or not following.sk.startswith(prefix):
        return None
    return following.sk.removeprefix(prefix)


def credits_to(artist_id: str) -> list[CreditRow]:
    """Return the credits of an artist, in every scope."""
    return list(CreditRow.query(CREDITS + artist_id, consistent_read=True))


def credit_rows(pairs: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], CreditRow]:
    """Return the credits that exist, by artist and scope."""
    keys = [(CREDITS + artist, scope) for artist, scope in pairs]
    rows = CreditRow.batch_get(keys, consistent_read=True) if keys else ()
    return {(row.pk.removeprefix(CREDITS), row.sk): row for row in rows}


def drop_empty_segments(scope: str) -> None:
    """Delete the segments of a scope that count nothing any more."""
    for row in list(plain_rows(SEGMENTS + scope)):
        if row["places"]["N"] == "0":
            drop_empty_counter(row["pk"]["S"], row["sk"]["S"])


def drop_empty_counter(pk: str, sk: str) -> None:
    """Delete a segment without places or a credit without items; whoever counts up meanwhile keeps it."""
    if pk.startswith(CREDITS):
        delete_if(CreditRow(pk, sk), CreditRow.items == 0)
    else:
        delete_if(SegmentRow(pk, sk), SegmentRow.places == 0)
