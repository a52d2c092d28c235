"""Lists of named items, and how much of what mentions each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.listings import Listing
from chalicelib.domain.library.mentions import ScopeAndKind
from chalicelib.domain.library.queries import ItemQuery, Page
from chalicelib.domain.library.root import ROOT
from chalicelib.domain.library.selection import selected
from chalicelib.services.library.entries import EntryFinder
from chalicelib.services.library.listed import is_plain
from chalicelib.services.library.lists import LibraryLists

COUNTED_TYPES = frozenset(
    {
        ItemType.MOVIE,
        ItemType.SERIES,
        ItemType.EPISODE,
        ItemType.TRAILER,
        ItemType.MUSIC_VIDEO,
        ItemType.MUSIC_ALBUM,
        ItemType.AUDIO,
    }
)
_MUSIC = frozenset({ItemType.MUSIC_ALBUM, ItemType.AUDIO})

_OF_MUSIC = frozenset({"music", "musicvideos"})
"""Collection types whose items have genres of music."""

type Counts = Mapping[ItemType, int]


@dataclass(frozen=True, slots=True)
class NamedItems:
    """Artists, genres, persons and studios: with a parent or types, those that something of that mentions."""

    lists: LibraryLists
    finder: EntryFinder

    def page(self, item_type: ItemType, query: ItemQuery, *, as_album_artist: bool = False) -> Page[Item]:
        """Return named items of a type; raises NotFoundError for an unknown parent."""
        if listed := self._listed_page(item_type, query, as_album_artist=as_album_artist):
            return listed
        entries = self._entries(self._kind(item_type, query.parent_id), query)
        among = _among(query)
        if as_album_artist or among != ItemQuery(recursive=True):
            mentioned = self._mentioned(among, as_album_artist=as_album_artist)
            entries = tuple(entry for entry in entries if entry.id in mentioned)
        return self.lists.page_of(entries, _of_names(query))

    def _entries(self, item_type: ItemType, query: ItemQuery) -> tuple[Entry, ...]:
        """Return the named items of a type: all, or, where a user's book names what is asked for, those in it."""
        if not query.states.name_items:
            return self.lists.library.of_type(item_type)
        book = self.lists.viewing.book(query.user_id)
        found = self.finder.find(ItemQuery(recursive=True, states=query.states), book)
        return tuple(entry for entry in found if entry.type is item_type)

    def _kind(self, item_type: ItemType, parent_id: str | None) -> ItemType:
        """Return the type that is listed: below a library of music, genres are those of music, as in Jellyfin."""
        if item_type is not ItemType.GENRE or not parent_id or parent_id == ROOT.id:
            return item_type
        parent = self.lists.find(parent_id)
        return ItemType.MUSIC_GENRE if parent.collection_type in _OF_MUSIC else item_type

    def _listed_page(
        self, item_type: ItemType, query: ItemQuery, *, as_album_artist: bool
    ) -> Page[Item] | None:
        """Return a page of a list that is kept in order: all of a type, and album artists of a library."""
        among, listed, of_names = _among(query), self.lists.listed, _of_names(query)
        is_of_all = is_plain(replace(among, parent_id=None, recursive=False))
        if query.search_term and is_of_all and not query.parent_id and not as_album_artist:
            return listed.search(replace(of_names, types=frozenset({item_type})), ROOT, names=True)
        if not is_plain(of_names):
            return None
        parent = self.finder.item(query.parent_id) if query.parent_id else ROOT
        if as_album_artist:
            return listed.album_artists(query, parent) if is_of_all else None
        if is_of_all and parent == ROOT and not query.parent_id:
            return listed.window([Listing("", item_type)], query)
        return listed.names(self._kind(item_type, query.parent_id), query, among, parent)

    def counts(self, items: Sequence[Item]) -> Mapping[str, Counts]:
        """Return how many items of each type mention each of some named items."""
        found = self.lists.library.mention_counts([item.id for item in items])
        return self._counted(items) if found is None else {of: _by_type(its) for of, its in found.items()}

    def _counted(self, items: Sequence[Item]) -> Mapping[str, Counts]:
        counts: dict[str, Counter[ItemType]] = {item.id: Counter() for item in items}
        for entry in self.finder.everywhere(COUNTED_TYPES):
            for mentioned in counts.keys() & entry.mentions:
                counts[mentioned][entry.type] += 1
        return counts

    def _mentioned(self, among: ItemQuery, *, as_album_artist: bool) -> frozenset[str]:
        if as_album_artist and not among.types:
            among = replace(among, types=_MUSIC)
        entries = selected(self.finder.find(among, {}), among)
        mentioned = (entry.album_artists if as_album_artist else entry.mentions for entry in entries)
        return frozenset(chain.from_iterable(mentioned))


def _by_type(counts: Mapping[ScopeAndKind, int]) -> Counts:
    by_type: Counter[ItemType] = Counter()
    for (_, kind), count in counts.items():
        by_type[ItemType(kind)] += count
    return by_type


def _of_names(query: ItemQuery) -> ItemQuery:
    """Return what a query asks of the named items themselves."""
    return ItemQuery(
        ids=query.ids,
        excluded_ids=query.excluded_ids,
        search_term=query.search_term,
        name_starts_with=query.name_starts_with,
        name_from=query.name_from,
        name_below=query.name_below,
        image_types=query.image_types,
        user_id=query.user_id,
        states=query.states,
        order=query.order,
        start_index=query.start_index,
        limit=query.limit,
        count_all=query.count_all,
        impossible=query.impossible,
    )


def _among(query: ItemQuery) -> ItemQuery:
    """Return what a query asks of the items that mention them."""
    return ItemQuery(
        parent_id=query.parent_id,
        recursive=True,
        types=query.types,
        excluded_types=query.excluded_types,
        media_types=query.media_types,
        years=query.years,
        tags=query.tags,
        official_ratings=query.official_ratings,
        genres=query.genres,
        studios=query.studios,
        mentions=query.mentions,
        impossible=query.impossible,
    )
