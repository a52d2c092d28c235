"""Windows of listings, read by a few queries whose number and size follow from the window alone."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import islice

from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb.library.mentions.tallies import read_tallies
from chalicelib.adapters.dynamodb.library.places import (
    FIRST,
    SEGMENTS,
    PlaceRow,
    SegmentRow,
    place_partition,
)
from chalicelib.adapters.dynamodb.table.plain_rows import PlainRow, plain_rows
from chalicelib.domain.library.listings import (
    Listed,
    Listing,
    Segment,
    Sorting,
    Window,
    item_id_of,
    stretch_of,
    within,
)
from chalicelib.domain.library.mentions import named_id_of

_SECOND = "\1"
"""The character behind `FIRST`."""
_FEW = 2
"""Listings, which are read without asking first which of them have places."""


def read_listed(listings: Iterable[Listing], window: Window) -> Listed:
    """Read the segments of each scope by one query, then the places of the window by one for each listing.

    The first page of what nobody counts needs no segments.
    """
    listings = list(listings)
    if window.below is not None and window.below <= max(window.first, FIRST):
        return Listed((), 0)
    if not window.start and not window.is_counted:
        runs = (_places(listing, _bounds(window), window.limit, window) for listing in _present(listings))
        return _listed(runs, window, 0, 0)
    is_from_an_end = not (window.start or window.first) and window.below is None
    found = _segments(listings, is_cut_asked=not is_from_an_end)
    segments = {listing: its for listing, its in found.items() if any(s.count for s in its)}
    whole = total = sum(segment.count for its in segments.values() for segment in its)
    if window.first or window.below is not None:
        first = _rank(segments, window.first)
        below = whole if window.below is None else max(_rank(segments, window.below), first)
        window, total = within(window, first, below, whole), below - first
    if window.limit < 1 or window.start >= whole:
        return Listed((), total)
    stretch = stretch_of(segments, window)
    end = stretch.skipped + window.limit
    runs = (_places(its, _from(stretch.bounds[its], window), end, window) for its in segments)
    return _listed(runs, window, stretch.skipped, total)


def read_totals(listings: Iterable[Listing]) -> Mapping[Listing, int]:
    """Read how many places each listing has, by one query for each scope."""
    return {
        listing: sum(segment.count for segment in its) for listing, its in _segments(list(listings)).items()
    }


def _listed(runs: Iterable[Iterator[str]], window: Window, skipped: int, total: int) -> Listed:
    keys = islice(merge(*runs, reverse=window.descending), skipped, skipped + window.limit)
    return Listed(tuple(map(item_id_of, keys)), total)


def _rank(segments: Mapping[Listing, list[Segment]], key: str) -> int:
    """Count the places below a key: whole segments by what they say, the one that it falls in by a query."""
    return sum(_rank_in(listing, its, key) for listing, its in segments.items()) if key else 0


def _rank_in(listing: Listing, segments: list[Segment], key: str) -> int:
    below = [segment for segment in segments if segment.start <= key]
    if not below:
        return 0
    start = below[-1].start
    condition = PlaceRow.sk.between(start, key) if start else PlaceRow.sk < key
    last = PlaceRow.count(place_partition(listing), condition, consistent_read=True)
    return sum(segment.count for segment in below[:-1]) + last


def _segments(listings: list[Listing], *, is_cut_asked: bool = True) -> Mapping[Listing, list[Segment]]:
    """Return the segments of listings; one that is counted by a tally alone is one segment.

    So is each that has a tally where nobody asks how it is cut, since a window begins at an end.
    """
    found: dict[Listing, list[Segment]] = {listing: [] for listing in listings}
    tallies = read_tallies(filter(None, map(named_id_of, listings)))
    cut = []
    for listing in listings:
        if (tally := tallies.get(named_id_of(listing))) and not (is_cut_asked and tally.is_cut(listing)):
            found[listing] = [Segment("", tally.count_of(listing))]
        else:
            cut.append(listing)
    for scope, sorting, kinds in _by_scope(cut):
        for kind, segment in _segments_of(scope, sorting, kinds):
            if (listing := Listing(scope, kind, sorting)) in found:
                found[listing].append(segment)
    return found


def _segments_of(scope: str, sorting: Sorting, kinds: list[str]) -> Iterator[tuple[str, Segment]]:
    prefix = f"{sorting}#" + (f"{kinds[0]}{FIRST}" if len(kinds) == 1 else "")
    for row in plain_rows(SEGMENTS + scope, SegmentRow.sk.startswith(prefix)):
        kind, start = _kind_and_start(row, sorting)
        yield kind, Segment(start, int(row["places"]["N"]))


def _present(listings: list[Listing]) -> Iterator[Listing]:
    """Yield the listings that have places; a few are not worth the question, nor are those that a tally told of."""
    if len(listings) <= _FEW or all(map(named_id_of, listings)):
        yield from listings
        return
    for scope, sorting, kinds in _by_scope(listings):
        yield from (Listing(scope, kind, sorting) for kind in _kinds_present(scope, sorting, sorted(kinds)))


def _kinds_present(scope: str, sorting: Sorting, kinds: list[str]) -> Iterator[str]:
    """Yield those of some kinds, in order, that a scope has segments of, by one query for each that it has."""
    while kinds:
        ahead = SegmentRow.sk.between(f"{sorting}#{kinds[0]}{FIRST}", f"{sorting}#{kinds[-1]}{_SECOND}")
        found = next(plain_rows(SEGMENTS + scope, ahead, most=1), None)
        if found is None:
            return
        kind, _ = _kind_and_start(found, sorting)
        if kind in kinds:
            yield kind
        kinds = [later for later in kinds if later > kind]


def _by_scope(listings: list[Listing]) -> Iterator[tuple[str, Sorting, list[str]]]:
    """Yield each scope and sorting of some listings, with the kinds that are listed so."""
    for scope, sorting in dict.fromkeys((listing.scope, listing.sorting) for listing in listings):
        yield scope, sorting, [its.kind for its in listings if (its.scope, its.sorting) == (scope, sorting)]


def _kind_and_start(segment: PlainRow, sorting: Sorting) -> tuple[str, str]:
    kind, _, start = segment["sk"]["S"].removeprefix(f"{sorting}#").partition(FIRST)
    return kind, start


def _bounds(window: Window) -> Condition | None:
    """Return the condition of keys within a window's bounds; no key is one of them."""
    if window.below is not None:
        return PlaceRow.sk.between(window.first or FIRST, window.below)
    return PlaceRow.sk >= window.first if window.first else None


def _from(bound: str | None, window: Window) -> Condition | None:
    if not bound:
        return None
    return PlaceRow.sk < bound if window.descending else PlaceRow.sk >= bound


def _places(listing: Listing, condition: Condition | None, most: int, window: Window) -> Iterator[str]:
    rows = plain_rows(
        place_partition(listing), condition, descending=window.descending, most=most, keys_alone=True
    )
    return (row["sk"]["S"] for row in rows)
