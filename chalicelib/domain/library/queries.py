"""Which entries a list wants, in which order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.names import name_key, search_key

type Filter = Callable[[Entry], bool]


class SortBy(StrEnum):
    """What a list can be sorted by, of Jellyfin's names."""

    SORT_NAME = "SortName"
    NAME = "Name"
    DATE_CREATED = "DateCreated"
    PREMIERE_DATE = "PremiereDate"
    PRODUCTION_YEAR = "ProductionYear"
    INDEX_NUMBER = "IndexNumber"
    PARENT_INDEX_NUMBER = "ParentIndexNumber"
    IS_FOLDER = "IsFolder"
    RANDOM = "Random"


@dataclass(frozen=True, slots=True)
class Order:
    """One level of a list's order."""

    by: SortBy
    descending: bool = False


BY_NAME = (Order(SortBy.SORT_NAME),)


@dataclass(frozen=True, slots=True)
class ItemQuery:
    """What a client asks a list for; whatever is empty asks nothing.

    Each of `mentions` is a group of ids of named items: an entry must mention one of each group. `genres`,
    `studios` and `artists` are names, in any spelling. A `limit` of None is no limit. `impossible` when it asks
    for what this library never has, such as a type of item that it does not keep.
    """

    ids: tuple[str, ...] = ()
    parent_id: str | None = None
    recursive: bool = False
    types: frozenset[ItemType] = frozenset()
    excluded_types: frozenset[ItemType] = frozenset()
    media_types: frozenset[str] = frozenset()
    search_term: str = ""
    name_starts_with: str = ""
    name_from: str = ""
    name_below: str = ""
    years: frozenset[int] = frozenset()
    genres: tuple[str, ...] = ()
    studios: tuple[str, ...] = ()
    artists: tuple[str, ...] = ()
    mentions: tuple[frozenset[str], ...] = ()
    album_artists: frozenset[str] = frozenset()
    image_types: frozenset[ImageType] = frozenset()
    order: tuple[Order, ...] = ()
    start_index: int = 0
    limit: int | None = None
    count_all: bool = True
    impossible: bool = False


@dataclass(frozen=True, slots=True)
class Page[T]:
    """A part of a list; `total` counts the whole, 0 when that was not wanted."""

    items: tuple[T, ...]
    total: int
    start_index: int


def selected(entries: Iterable[Entry], query: ItemQuery) -> tuple[Entry, ...]:
    """Return the entries that the query asks for, in its order; images and paging are not looked at."""
    filters = tuple(_filters(query))
    return ordered([entry for entry in entries if all(wanted(entry) for wanted in filters)], query.order)


def ordered(
    entries: Sequence[Entry], order: tuple[Order, ...], random: Random | None = None
) -> tuple[Entry, ...]:
    """Sort entries; those that are equal by every level stand by id, so that pages never overlap."""
    result = sorted(entries, key=lambda entry: entry.id)
    for level in reversed(order or BY_NAME):
        if level.by is SortBy.RANDOM:
            (random or Random()).shuffle(result)  # noqa: S311  # variety, not secrecy
        else:
            result.sort(key=_SORT_KEYS[level.by], reverse=level.descending)
    return tuple(result)


def _filters(query: ItemQuery) -> Iterable[Filter]:
    """Yield one test for each thing that the query asks."""
    if query.types:
        yield lambda entry: entry.type in query.types
    if query.excluded_types:
        yield lambda entry: entry.type not in query.excluded_types
    if query.media_types:
        yield lambda entry: entry.type.media_type in query.media_types
    if query.years:
        yield lambda entry: entry.year in query.years
    if query.album_artists:
        yield lambda entry: not query.album_artists.isdisjoint(entry.album_artists)
    for group in query.mentions:
        yield lambda entry, group=group: not group.isdisjoint(entry.mentions)  # type: ignore[misc]
    yield from _name_filters(query)
    yield from _mentioned_name_filters(query)


def _name_filters(query: ItemQuery) -> Iterable[Filter]:
    if term := search_key(query.search_term):
        yield lambda entry: term in search_key(entry.name)
    if start := search_key(query.name_starts_with):
        yield lambda entry: entry.sort_name.startswith(start)
    if first := search_key(query.name_from):
        yield lambda entry: entry.sort_name >= first
    if beyond := search_key(query.name_below):
        yield lambda entry: entry.sort_name < beyond


def _mentioned_name_filters(query: ItemQuery) -> Iterable[Filter]:
    if genres := _keys(query.genres):
        yield lambda entry: not genres.isdisjoint(_keys(entry.genres))
    if studios := _keys(query.studios):
        yield lambda entry: not studios.isdisjoint(_keys(entry.studios))
    if artists := _keys(query.artists):
        yield lambda entry: not artists.isdisjoint(_keys(entry.artists))


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(name_key, names))


def _number(value: int | None) -> tuple[bool, int]:
    """Sort what is unknown first, as Jellyfin does."""
    return value is not None, value or 0


_SORT_KEYS: dict[SortBy, Callable[[Entry], str | bool | tuple[bool, int]]] = {
    SortBy.SORT_NAME: lambda entry: entry.sort_name,
    SortBy.NAME: lambda entry: search_key(entry.name),
    SortBy.DATE_CREATED: lambda entry: entry.created,
    SortBy.PREMIERE_DATE: lambda entry: _number(entry.year),
    SortBy.PRODUCTION_YEAR: lambda entry: _number(entry.year),
    SortBy.INDEX_NUMBER: lambda entry: _number(entry.index_number),
    SortBy.PARENT_INDEX_NUMBER: lambda entry: _number(entry.parent_index_number),
    SortBy.IS_FOLDER: lambda entry: not entry.type.is_folder,
}
