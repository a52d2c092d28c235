"""Which entries a list wants, in which order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.names import name_key, search_key
from chalicelib.domain.library.queries import BY_NAME, ItemQuery, Order, SortBy
from chalicelib.domain.library.user_data import UNTOUCHED, UserBook, UserData
from chalicelib.domain.library.watching import COUNTED, Tally, aired_order

type Filter = Callable[[Entry], bool]
type SortKey = Callable[[Entry], object]


@dataclass(frozen=True, slots=True)
class Viewer:
    """What a user has done, and what that leaves below folders."""

    book: UserBook = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)

    def data(self, entry: Entry) -> UserData:
        """Return what the user has done with an item."""
        return self.book.get(entry.id, UNTOUCHED)

    def has_played(self, entry: Entry) -> bool:
        """Tell whether the user has played an item, or all below a folder."""
        if entry.type in COUNTED:
            return self.tallies.get(entry.id, Tally()).is_played
        return self.data(entry).is_played


NOBODY = Viewer()


def selected(entries: Iterable[Entry], query: ItemQuery, viewer: Viewer = NOBODY) -> tuple[Entry, ...]:
    """Return the entries that the query asks for, in its order; images and paging are not looked at."""
    filters = (*_filters(query), *_state_filters(query, viewer))
    kept = [entry for entry in entries if all(wanted(entry) for wanted in filters)]
    return ordered(kept, query.order, viewer=viewer)


def ordered(
    entries: Sequence[Entry],
    order: tuple[Order, ...],
    random: Random | None = None,
    viewer: Viewer = NOBODY,
) -> tuple[Entry, ...]:
    """Sort entries; those that are equal by every level stand by id, so that pages never overlap."""
    result = sorted(entries, key=lambda entry: entry.id)
    keys = _SORT_KEYS | _viewer_keys(viewer)
    for level in reversed(order or BY_NAME):
        if level.by is SortBy.RANDOM:
            (random or Random()).shuffle(result)  # noqa: S311  # variety, not secrecy
        else:
            result.sort(key=keys[level.by], reverse=level.descending)  # type: ignore[arg-type]  # keys of one level compare
    return tuple(result)


def _filters(query: ItemQuery) -> Iterable[Filter]:
    """Yield one test for each thing that the query asks."""
    if query.types:
        yield lambda entry: entry.type in query.types
    if query.excluded_types:
        yield lambda entry: entry.type not in query.excluded_types
    if query.excluded_ids:
        yield lambda entry: entry.id not in query.excluded_ids
    if query.media_types:
        yield lambda entry: entry.type.media_type in query.media_types
    if query.is_folder is not None:
        yield lambda entry: entry.type.is_folder is query.is_folder
    if query.years:
        yield lambda entry: entry.year in query.years
    if query.albums:
        yield lambda entry: not query.albums.isdisjoint(entry.ancestors)
    yield from _mention_filters(query)
    yield from _name_filters(query)
    yield from _text_filters(query)


def _mention_filters(query: ItemQuery) -> Iterable[Filter]:
    if query.album_artists:
        yield lambda entry: not query.album_artists.isdisjoint(entry.album_artists)
    if query.contributing_artists:
        yield (
            lambda entry: (
                not query.contributing_artists.isdisjoint(set(entry.mentions).difference(entry.album_artists))
            )
        )
    if query.excluded_artists:
        yield lambda entry: query.excluded_artists.isdisjoint(entry.mentions)
    for group in query.mentions:
        yield lambda entry, group=group: not group.isdisjoint(entry.mentions)  # type: ignore[misc]


def _name_filters(query: ItemQuery) -> Iterable[Filter]:
    if term := search_key(query.search_term):
        yield lambda entry: term in search_key(entry.name)
    if start := search_key(query.name_starts_with):
        yield lambda entry: entry.sort_name.startswith(start)
    if first := search_key(query.name_from):
        yield lambda entry: entry.sort_name >= first
    if beyond := search_key(query.name_below):
        yield lambda entry: entry.sort_name < beyond


def _text_filters(query: ItemQuery) -> Iterable[Filter]:
    if genres := _keys(query.genres):
        yield lambda entry: not genres.isdisjoint(_keys(entry.genres))
    if studios := _keys(query.studios):
        yield lambda entry: not studios.isdisjoint(_keys(entry.studios))
    if artists := _keys(query.artists):
        yield lambda entry: not artists.isdisjoint(_keys(entry.artists))
    if tags := _keys(query.tags):
        yield lambda entry: not tags.isdisjoint(_keys(entry.tags))
    if ratings := _keys(query.official_ratings):
        yield lambda entry: name_key(entry.official_rating or "") in ratings


def _state_filters(query: ItemQuery, viewer: Viewer) -> Iterable[Filter]:
    states = query.states
    if states.favourite is not None:
        yield lambda entry: viewer.data(entry).is_favourite is states.favourite
    if states.liked is not None:
        yield lambda entry: viewer.data(entry).likes is states.liked
    if states.resumable is not None:
        yield lambda entry: viewer.data(entry).is_resumable is states.resumable
    if states.played is not None:
        yield lambda entry: viewer.has_played(entry) is states.played


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(name_key, names))


def _number(value: float | None) -> tuple[bool, float]:
    """Sort what is unknown first, as Jellyfin does."""
    return value is not None, value or 0


def _premiere(entry: Entry) -> tuple[bool, str]:
    """Return the day, else the year, of the first showing."""
    day = entry.premiered or (f"{entry.year:04}" if entry.year else "")
    return bool(day), day


def _first_artist(entry: Entry) -> str:
    return search_key(entry.artists[0]) if entry.artists else ""


def _viewer_keys(viewer: Viewer) -> dict[SortBy, SortKey]:
    return {
        SortBy.DATE_PLAYED: lambda entry: viewer.data(entry).last_played,
        SortBy.PLAY_COUNT: lambda entry: viewer.data(entry).play_count,
        SortBy.IS_FAVORITE_OR_LIKED: lambda entry: (
            not (viewer.data(entry).is_favourite or viewer.data(entry).likes)
        ),
        SortBy.IS_PLAYED: lambda entry: not viewer.has_played(entry),
        SortBy.IS_UNPLAYED: viewer.has_played,
    }


_SORT_KEYS: dict[SortBy, SortKey] = {
    SortBy.SORT_NAME: lambda entry: entry.sort_name,
    SortBy.NAME: lambda entry: search_key(entry.name),
    SortBy.SERIES_SORT_NAME: lambda entry: entry.sort_name,
    SortBy.ALBUM_ARTIST: _first_artist,
    SortBy.ARTIST: _first_artist,
    SortBy.DATE_CREATED: lambda entry: entry.created,
    SortBy.DATE_LAST_CONTENT_ADDED: lambda entry: entry.created,
    SortBy.PREMIERE_DATE: _premiere,
    SortBy.PRODUCTION_YEAR: lambda entry: _number(entry.year),
    SortBy.COMMUNITY_RATING: lambda entry: _number(entry.community_rating),
    SortBy.OFFICIAL_RATING: lambda entry: entry.official_rating or "",
    SortBy.RUNTIME: lambda entry: _number(entry.run_time_ticks),
    SortBy.INDEX_NUMBER: lambda entry: _number(entry.index_number),
    SortBy.PARENT_INDEX_NUMBER: lambda entry: _number(entry.parent_index_number),
    SortBy.AIRED_EPISODE_ORDER: aired_order,
    SortBy.IS_FOLDER: lambda entry: not entry.type.is_folder,
}
