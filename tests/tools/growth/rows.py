"""The rows of a library, as its items' writes would have left them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import Any

from chalicelib.adapters.dynamodb.images.rows import images_row
from chalicelib.adapters.dynamodb.library.mentions import mention_row
from chalicelib.adapters.dynamodb.library.places import (
    CREDITS,
    CreditRow,
    ListingsRow,
    SegmentRow,
    place_partition,
    segment_key,
    segment_partition,
)
from chalicelib.adapters.dynamodb.library.placing import MOST_PLACES
from chalicelib.adapters.dynamodb.library.rows import details_row, entry_row, name_rows
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

type Attributes = Mapping[str, Mapping[str, Any]]
"""A row in DynamoDB's JSON."""


def rows_of(items: Iterable[Item], known: Mapping[Listing, list[str]] | None = None) -> Iterator[Attributes]:
    """Yield all rows of a new library; `known` are the places that are there, of listings that it shares."""
    places: defaultdict[Listing, list[str]] = defaultdict(list, known or {})
    credited: Counter[tuple[str, str]] = Counter()
    keys: dict[str, str] = {}
    for item in items:
        yield from _own_rows(item)
        credited.update(credits_of(item))
        if item.type.is_named:
            keys[item.id] = name_key_of(item)
        for place in places_of(item):
            places[place.listing].append(place.key)
    for (artist, scope), count in credited.items():
        yield CreditRow(CREDITS + artist, scope, items=count, key=keys[artist]).serialize()
        places[Listing(scope, ALBUM_ARTISTS)].append(keys[artist])
    for listing, its in places.items():
        yield from (_place(Place(listing, key)) for key in its)
        yield from _segments(listing, sorted(its))
    yield ListingsRow("library", "listings", is_complete=True, has_mentions=True).serialize()


def _own_rows(item: Item) -> Iterator[Attributes]:
    versioned = details_row(item)
    versioned.version = 1
    yield versioned.serialize()
    yield images_row(OwnerImages(OwnerKey.item(item.id), item.name, version=1)).serialize()
    yield entry_row(item).serialize()
    for row in name_rows(item).values():
        yield row.serialize()
    for named_id in item.mentioned_ids():
        yield mention_row(named_id, item).serialize()
    for find in finds_of(item):
        yield {"pk": {"S": find.partition}, "sk": {"S": find.key}}


def _place(place: Place) -> Attributes:
    return {"pk": {"S": place_partition(place.listing)}, "sk": {"S": place.key}}


def _segments(listing: Listing, keys: list[str]) -> Iterator[Attributes]:
    """Cut a listing as its growth would have: segments are half full and more."""
    for number, batch in enumerate(batched(keys, MOST_PLACES * 3 // 4, strict=False)):
        key = segment_key(listing, batch[0] if number else "")
        yield SegmentRow(segment_partition(listing), key, places=len(batch), writes=len(batch)).serialize()
