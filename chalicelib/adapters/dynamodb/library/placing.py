"""Writes of places: what an item's transaction changes beside the item."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.library.counting import PlaceChanges, PlacesTakenError
from chalicelib.adapters.dynamodb.library.finds import find_row_of
from chalicelib.adapters.dynamodb.library.places import (
    CREDITS,
    CreditRow,
    credit_rows,
    credits_to,
    drop_empty_counter,
)
from chalicelib.adapters.dynamodb.library.totals import count_items
from chalicelib.adapters.dynamodb.table.transactions import CONDITION, failures
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


@dataclass
class Placing:
    """The changes of places that go with the change of an item; None stands for what is not there yet, or any more.

    `find` returns items by id: an artist's place among the album artists follows from the artist's name. `counted`
    is what the totals count of the item: nothing of one that an earlier release wrote, even if it has places.
    """

    before: Item | None
    after: Item | None
    find: Callable[[Iterable[str]], Mapping[str, Item]]
    counted: Item | None = None
    places: PlaceChanges = field(default_factory=PlaceChanges)
    updates: int = 0
    ended: list[CreditRow] = field(default_factory=list)

    def renew(self) -> None:
        """Forget what was planned for a transaction that failed."""
        self.updates, self.ended = 0, []

    def add_to(self, write: TransactWrite) -> None:
        """Add the changes to a transaction, as its last; all conditions are on updates, which are counted."""
        before = places_of(self.before) if self.before else frozenset[Place]()
        after = places_of(self.after) if self.after else frozenset[Place]()
        self.places = PlaceChanges(set(before - after), set(after - before))
        self._change_finds(write)
        self._change_credits(write)
        self._move_credits(write)
        self.updates += count_items(write, self.counted, self.after) + self.places.add_to(write)

    def tidy(self) -> None:
        """Cut what has grown too long, and delete what counts nothing; another writer may do it as well."""
        self.places.tidy()
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
        self.places.new.add(place)

    def _discredit(self, write: TransactWrite, listing: Listing, row: CreditRow) -> None:
        if not row.items:
            return
        self.updates += 1
        if row.items > 1:
            write.update(row, [CreditRow.items.add(-1)], CreditRow.items > 1)
            return
        write.update(row, [CreditRow.items.set(0)], CreditRow.items == 1)
        self.ended.append(row)
        self.places.gone.add(Place(listing, row.key))

    def _move_credits(self, write: TransactWrite) -> None:
        """Let an artist's places as album artist follow its name, and go with it."""
        if self.before is None or not self.before.type.is_named:
            return
        if self.after and name_key_of(self.after) == name_key_of(self.before):
            return
        for row in credits_to(self.before.id):
            listing = Listing(row.sk, ALBUM_ARTISTS)
            if row.items:
                self.places.gone.add(Place(listing, row.key))
            if self.after is None:
                write.delete(row)
                continue
            self.updates += 1
            key = name_key_of(self.after)
            write.update(row, [CreditRow.key.set(key)], CreditRow.items == row.items)
            if row.items:
                self.places.new.add(Place(listing, key))


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
