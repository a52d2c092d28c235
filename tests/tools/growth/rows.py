"""The rows of a library, as its items' writes would have left them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from chalicelib.adapters.dynamodb.images.rows import images_row
from chalicelib.adapters.dynamodb.library.counting import MOST_PLACES
from chalicelib.adapters.dynamodb.library.mentions.tallies import SK, TALLY
from chalicelib.adapters.dynamodb.library.places import (
    CREDITS,
    CreditRow,
    ListingsRow,
    SegmentRow,
    place_partition,
    segment_key,
    segment_partition,
)
from chalicelib.adapters.dynamodb.library.rows import details_row, entry_row, name_rows
from chalicelib.adapters.dynamodb.library.totals import OF_A_TYPE, TOTALS, TOTALS_SK
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.finding import finds_of
from chalicelib.domain.library.items import Item
from chalicelib.domain.library.listings import (
    ALBUM_ARTISTS,
    Listing,
    Place,
    credits_of,
    name_key_of,
    places_of,
)
from chalicelib.domain.library.mentions import ScopeAndKind, Stand, names_listing, shared_ids

type Attributes = Mapping[str, Mapping[str, Any]]
"""A row in DynamoDB's JSON."""


@dataclass
class _Counted:
    """What the items seen so far add to rows that they share; `places` that segments count."""

    places: defaultdict[Listing, list[str]]
    totals: Counter[ScopeAndKind]
    credited: Counter[tuple[str, str]] = field(default_factory=Counter)
    shared: defaultdict[str, Counter[ScopeAndKind]] = field(default_factory=lambda: defaultdict(Counter))
    long: defaultdict[Listing, list[str]] = field(default_factory=lambda: defaultdict(list))
    named: dict[str, Item] = field(default_factory=dict)

    def see(self, item: Item) -> Iterator[Place]:
        """Count an item; yield its places among those that mention the same."""
        stand = Stand.of(item)
        self.totals[stand.scope, stand.kind] += 1
        self.credited.update(credits_of(item))
        if item.type.is_named:
            self.named[item.id] = item
        for place in places_of(item):
            self.places[place.listing].append(place.key)
        for named_id in shared_ids(item):
            place = stand.among(named_id)
            self.shared[named_id][stand.scope, stand.kind] += 1
            self.long[place.listing].append(place.key)
            yield place

    def rows(self) -> Iterator[Attributes]:
        """Yield what counts the items."""
        for (artist, scope), count in self.credited.items():
            key = name_key_of(self.named[artist])
            yield CreditRow(CREDITS + artist, scope, items=count, key=key).serialize()
            self.places[Listing(scope, ALBUM_ARTISTS)].append(key)
        yield from map(self._tally, self.shared)
        for listing, its in self.places.items():
            yield from (_place(Place(listing, key)) for key in its)
            yield from _segments(listing, sorted(its))
        for listing, its in self.long.items():
            if len(its) > MOST_PLACES:
                yield from _segments(listing, sorted(its))
        yield from self._totals()

    def _tally(self, named_id: str) -> Attributes:
        """Return a tally, and note the places of the named item in lists of names."""
        counts, named = self.shared[named_id], self.named[named_id]
        row: dict[str, Any] = {"pk": {"S": TALLY + named_id}, "sk": {"S": SK}}
        row |= {"named_type": {"S": named.type.value}, "total": _number(counts.total())}
        row |= {"writes": _number(counts.total()), "turns": _number(len(counts))}
        for (scope, kind), count in counts.items():
            row[f"items/{scope}/{kind}"] = _number(count)
            row[f"key/{scope}"] = {"S": name_key_of(named)}
            if count > MOST_PLACES:
                row[f"cut/{scope}/{kind}"] = {"BOOL": True}
            self.places[names_listing(scope, named.type, kind)].append(name_key_of(named))
        for scope in {scope for scope, _ in counts}:
            self.places[names_listing(scope, named.type)].append(name_key_of(named))
        return row

    def _totals(self) -> Iterator[Attributes]:
        for scope in {scope for scope, _ in self.totals}:
            its = {kind: count for (where, kind), count in self.totals.items() if where == scope}
            row = {"pk": {"S": TOTALS + scope}, "sk": {"S": TOTALS_SK}, "total": _number(sum(its.values()))}
            yield row | {OF_A_TYPE + kind: _number(count) for kind, count in its.items()}


def rows_of(
    items: Iterable[Item],
    known: Mapping[Listing, list[str]] | None = None,
    totals: Mapping[ScopeAndKind, int] | None = None,
) -> Iterator[Attributes]:
    """Yield all rows of a new library.

    `known` are the places that are there, of listings that it shares, and `totals` what its scopes count already.
    """
    counted = _Counted(defaultdict(list, known or {}), Counter(totals or {}))
    for item in items:
        yield from _own_rows(item)
        yield from map(_place, counted.see(item))
    yield from counted.rows()
    yield ListingsRow("library", "listings", is_complete=True, has_tallies=True).serialize()


def _own_rows(item: Item) -> Iterator[Attributes]:
    versioned = details_row(item)
    versioned.version = 1
    yield versioned.serialize()
    yield images_row(OwnerImages(OwnerKey.item(item.id), item.name, version=1)).serialize()
    yield entry_row(item).serialize()
    for row in name_rows(item).values():
        yield row.serialize()
    for find in finds_of(item):
        yield {"pk": {"S": find.partition}, "sk": {"S": find.key}}


def _place(place: Place) -> Attributes:
    return {"pk": {"S": place_partition(place.listing)}, "sk": {"S": place.key}}


def _segments(listing: Listing, keys: list[str]) -> Iterator[Attributes]:
    """Cut a listing as its growth would have: segments are half full and more."""
    for number, batch in enumerate(batched(keys, MOST_PLACES * 3 // 4, strict=False)):
        key = segment_key(listing, batch[0] if number else "")
        yield SegmentRow(segment_partition(listing), key, places=len(batch), writes=len(batch)).serialize()


def _number(count: int) -> Mapping[str, str]:
    return {"N": str(count)}
