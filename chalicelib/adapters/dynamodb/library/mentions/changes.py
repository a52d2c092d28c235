"""One transaction that changes who mentions some named items: places, tallies, and the scope's lists of names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb.library import counting
from chalicelib.adapters.dynamodb.library.counting import PlaceChanges, PlacesTakenError
from chalicelib.adapters.dynamodb.library.mentions.tallies import (
    Tally,
    TallyRow,
    count_path,
    cut_path,
    drop_empty_tally,
    key_path,
    read_tallies,
)
from chalicelib.adapters.dynamodb.library.places import (
    PlaceRow,
    SegmentRow,
    place_keys,
    place_partition,
    segment_key,
    segment_partition,
)
from chalicelib.adapters.dynamodb.library.rows import DETAILS, DetailsRow, find_row, item_key
from chalicelib.adapters.dynamodb.table.transactions import failures, transaction
from chalicelib.domain.library.items import Item
from chalicelib.domain.library.listings import Place, name_key_of
from chalicelib.domain.library.mentions import ScopeAndKind, Stand, mentioning_listing, names_listing
from chalicelib.errors import ConflictError

type Find = Callable[[Iterable[str]], Mapping[str, Item]]


class ItemChangedError(ConflictError):
    """The item is not as it was when somebody began to delete its places."""


@dataclass(frozen=True, slots=True)
class Left:
    """How a writer left an item: with a version, or with None gone."""

    item_id: str
    version: int | None

    def check(self, write: TransactWrite) -> None:
        """Require that it still is so, by a write that changes nothing: functions need no right to check alone."""
        row = DetailsRow(item_key(self.item_id), DETAILS)
        if self.version is None:
            write.delete(row, DetailsRow.pk.does_not_exist())
        else:
            write.update(row, [DetailsRow.version.set(self.version)], DetailsRow.version == self.version)

    def is_so(self) -> bool:
        """Tell whether it is."""
        row = find_row(self.item_id)
        return (row and row.version) == self.version


@dataclass
class TallyChange:
    """The item's places among those that mention what the tallies are of come (1) or go (-1)."""

    stand: Stand
    delta: int
    tallies: Mapping[str, Tally]
    places: PlaceChanges = field(default_factory=PlaceChanges)

    @property
    def pair(self) -> ScopeAndKind:
        """Return what the tallies count the item under."""
        return self.stand.scope, self.stand.kind

    def write(self, find: Find, left: Left | None) -> None:
        """Change places and counts; raises PlacesTakenError where another writer was faster."""
        new = [named_id for named_id, tally in self.tallies.items() if not tally.kinds(self.stand.scope)]
        named = find(new) if new and self.delta > 0 else {}
        with _conflicts(left), transaction() as write:
            if left:
                left.check(write)
            for named_id, tally in self.tallies.items():
                self._place(write, tally)
                self._count(write, tally, named.get(named_id))
            self.places.add_to(write)

    def tidy(self) -> None:
        """Cut what has grown too long, and delete tallies of nothing; another writer may do it as well."""
        self.places.tidy()
        for named_id, tally in self.tallies.items():
            if tally.total + self.delta == 0:
                drop_empty_tally(named_id)
            if self.pair not in tally.cut and tally.count(self.pair) + self.delta > counting.MOST_PLACES:
                _begin_segments(named_id, self.pair)

    def _place(self, write: TransactWrite, tally: Tally) -> None:
        place = self.stand.among(tally.named_id)
        row = PlaceRow(place_partition(place.listing), place.key)
        if self.delta > 0:
            write.save(row, PlaceRow.pk.does_not_exist())
        else:
            write.delete(row, PlaceRow.pk.exists())
        if self.pair in tally.cut:
            self.places.counted.append((place, self.delta))

    def _count(self, write: TransactWrite, tally: Tally, named: Item | None) -> None:
        """Count by adding, unless something begins or ceases to be counted: that is a turn."""
        count, attribute = tally.count(self.pair), count_path(self.pair)
        actions: list[Action] = [TallyRow.total.add(self.delta), TallyRow.writes.add(1)]
        if count and count + self.delta:
            actions.append(attribute.add(self.delta))
            as_read = (attribute > max(0, -self.delta)) & _cut_as_read(tally, self.pair)
        else:
            begins = self.delta > 0
            actions += [TallyRow.turns.add(1), attribute.set(1) if begins else attribute.remove()]
            actions += self._begin(tally, named) if begins else self._end(tally)
            as_read = _same_turn(tally) & (attribute == count if count else attribute.does_not_exist())
        write.update(tally.row(), actions, as_read)

    def _begin(self, tally: Tally, named: Item | None) -> list[Action]:
        """Let the scope's names list it, of this type, and of any where it is the first."""
        scope, kind = self.pair
        if tally.kinds(scope) or named is None:
            if key := tally.keys.get(scope):
                self.places.new.add(Place(names_listing(scope, tally.named_type, kind), key))
            return []
        key = name_key_of(named)
        self.places.new |= {Place(names_listing(scope, named.type, its), key) for its in ("", kind)}
        return [key_path(scope).set(key), TallyRow.named_type.set(named.type.value)]

    def _end(self, tally: Tally) -> list[Action]:
        """Let the scope's names list it no more, of this type, and of any where it was the last."""
        scope, kind = self.pair
        is_last = tally.kinds(scope) == [kind]
        if key := tally.keys.get(scope):
            ended = ("", kind) if is_last else (kind,)
            self.places.gone |= {Place(names_listing(scope, tally.named_type, its), key) for its in ended}
        return [key_path(scope).remove()] if is_last else []


def move_names(tally: Tally, scope: str, key: str | None) -> None:
    """Move a named item's places in a scope's lists from where they are, in one transaction."""
    listings = [names_listing(scope, tally.named_type, kind) for kind in ("", *tally.kinds(scope))]
    changes = PlaceChanges({Place(listing, tally.keys[scope]) for listing in listings})
    if key:
        changes.new = {Place(listing, key) for listing in listings}
    path = key_path(scope)
    actions: list[Action] = [
        TallyRow.turns.add(1),
        TallyRow.writes.add(1),
        path.set(key) if key else path.remove(),
    ]
    with _conflicts(), transaction() as write:
        write.update(tally.row(), actions, _same_turn(tally))
        changes.add_to(write)
    changes.tidy()


def _begin_segments(named_id: str, pair: ScopeAndKind) -> None:
    """Count a long list by segments from now on, if its places have not changed since they were counted."""
    tally, listing = read_tallies([named_id])[named_id], mentioning_listing(named_id, *pair)
    keys = place_keys(listing, "", None)
    if pair in tally.cut or len(keys) != tally.count(pair) or len(keys) <= counting.MOST_PLACES:
        return
    middle = len(keys) // 2
    with suppress(TransactWriteError), transaction() as write:
        unchanged = TallyRow.writes == tally.writes
        write.update(tally.row(), [cut_path(pair).set(True), TallyRow.writes.add(1)], unchanged)
        for start, places in (("", middle), (keys[middle], len(keys) - middle)):
            key = segment_key(listing, start)
            row = SegmentRow(segment_partition(listing), key, places=places, writes=places)
            write.save(row, SegmentRow.pk.does_not_exist())


def _same_turn(tally: Tally) -> Condition:
    turns: Condition = (
        TallyRow.turns.does_not_exist() if tally.turns is None else TallyRow.turns == tally.turns
    )
    return turns


def _cut_as_read(tally: Tally, pair: ScopeAndKind) -> Condition:
    path = cut_path(pair)
    return path.exists() if pair in tally.cut else path.does_not_exist()


@contextmanager
def _conflicts(left: Left | None = None) -> Iterator[None]:
    try:
        yield
    except TransactWriteError as error:
        if not failures(error):
            raise
        if left and not left.is_so():
            raise ItemChangedError("The item changed meanwhile.") from error
        raise PlacesTakenError("What mentions the same changed meanwhile.") from error
