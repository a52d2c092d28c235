"""Listings: the places of items in order, kept as they are written, so that a page costs the same in any library.

A listing is all items of one kind below one item at the top, by name or by date. Its places are counted by
segment: how many lie from one key up to the next segment's. Total and position follow from the segments, and where
the places of a page are read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.library.items import Item, ItemType

ALBUM_ARTISTS = "AlbumArtist"
"""The kind of artists that an album or a track names as its album artist."""

EVERYWHERE = "all"
"""The scope of album artists in any library."""

MOST_ALBUM_ARTISTS = 7
"""Of one item: each takes up to six of the hundred writes of a transaction. Those behind are in no such listing."""

LAST = "\U0010ffff"
"""The character behind all others."""

_LONGEST_NAME = 600
"""Bytes of a name in a key, which may have 1,024."""

_MUSIC = frozenset({ItemType.MUSIC_ALBUM, ItemType.AUDIO})


class Sorting(StrEnum):
    """What a listing is in the order of."""

    NAME = "name"
    DATE = "date"


@dataclass(frozen=True, slots=True, order=True)
class Listing:
    """The items of one kind in one scope: an item at the top, or empty for what stands in no library."""

    scope: str
    kind: str
    sorting: Sorting = Sorting.NAME


@dataclass(frozen=True, slots=True)
class Place:
    """An item's place in a listing; keys sort as the items do and end with the item's id."""

    listing: Listing
    key: str

    @property
    def item_id(self) -> str:
        """Return the id of the item."""
        return item_id_of(self.key)


@dataclass(frozen=True, slots=True)
class Segment:
    """How many places of a listing have a key from `start` up to the start of the next segment."""

    start: str
    count: int


@dataclass(frozen=True, slots=True)
class Window:
    """The part of listings, merged into one order, that a page shows.

    With bounds, of the places from the key `first` on and below the key `below`: beginnings of names, which bound
    listings by name alone. Nobody counts the places if `is_counted` is false: the total is then 0.
    """

    start: int
    limit: int
    descending: bool = False
    first: str = ""
    below: str | None = None
    is_counted: bool = True

    def holds(self, key: str) -> bool:
        """Tell whether a key lies within the bounds."""
        return self.first <= key and (self.below is None or key < self.below)


@dataclass(frozen=True, slots=True)
class Listed:
    """The ids of a window's items in order, and how many there are outside it and in it."""

    item_ids: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where to read: each listing from its bound on, towards the end; of the merged places the first are skipped.

    A bound belongs to what is read in ascending order, and not in descending order, where None is the end.
    """

    bounds: Mapping[Listing, str | None]
    skipped: int


def item_id_of(key: str) -> str:
    """Return the id at the end of a place's key."""
    return key.rpartition("\0")[2]


def name_key_of(item: Item) -> str:
    """Return the key by name; of equal names the elder comes first, as clients ask."""
    return f"{beginning_of(item.sort_name)}\0{item.year or 0:04}\0{item.id}"


def beginning_of(sort_name: str) -> str:
    """Return what the keys of a name begin with."""
    return sort_name.replace("\0", " ").encode()[:_LONGEST_NAME].decode(errors="ignore")


def within(window: Window, before_first: int, before_below: int, total: int) -> Window:
    """Return the window of all places that shows what one with bounds does, by how many lie before each bound."""
    skipped = total - before_below if window.descending else before_first
    left = max(before_below - before_first - window.start, 0)
    return Window(skipped + window.start, min(window.limit, left), window.descending)


def places_of(item: Item) -> frozenset[Place]:
    """Return the places of an item: by name and by date; a named item's by name alone."""
    scope = item.ancestors[0] if item.ancestors else ""
    places = {Place(Listing(scope, item.type, Sorting.NAME), name_key_of(item))}
    if not item.type.is_named:
        key = f"{item.created.isoformat()}\0{name_key_of(item)}"
        places.add(Place(Listing(scope, item.type, Sorting.DATE), key))
    return frozenset(places)


def credits_of(item: Item) -> frozenset[tuple[str, str]]:
    """Return which artists an item makes album artists of which scopes: pairs of id and scope."""
    if item.type not in _MUSIC:
        return frozenset()
    artists = list(dict.fromkeys(mention.id for mention in item.album_artists))[:MOST_ALBUM_ARTISTS]
    scopes = (EVERYWHERE, *item.ancestors[:1])
    return frozenset((artist, scope) for artist in artists for scope in scopes)


def stretch_of(segments: Mapping[Listing, Sequence[Segment]], window: Window) -> Stretch:
    """Return where to read a window: the segments before its first place are never touched.

    Of the bounds of all segments the furthest is taken that certainly lies before the first place, if all that its
    own segments hold were before it.
    """
    return _backwards(segments, window.start) if window.descending else _forwards(segments, window.start)


def _forwards(segments: Mapping[Listing, Sequence[Segment]], start: int) -> Stretch:
    bound = ""
    before = 0
    for key, count in sorted((segment.start, segment.count) for segment in _all(segments)):
        if before > start:
            break
        bound = max(bound, key)
        before += count
    bounds = {
        listing: max((s.start for s in its if s.start <= bound), default="")
        for listing, its in segments.items()
    }
    passed = sum(
        s.count for listing, its in segments.items() for s in its if s.start < (bounds[listing] or "")
    )
    return Stretch(bounds, start - passed)


def _backwards(segments: Mapping[Listing, Sequence[Segment]], start: int) -> Stretch:
    """Do the same from the end: a segment lies behind a bound as a whole where it begins at it or later."""
    ends = sorted(
        (
            (following.start if following else None, segment.count)
            for its in segments.values()
            for segment, following in zip(its, [*its[1:], None], strict=True)
        ),
        key=lambda end: (end[0] is None, end[0] or ""),
        reverse=True,
    )
    bound: str | None = None
    behind = 0
    for key, count in ends:
        if behind > start:
            break
        bound = key
        behind += count
    bounds = {listing: _first_from(its, bound) for listing, its in segments.items()}
    passed = sum(
        s.count
        for listing, its in segments.items()
        for s in its
        if (first := bounds[listing]) is not None and s.start >= first
    )
    return Stretch(bounds, start - passed)


def _first_from(segments: Sequence[Segment], bound: str | None) -> str | None:
    if bound is None:
        return None
    return min((s.start for s in segments if s.start >= bound), default=None)


def _all(segments: Mapping[Listing, Sequence[Segment]]) -> Iterable[Segment]:
    return (segment for its in segments.values() for segment in its)
