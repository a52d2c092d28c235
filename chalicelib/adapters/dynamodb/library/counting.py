"""Changes of places, and of the segments that count them, in one transaction."""

from bisect import bisect_right
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pynamodb.exceptions import DoesNotExist, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.library.places import (
    PlaceRow,
    SegmentRow,
    place_keys,
    place_partition,
    segment_after,
    segment_key,
    segment_of,
    segments_of,
)
from chalicelib.adapters.dynamodb.table.transactions import transaction
from chalicelib.domain.library.listings import Listing, Place
from chalicelib.errors import ConflictError

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action

MOST_PLACES = 500
"""Of a segment, after which it is cut in two: what a page reads beside its own places, at most."""


_FEW = 2
"""Places of a listing of which each asks for its segment; for more of them all segments are read at once."""


class PlacesTakenError(ConflictError):
    """Another writer was at the same places; with what is there now the same write may succeed."""


@dataclass
class PlaceChanges:
    """Places that go and come, each counted by its segment; `counted` are counted alone, and written by others."""

    gone: set[Place] = field(default_factory=set)
    new: set[Place] = field(default_factory=set)
    counted: list[tuple[Place, int]] = field(default_factory=list)
    touched: dict[tuple[str, str], tuple[Listing, SegmentRow, int]] = field(default_factory=dict)

    def add_to(self, write: TransactWrite) -> int:
        """Add the changes to a transaction; return how many of them are updates, with conditions of their own.

        Each segment is changed once, on the condition that it has not been cut since it was read.
        """
        for place in self.gone:
            write.delete(PlaceRow(place_partition(place.listing), place.key))
        for place in self.new:
            write.save(PlaceRow(place_partition(place.listing), place.key))
        changes: defaultdict[Listing, list[tuple[str, int]]] = defaultdict(list)
        for place, delta in [*self.counted, *((p, 1) for p in self.new), *((p, -1) for p in self.gone)]:
            changes[place.listing].append((place.key, delta))
        for listing, its in changes.items():
            self._touch(listing, its)
        for _, row, delta in self.touched.values():
            write.update(row, [SegmentRow.places.add(delta), SegmentRow.writes.add(1)], _is_as_read(row))
        return len(self.touched)

    def _touch(self, listing: Listing, changes: list[tuple[str, int]]) -> None:
        """Note by how much each segment of a listing changes."""
        rows = segments_of(listing) if len(changes) > _FEW else []
        for key, delta in changes:
            row = _last_from(rows, segment_key(listing, key)) if rows else segment_of(listing, key)
            _, row, before = self.touched.get((row.pk, row.sk), (listing, row, 0))
            self.touched[row.pk, row.sk] = (listing, row, before + delta)

    def tidy(self) -> None:
        """Cut what has grown too long; another writer may do it as well."""
        for listing, row, delta in self.touched.values():
            if int(row.places) + delta > MOST_PLACES:
                with suppress(TransactWriteError, DoesNotExist):
                    _cut(listing, row)


def _last_from(rows: list[SegmentRow], key: str) -> SegmentRow:
    """Return the segment that a key falls in; the first of a listing is before every key."""
    return rows[bisect_right(rows, key, key=lambda row: row.sk) - 1]


def _is_as_read(row: SegmentRow) -> Condition:
    """Require that a segment has not been cut or dropped since, or that it still is not there."""
    if not row.writes:
        return SegmentRow.pk.does_not_exist()
    as_read: Condition = SegmentRow.pk.exists() & _is_uncut(row)
    return as_read


def _is_uncut(row: SegmentRow) -> Condition:
    return SegmentRow.splits == row.splits if row.splits else SegmentRow.splits.does_not_exist()


def _cut(listing: Listing, seen: SegmentRow) -> None:
    """Make two segments of one, if its places have not changed since they were counted."""
    row = SegmentRow.get(seen.pk, seen.sk, consistent_read=True)
    start = row.sk.removeprefix(segment_key(listing, ""))
    keys = place_keys(listing, start, segment_after(listing, row))
    if len(keys) != row.places or len(keys) <= MOST_PLACES:
        return
    middle = len(keys) // 2
    with transaction() as write:
        unchanged = (SegmentRow.writes == row.writes) & _is_uncut(row)
        halved: list[Action] = [SegmentRow.places.set(middle), SegmentRow.splits.set((row.splits or 0) + 1)]
        write.update(SegmentRow(row.pk, row.sk), halved, unchanged)
        places = len(keys) - middle
        second = SegmentRow(row.pk, segment_key(listing, keys[middle]), places=places, writes=places)
        write.save(second, SegmentRow.pk.does_not_exist())
