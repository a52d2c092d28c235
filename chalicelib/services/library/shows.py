"""Series: their seasons and episodes, what comes next, and what is still to be shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import batched, dropwhile

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.queries import ItemQuery, Order, Page, SortBy
from chalicelib.domain.library.root import ROOT
from chalicelib.domain.library.user_data import UNTOUCHED, UserBook
from chalicelib.domain.library.watching import NextUp, aired_order, by_series, last_of_each, next_up
from chalicelib.errors import NotFoundError
from chalicelib.services.library.entries import EntryFinder
from chalicelib.services.library.listed import first_and_most
from chalicelib.services.library.lists import LibraryLists
from chalicelib.services.ports import Clock

_EPISODES = frozenset({ItemType.EPISODE})
_SERIES = frozenset({ItemType.SERIES})
_BY_NUMBER = (Order(SortBy.INDEX_NUMBER), Order(SortBy.SORT_NAME))

_AT_ONCE = 100
_COUNTED_BEHIND = 10
"""Series behind a page that are counted where there are many episodes: so many more Jellyfin reads, too."""


@dataclass(frozen=True, slots=True)
class EpisodeQuery:
    """Which episodes of a series are wanted: of a season by its id or its number, from one on, or round one."""

    season_id: str | None = None
    season: int | None = None
    start_item_id: str | None = None
    adjacent_to: str | None = None


@dataclass(frozen=True, slots=True)
class NextUpQuery:
    """Of which series the next episodes are wanted; `watched_since` is ISO 8601 text, empty for ever.

    Of a single series the first episode may come next. `resumable` when an episode that was begun may.
    """

    series_id: str | None = None
    watched_since: str = ""
    first: bool = True
    resumable: bool = True


@dataclass(frozen=True, slots=True)
class Shows:
    """Reads of series; an episode belongs to the series and the season that it lies in."""

    lists: LibraryLists
    finder: EntryFinder
    clock: Clock

    def seasons(self, series_id: str, query: ItemQuery, *, special: bool | None) -> Page[Item]:
        """Return the seasons of a series by number, of which 0 holds the specials."""
        series = self._series(series_id)
        entries = [entry for entry in self.lists.library.children(series.id) if _is_season(entry, special)]
        return self.lists.page_of(entries, replace(query, order=query.order or _BY_NUMBER))

    def episodes(self, series_id: str, wanted: EpisodeQuery, query: ItemQuery) -> Page[Item]:
        """Return episodes of a series as they were aired."""
        entries = self._episodes(self._series(series_id), wanted)
        if query.order:
            return self.lists.page_of(entries, query)
        ordered = sorted(entries, key=aired_order)
        if wanted.start_item_id:
            ordered = list(dropwhile(lambda entry: entry.id != wanted.start_item_id, ordered))
        if wanted.adjacent_to:
            ordered = _neighbours(ordered, wanted.adjacent_to)
        return self.lists.part(tuple(ordered), query)

    def next_up(self, wanted: NextUpQuery, query: ItemQuery) -> Page[Item]:
        """Return the next episode of each series that a user watches, the latest watched series first.

        If there are many episodes, the total counts no further than ten behind the page.
        """
        book = self.lists.viewing.book(query.user_id)
        if not book and not wanted.series_id:
            return Page((), 0, 0)
        if wanted.series_id or self.finder.is_short(ItemType.EPISODE):
            groups = self._groups(wanted, query)
            candidates = self._candidates(groups.values(), wanted, book)
        else:
            candidates = iter(self._latest(wanted, query, book))
        return self.lists.part(tuple(each.episode for each in last_of_each(candidates)), query)

    def upcoming(self, query: ItemQuery) -> Page[Item]:
        """Return episodes that were first shown since yesterday, or will be, by that day."""
        since = (self.clock.now() - timedelta(days=1)).isoformat()
        parent = self.finder.item(query.parent_id) if query.parent_id else None
        entries = self.finder.below(parent, _EPISODES) if parent else self.finder.everywhere(_EPISODES)
        due = [entry for entry in entries if (entry.premiered or "") >= since]
        by_day = (Order(SortBy.PREMIERE_DATE), Order(SortBy.SORT_NAME))
        return self.lists.page_of(due, replace(query, parent_id=None, types=_EPISODES, order=by_day))

    def _series(self, series_id: str) -> Item:
        series = self.finder.item(series_id)
        if series.type is not ItemType.SERIES:
            raise NotFoundError(f"The item {series_id} has type {series.type}, not Series.")
        return series

    def _episodes(self, series: Item, wanted: EpisodeQuery) -> list[Entry]:
        within = series
        if wanted.season_id is not None:
            within = self.finder.item(wanted.season_id)
        entries = self.finder.below(within)
        return [
            entry
            for entry in entries
            if entry.type is ItemType.EPISODE and wanted.season in (None, entry.parent_index_number)
        ]

    def _candidates(
        self, groups: Iterable[Iterable[Entry]], wanted: NextUpQuery, book: UserBook
    ) -> Iterator[NextUp]:
        may_be_first = wanted.first and wanted.series_id is not None
        found = (next_up(group, book, may_be_first=may_be_first) for group in groups)
        return (each for each in found if each is not None and _is_wanted(each, wanted, book))

    def _latest(self, wanted: NextUpQuery, query: ItemQuery, book: UserBook) -> list[NextUp]:
        """Return what comes next in the latest watched series, up to so many as the page needs."""
        parent = self.finder.item(query.parent_id) if query.parent_id else None
        needed = len(book) if query.image_types else _needed(query)
        found: list[NextUp] = []
        for series, last in self._watched(book, parent):
            is_enough = sum(each.last_played > last for each in found) >= needed
            if is_enough or last < wanted.watched_since:
                break
            found += self._candidates([self._episodes(series, EpisodeQuery())], wanted, book)
        return found

    def _watched(self, book: UserBook, parent: Item | None) -> Iterator[tuple[Item, str]]:
        """Yield the series below a parent that a user has watched, the latest first, and when that was at most.

        Nothing of a series that follows was watched later.
        """
        touched = [
            (data.last_played, key) for key, data in book.items() if data.is_played or data.last_played
        ]
        seen: set[str] = set()
        for some in batched(sorted(touched, reverse=True), _AT_ONCE, strict=False):
            found = self.lists.library.find_many(item_id for _, item_id in some)
            latest: dict[str, str] = {}
            for last, item_id in some:
                if item_id in found and (series_id := found[item_id].series_id) and series_id not in seen:
                    latest.setdefault(series_id, last)
            seen |= latest.keys()
            series = self.lists.library.find_many(latest)
            for series_id, last in latest.items():
                if series_id in series and _is_below(series[series_id], parent):
                    yield series[series_id], last

    def _groups(self, wanted: NextUpQuery, query: ItemQuery) -> Mapping[str, Iterable[Entry]]:
        """Return the episodes of each series that is asked about."""
        if wanted.series_id:
            series = self._series(wanted.series_id)
            return {series.id: self._episodes(series, EpisodeQuery())}
        parent = self.finder.item(query.parent_id) if query.parent_id else None
        series_entries = self.finder.below(parent, _SERIES) if parent else self.finder.everywhere(_SERIES)
        known = {entry.id: entry for entry in series_entries if entry.type is ItemType.SERIES}
        return by_series(self.finder.everywhere(_EPISODES), known)


def _needed(query: ItemQuery) -> int:
    start, limit = first_and_most(query)
    return start + limit + (_COUNTED_BEHIND if query.count_all else 0)


def _is_below(item: Item, parent: Item | None) -> bool:
    return parent is None or parent == ROOT or parent.id in item.ancestors


def _is_season(entry: Entry, special: bool | None) -> bool:  # noqa: FBT001  # what a client asks, or None
    return entry.type is ItemType.SEASON and special in {None, entry.index_number == 0}


def _is_wanted(each: NextUp, wanted: NextUpQuery, book: UserBook) -> bool:
    if each.last_played < wanted.watched_since:
        return False
    return wanted.resumable or not book.get(each.episode.id, UNTOUCHED).is_resumable


def _neighbours(ordered: Sequence[Entry], entry_id: str) -> list[Entry]:
    """Return an entry with those before and after it."""
    places = [place for place, entry in enumerate(ordered) if entry.id == entry_id]
    return list(ordered[max(places[0] - 1, 0) : places[0] + 2]) if places else []
