"""Which item a folder's name means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from re import fullmatch

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import NAMED_TYPES, Item, ItemType
from chalicelib.domain.library.matching import ItemMatcher, KnownItem, Match
from chalicelib.domain.library.names import loose_key, squeezed_key
from chalicelib.domain.library.naming.titles import Title, film_title, named, plain_title, series_title
from chalicelib.errors import InvalidInputError, NotFoundError
from chalicelib.services.library.ports import Library

_TITLED = (
    frozenset(ItemType) - NAMED_TYPES - {ItemType.SEASON, ItemType.EPISODE, ItemType.AUDIO, ItemType.PHOTO}
)
_MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class FolderMatching:
    """Finds items by id, by an id at another site, or by name and year.

    An id costs one read; a name one read for each type of named item, and the entries of all other types. An id at
    another site that no item of the name has costs a read of all these items, a call for each hundred.
    """

    library: Library

    def find(self, folder: str) -> Item:
        """Return the item; raises NotFoundError for none, InvalidInputError when several have the name."""
        if item_id := _id_of(folder):
            return self._known([item_id], folder)
        titles = tuple({_essence(read(folder)): read(folder) for read in _READERS}.values())
        match = self._match(titles)
        return self._known([item.id for item in match.items], folder, match)

    def season(self, series: Item, number: int) -> Item:
        """Return a season of a series; raises NotFoundError."""
        return self._child(series, ItemType.SEASON, number)

    def episode(self, season: Item, number: int) -> Item:
        """Return an episode of a season; raises NotFoundError."""
        return self._child(season, ItemType.EPISODE, number)

    def seasons(self, series: Item) -> Iterator[tuple[int, str]]:
        """Yield the numbers and names of a series' seasons."""
        for entry in self.library.children(series.id):
            if entry.type is ItemType.SEASON and entry.index_number is not None:
                yield entry.index_number, entry.name

    def _child(self, parent: Item, item_type: ItemType, number: int) -> Item:
        numbered = (
            entry.id
            for entry in self.library.children(parent.id)
            if entry.type is item_type and entry.index_number == number
        )
        return self._known(list(numbered), f"{item_type.lower()} {number} of {parent.name}")

    def _match(self, titles: tuple[Title, ...]) -> Match:
        entries = list(chain.from_iterable(map(self.library.of_type, sorted(_TITLED))))
        ids = {*self._named_ids(titles), *_alike(entries, titles)}
        matcher = ItemMatcher(map(_as_known, self.library.find_many(ids).values()))
        wanted = titles[0].provider_ids
        if wanted and not matcher.has_any(wanted):
            rest = self.library.find_many(entry.id for entry in entries if entry.id not in ids)
            for item in rest.values():
                matcher.add(_as_known(item))
        matches = [matcher.match(title, _types(title)) for title in titles]
        return next((match for match in matches if match.items), matches[0])

    def _known(self, item_ids: list[str], what: str, match: Match | None = None) -> Item:
        if len(item_ids) > 1:
            message = f"{len(item_ids)} items are called '{what}'; name the folder by the item's id."
            raise InvalidInputError("folder", message)
        item = self.library.find(item_ids[0]) if item_ids else None
        if item is None:
            raise NotFoundError(f"There is no item '{what}'.{_near(match)}")
        return item

    def _named_ids(self, titles: Iterable[Title]) -> Iterator[str]:
        """Yield the ids of named items, which have no year."""
        names = dict.fromkeys(title.name for title in titles if title.year is None)
        found = (self.library.named(kind, name) for name in names for kind in sorted(NAMED_TYPES))
        yield from filter(None, found)


_READERS = (film_title, series_title, plain_title, named)


def _essence(title: Title) -> tuple[str, int | None]:
    return title.name, title.year


def _alike(entries: Iterable[Entry], titles: Iterable[Title]) -> Iterator[str]:
    """Yield the ids of entries whose names could be meant; what could be is decided with all facts of the item."""
    keys = {key for title in titles for key in (loose_key(title.name), squeezed_key(title.name))}
    for entry in entries:
        if not keys.isdisjoint((loose_key(entry.name), squeezed_key(entry.name))):
            yield entry.id


def _as_known(item: Item) -> KnownItem:
    return KnownItem(item.id, item.type, item.name, item.year, item.provider_ids)


def _types(title: Title) -> frozenset[ItemType]:
    return _TITLED if title.year is not None else _TITLED | NAMED_TYPES


def _id_of(text: str) -> str | None:
    bare = text.replace("-", "").lower()
    return bare if fullmatch("[0-9a-f]{32}", bare) else None


def _near(match: Match | None) -> str:
    near = match.near[:_MOST_NEAR] if match else ()
    return f" Did you mean {' or '.join(f"'{item}' ({item.id})" for item in near)}?" if near else ""
