"""Writes of places: what an item's transaction changes beside the item."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pynamodb.exceptions import DoesNotExist, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.library.finds import find_row_of
from chalicelib.adapters.dynamodb.library.places import (
    CREDITS,
    CreditRow,
    PlaceRow,
    SegmentRow,
    credit_rows,
    credits_to,
    drop_empty_counter,
    place_keys,
    place_partition,
    segment_after,
    segment_key,
    segment_of,
)
from chalicelib.adapters.dynamodb.table.transactions import CONDITION, failures, transaction
from chalicelib.domain.library.finding import Find, finds_of
from chalicelib.domain.library.items import Item
from chalicelib.domain.library.listings import (
    ALBUM_ARTISTS,
    Listing,
    Place,
    credits_of,
    name_key_of,
    places_of,
)
from chalicelib.errors import ConflictError

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action

MOST_PLACES = 500
"""Of a segment, after which it is cut in two: what a page reads beside its own places, at most."""


@dataclass
class Placing:
    """The changes of places that go with the change of an item; None stands for what is not there yet, or any more.

    `find` returns items by id: an artist's place among the album artists follows from the artist's name.
    """

    before: Item | None
    after: Item | None
    find: Callable[[Iterable[str]], Mapping[str, Item]]
    gone: set[Place] = field(default_factory=set)
    new: set[Place] = field(default_factory=set)
    updates: int = 0
    touched: dict[tuple[str, str], tuple[Listing, SegmentRow, int]] = field(default_factory=dict)
    ended: list[CreditRow] = field(default_factory=list)

    def add_to(self, write: TransactWrite) -> None:
        """Add the changes to a transaction, as its last; all conditions are on updates, which are counted."""
        before = places_of(self.before) if self.before else frozenset[Place]()
        after = places_of(self.after) if self.after else frozenset[Place]()
        self.gone, self.new = set(before - after), set(after - before)
        self._change_finds(write)
        self._change_credits(write)
        self._move_credits(write)
        for place in self.gone:
            write.delete(PlaceRow(place_partition(place.listing), place.key))
        for place in self.new:
            write.save(PlaceRow(place_partition(place.listing), place.key))
        self._count(write)

    def tidy(self) -> None:
        """Cut what has grown too long, and delete what counts nothing; another writer may do it as well."""
        for listing, row, delta in self.touched.values():
            if int(row.places) + delta > MOST_PLACES:
                with suppress(TransactWriteError, DoesNotExist):
                    _cut(listing, row)
        for credit in self.ended:
            drop_empty_counter(credit.pk, credit.sk)

    def _change_finds(self, write: TransactWrite) -> None:
        before = finds_of(self.before) if self.before else frozenset[Find]()
        after = finds_of(self.after) if self.after else frozenset[Find]()
        for find in before - after:
            write.delete(find_row_of(find))
        for find in after - before:
            write.save(find_row_of(find))

    def _change_credits(self, write: TransactWrite) -> None:
        """Count an artist in or out; with the first and the last item that names it a place comes and goes."""
        had = credits_of(self.before) if self.before else frozenset[tuple[str, str]]()
        has = credits_of(self.after) if self.after else frozenset[tuple[str, str]]()
        rows = credit_rows(had ^ has)
        artists = self.find({artist for artist, _ in has - had})
        for artist, scope in sorted(has - had):
            if artist in artists:
                self._credit(write, artists[artist], scope, rows.get((artist, scope)))
        for credit in sorted(had - has):
            if row := rows.get(credit):
                self._discredit(write, Listing(credit[1], ALBUM_ARTISTS), row)

    def _credit(self, write: TransactWrite, artist: Item, scope: str, row: CreditRow | None) -> None:
        self.updates += 1
        if row and row.items:
            write.update(row, [CreditRow.items.add(1)], CreditRow.items >= 1)
            return
        place = Place(Listing(scope, ALBUM_ARTISTS), name_key_of(artist))
        unseen = CreditRow.items == 0 if row else CreditRow.pk.does_not_exist()
        key = CreditRow(CREDITS + artist.id, scope)
        write.update(key, [CreditRow.items.set(1), CreditRow.key.set(place.key)], unseen)
        self.new.add(place)

    def _discredit(self, write: TransactWrite, listing: Listing, row: CreditRow) -> None:
        if not row.items:
            return
        self.updates += 1
        if row.items > 1:
            write.update(row, [CreditRow.items.add(-1)], CreditRow.items > 1)
            return
        write.update(row, [CreditRow.items.set(0)], CreditRow.items == 1)
        self.ended.append(row)
        self.gone.add(Place(listing, row.key))

    def _move_credits(self, write: TransactWrite) -> None:
        """Let an artist's places as album artist follow its name, and go with it."""
        if self.before is None or not self.before.type.is_named:
            return
        if self.after and name_key_of(self.after) == name_key_of(self.before):
            return
        for row in credits_to(self.before.id):
            listing = Listing(row.sk, ALBUM_ARTISTS)
            if row.items:
                self.gone.add(Place(listing, row.key))
            if self.after is None:
                write.delete(row)
                continue
            self.updates += 1
            key = name_key_of(self.after)
            write.update(row, [CreditRow.key.set(key)], CreditRow.items == row.items)
            if row.items:
                self.new.add(Place(listing, key))

    def _count(self, write: TransactWrite) -> None:
        """Change each segment once, on the condition that it has not been cut since it was read."""
        deltas: defaultdict[tuple[str, str], int] = defaultdict(int)
        for place, delta in [*((p, 1) for p in self.new), *((p, -1) for p in self.gone)]:
            row = segment_of(place.listing, place.key)
            deltas[row.pk, row.sk] += delta
            self.touched[row.pk, row.sk] = (place.listing, row, deltas[row.pk, row.sk])
        for key, delta in deltas.items():
            row = self.touched[key][1]
            write.update(row, [SegmentRow.places.add(delta), SegmentRow.writes.add(1)], _is_as_read(row))
            self.updates += 1


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


class PlacesTakenError(ConflictError):
    """Another writer was at the same places; with what is there now the same write may succeed."""


@contextmanager
def conflicts(item: Item, placing: Placing) -> Iterator[None]:
    """Turn a transaction that another writer forestalled into ConflictError."""
    try:
        yield
    except TransactWriteError as error:
        if not (codes := failures(error)):
            raise
        message = f"The item {item.id}, its name or its parent changed meanwhile."
        if CONDITION in codes[: len(codes) - placing.updates]:
            raise ConflictError(message) from error
        raise PlacesTakenError(message) from error
