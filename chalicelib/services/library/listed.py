"""Which lists are kept in order, and reading a page of one: its cost is the page's, not the library's."""

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
from chalicelib.domain.library.mentions import mentioning_listing, names_listing, needs_tallies
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
_ALL = 1_000_000
_ANY_NAME = ("", None)


@dataclass(frozen=True, slots=True)
class ListedPages:
    """Pages of the lists that need no filter but place, type, and what follows from the type."""

    library: Library

    def page(self, query: ItemQuery, parent: Item) -> Page[Item] | None:
        """Return a page of items below a parent; None where no listing has what the query asks for."""
        named_id = _named_id(query, parent)
        unnamed = replace(query, mentions=()) if named_id else query
        if not query.recursive or not _asks_nothing_else(unnamed) or query.types & NAMED_TYPES:
            return None
        if named_id:
            return self._mentioning(named_id, query, parent)
        if (scopes := self._scopes(parent)) is None:
            return None
        return self.window((Listing(scope, kind) for scope in scopes for kind in _kinds(query)), query)

    def _mentioning(self, named_id: str, query: ItemQuery, parent: Item) -> Page[Item] | None:
        """Return a page of what mentions a named item, in the library or below an item at the top."""
        if parent.ancestors or (counts := self.library.mention_counts([named_id])) is None:
            return None
        scope = None if parent == ROOT or parent.type.is_named else parent.id
        kinds = _kinds(query) if _is_narrowed(query) else list(ItemType)
        listings = (
            mentioning_listing(named_id, its, kind)
            for (its, kind), count in counts[named_id].items()
            if count and kind in kinds and scope in {None, its}
        )
        return self.window(listings, query)

    def names(
        self, named_type: ItemType, query: ItemQuery, among: ItemQuery, parent: Item
    ) -> Page[Item] | None:
        """Return a page of the named items of a type that items of some types mention, below a parent."""
        if (scopes := self._scopes(parent)) is None or not _asks_nothing_else(among):
            return None
        kinds = _kinds(among)
        listings = [
            names_listing(scope, named_type, kind)
            for scope in scopes
            for kind in ([""] if scope and not _is_narrowed(among) else kinds)
        ]
        if len(listings) > 1:
            if (totals := self.library.totals(listings)) is None:
                return None
            listings = [listing for listing, total in totals.items() if total]
        return self._joined(listings, query) if len(listings) > 1 else self.window(listings, query)

    def _joined(self, listings: list[Listing], query: ItemQuery) -> Page[Item] | None:
        """Return a page of several listings that may share items: what each has is read, and listed once."""
        if (window := _window(query)) is None:
            return None
        whole = replace(window, start=0, limit=_ALL, is_counted=False)
        if (found := self.library.listed(listings, whole)) is None:
            return None
        ids = tuple(dict.fromkeys(found.item_ids))
        return self._page(Listed(ids[window.start :][: window.limit], len(ids)), query)

    def album_artists(self, query: ItemQuery, parent: Item) -> Page[Item] | None:
        """Return a page of those who are album artists of something below a parent."""
        if parent.ancestors or parent.type.is_named:
            return None
        return self.window([Listing(EVERYWHERE if parent == ROOT else parent.id, ALBUM_ARTISTS)], query)

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

    def window(self, listings: Iterable[Listing], query: ItemQuery) -> Page[Item] | None:
        """Return a page of listings in the query's order; None where they are not kept in that."""
        sorting, window = _sorting(query), _window(query)
        ordered = [replace(listing, sorting=sorting) for listing in listings if sorting]
        if window is None or (sorting is Sorting.DATE and any(map(needs_tallies, ordered))):
            return None
        found = self.library.listed(ordered, window)
        return self._page(found, query) if found else None

    def counts(self) -> Mapping[ItemType, int] | None:
        """Return how many items of each type there are; None while some are not listed yet."""
        return self.library.item_counts(self._scopes(ROOT) or ())

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


def _sorting(query: ItemQuery) -> Sorting | None:
    """Return in which of its orders a listing is in the query's; None where in neither."""
    first, *ties = query.order or BY_NAME
    return _SORTINGS.get(first.by) if all(level.by in _TIES for level in ties) else None


def _window(query: ItemQuery) -> Window | None:
    """Return which part of listings a query asks for; None where they are not in its order."""
    lowest, below = _names(query)
    sorting = _sorting(query)
    if sorting is None or (sorting is not Sorting.NAME and (lowest, below) != _ANY_NAME):
        return None
    descending = (query.order or BY_NAME)[0].descending
    return Window(*first_and_most(query), descending, lowest, below, query.count_all)


def _named_id(query: ItemQuery, parent: Item) -> str:
    """Return the one named item that all that a query asks for must mention, empty where there is no such."""
    wanted = [*query.mentions, *([frozenset({parent.id})] if parent.type.is_named else [])]
    return next(iter(wanted[0])) if len(wanted) == 1 and len(wanted[0]) == 1 else ""


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
    if not _is_narrowed(query):
        return [ANY_KIND, *(sorted(NAMED_TYPES) if names and not query.parent_id else ())]
    return [*_kinds(query), *sorted(query.types & NAMED_TYPES)]


def _is_narrowed(query: ItemQuery) -> bool:
    """Tell whether a query wants some types alone."""
    return bool(query.types or query.excluded_types or query.media_types or query.is_folder is not None)


def _kinds(query: ItemQuery) -> list[ItemType]:
    wanted = query.types or _IN_THE_TREE
    return sorted(
        kind
        for kind in wanted & _IN_THE_TREE - query.excluded_types
        if (not query.media_types or kind.media_type in query.media_types)
        and (query.is_folder is None or kind.is_folder is query.is_folder)
    )
