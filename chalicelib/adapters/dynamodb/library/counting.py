"""Changes of places, and of the segments that count them, in one transaction."""

from collections import Counter
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
)
from chalicelib.adapters.dynamodb.table.transactions import transaction
from chalicelib.domain.library.listings import Listing, Place
from chalicelib.errors import ConflictError

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action

MOST_PLACES = 500
"""Of a segment, after which it is cut in two: what a page reads beside its own places, at most."""


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
        deltas: Counter[tuple[str, str]] = Counter()
        for place, delta in [*self.counted, *((p, 1) for p in self.new), *((p, -1) for p in self.gone)]:
            row = segment_of(place.listing, place.key)
            deltas[row.pk, row.sk] += delta
            self.touched[row.pk, row.sk] = (place.listing, row, deltas[row.pk, row.sk])
        for key, delta in deltas.items():
            row = self.touched[key][1]
            write.update(row, [SegmentRow.places.add(delta), SegmentRow.writes.add(1)], _is_as_read(row))
        return len(deltas)

    def tidy(self) -> None:
        """Cut what has grown too long; another writer may do it as well."""
        for listing, row, delta in self.touched.values():
            if int(row.places) + delta > MOST_PLACES:
                with suppress(TransactWriteError, DoesNotExist):
                    _cut(listing, row)


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
