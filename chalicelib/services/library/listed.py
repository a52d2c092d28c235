"""Which lists are kept in order, and reading a page of one: its cost is the page's, not the library's."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chalicelib.domain.library.finding import ANY_KIND, term_of
from chalicelib.domain.library.items import NAMED_TYPES, Item, ItemType
from chalicelib.domain.library.listings import (
    ALBUM_ARTISTS,
    EVERYWHERE,
    LAST,
    Listed,
    Listing,
    Sorting,
    Window,
    beginning_of,
)
from chalicelib.domain.library.names import search_key
from chalicelib.domain.library.queries import BY_NAME, ItemQuery, Page, SortBy
from chalicelib.domain.library.root import ROOT
from chalicelib.services.library.ports import Library

LONGEST_PAGE = 500
"""Items of one answer, whatever the client asks: its bytes must fit in what Lambda can answer."""

_SORTINGS = {
    SortBy.SORT_NAME: Sorting.NAME,
    SortBy.SERIES_SORT_NAME: Sorting.NAME,
    SortBy.DATE_CREATED: Sorting.DATE,
    SortBy.DATE_LAST_CONTENT_ADDED: Sorting.DATE,
}
_TIES = frozenset({SortBy.SORT_NAME, SortBy.NAME, SortBy.PRODUCTION_YEAR})
"""By what places of one key's first part are in order anyway."""

_IN_THE_TREE = frozenset(ItemType) - NAMED_TYPES - {ROOT.type}


_COUNTED_BEHIND = 100
_ANY_NAME = ("", None)


@dataclass(frozen=True, slots=True)
class ListedPages:
    """Pages of the lists that need no filter but place, type, and what follows from the type."""

    library: Library

    def page(self, query: ItemQuery, parent: Item) -> Page[Item] | None:
        """Return a page of items below a parent; None where no listing has what the query asks for."""
        if not query.recursive or not _asks_nothing_else(query) or query.types & NAMED_TYPES:
            return None
        if (scopes := self._scopes(parent)) is None:
            return None
        return self.window(((scope, kind) for scope in scopes for kind in _kinds(query)), query)

    def album_artists(self, query: ItemQuery, parent: Item) -> Page[Item] | None:
        """Return a page of those who are album artists of something below a parent."""
        if parent.ancestors or parent.type.is_named:
            return None
        return self.window([(EVERYWHERE if parent == ROOT else parent.id, ALBUM_ARTISTS)], query)

    def search(self, query: ItemQuery, parent: Item, *, names: bool) -> Page[Item] | None:
        """Return what a term finds in the library or below an item at the top; None where more is asked for.

        With `names` it finds named items, too, unless the query says what it wants.

        The total counts no further than a hundred items behind the page.
        """
        term = term_of(query.search_term)
        if not term or parent.ancestors or parent.type.is_named:
            return None
        if (
            query.order
            or _names(query) != _ANY_NAME
            or not _asks_nothing_else(replace(query, search_term=""))
        ):
            return None
        kinds = _searched_kinds(query, names=names)
        start, limit = first_and_most(query)
        scope = None if parent == ROOT else parent.id
        found = self.library.found(term, kinds, scope, start + limit + _COUNTED_BEHIND)
        if found is None:
            return None
        return self._page(Listed(found[start : start + limit], len(found)), query)

    def window(self, listings: Iterable[tuple[str, str]], query: ItemQuery) -> Page[Item] | None:
        """Return a page of listings, by scope and kind; None where they are not in the query's order."""
        first, *ties = query.order or BY_NAME
        if (sorting := _SORTINGS.get(first.by)) is None or not all(level.by in _TIES for level in ties):
            return None
        start, limit = first_and_most(query)
        lowest, below = _names(query)
        if sorting is not Sorting.NAME and (lowest, below) != _ANY_NAME:
            return None
        window = Window(start, limit, first.descending, lowest, below, query.count_all)
        found = self.library.listed([Listing(scope, kind, sorting) for scope, kind in listings], window)
        return self._page(found, query) if found else None

    def counts(self) -> Mapping[ItemType, int] | None:
        """Return how many items of each type there are; None while some are not listed yet."""
        scopes = self._scopes(ROOT) or ()
        listings = [Listing(scope, kind) for scope in scopes for kind in _IN_THE_TREE]
        found = self.library.totals([*listings, *(Listing("", kind) for kind in NAMED_TYPES)])
        if found is None:
            return None
        counts = Counter[str]()
        for listing, total in found.items():
            counts[listing.kind] += total
        return {kind: counts[kind] for kind in ItemType}

    def _page(self, found: Listed, query: ItemQuery) -> Page[Item]:
        items = self.library.find_many(found.item_ids)
        shown = tuple(items[item_id] for item_id in found.item_ids if item_id in items)
        return Page(shown, found.total if query.count_all else 0, first_and_most(query)[0])

    def _scopes(self, parent: Item) -> list[str] | None:
        """Return below which items at the top to look; None where the parent is none of them."""
        if parent == ROOT:
            tops = self.library.children(None)
            return ["", *(top.id for top in tops if top.type.is_folder)]
        return None if parent.ancestors or parent.type.is_named else [parent.id]


def first_and_most(query: ItemQuery) -> tuple[int, int]:
    """Return the index of a page's first item, and how many it may have."""
    limit = LONGEST_PAGE if query.limit is None else min(max(query.limit, 0), LONGEST_PAGE)
    return max(query.start_index, 0), limit


def is_plain(query: ItemQuery) -> bool:
    """Tell whether a query asks nothing but for a page, in some order, of all or of those between two names."""
    return _paged(query) == ItemQuery()


def _asks_nothing_else(query: ItemQuery) -> bool:
    """Tell whether a query asks nothing but what an item's type and the item at the top tell."""
    return is_plain(
        replace(
            query,
            parent_id=None,
            recursive=False,
            types=frozenset(),
            excluded_types=frozenset(),
            media_types=frozenset(),
            is_folder=None,
        )
    )


def _paged(query: ItemQuery) -> ItemQuery:
    """Forget the page, its order, its names, and who asks: what differs between users is asked by other fields."""
    of_all = replace(query, name_starts_with="", name_from="", name_below="")
    return replace(of_all, order=(), start_index=0, limit=None, count_all=True, user_id=None)


def _names(query: ItemQuery) -> tuple[str, str | None]:
    """Return from which name on a query asks, and below which."""
    start, first, below = (
        beginning_of(search_key(text)) for text in (query.name_starts_with, query.name_from, query.name_below)
    )
    ends = [end for end in (start and start + LAST, below) if end]
    return max(start, first), min(ends, default=None)


def _searched_kinds(query: ItemQuery, *, names: bool) -> list[str]:
    """Return the kinds that are searched: any, unless the query says which."""
    is_narrowed = query.types or query.excluded_types or query.media_types or query.is_folder is not None
    if not is_narrowed:
        return [ANY_KIND, *(sorted(NAMED_TYPES) if names and not query.parent_id else ())]
    return [*_kinds(query), *sorted(query.types & NAMED_TYPES)]


def _kinds(query: ItemQuery) -> list[ItemType]:
    wanted = query.types or _IN_THE_TREE
    return sorted(
        kind
        for kind in wanted & _IN_THE_TREE - query.excluded_types
        if (not query.media_types or kind.media_type in query.media_types)
        and (query.is_folder is None or kind.is_folder is query.is_folder)
    )
