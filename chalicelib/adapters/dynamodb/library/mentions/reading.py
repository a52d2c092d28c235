"""Reads of who mentions a named item."""

from collections.abc import Iterable, Mapping
from itertools import islice

from chalicelib.adapters.dynamodb.library.mentions.tallies import read_tallies
from chalicelib.adapters.dynamodb.library.places import place_partition
from chalicelib.adapters.dynamodb.table.plain_rows import plain_rows
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.listings import item_id_of
from chalicelib.domain.library.mentions import ScopeAndKind, mentioning_listing


def read_mentioning(named_id: str, kinds: Iterable[ItemType], most: int) -> tuple[str, ...]:
    """Return the ids of up to so many items of some types that mention a named item; of any type without types."""
    wanted = set(kinds)
    counts = read_tallies([named_id])[named_id].counts
    listings = (
        mentioning_listing(named_id, scope, kind)
        for (scope, kind), count in sorted(counts.items())
        if count and (not wanted or kind in wanted)
    )
    keys = (row["sk"]["S"] for listing in listings for row in plain_rows(place_partition(listing), most=most))
    return tuple(map(item_id_of, islice(keys, most)))


def read_mention_counts(named_ids: Iterable[str]) -> Mapping[str, Mapping[ScopeAndKind, int]]:
    """Return how many items of each scope and type mention each named item."""
    return {named_id: tally.counts for named_id, tally in read_tallies(named_ids).items()}
