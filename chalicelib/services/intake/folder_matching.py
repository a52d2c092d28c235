"""Which item a folder's name means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from re import fullmatch

from chalicelib.domain.library.folder_names import Title, title_of
from chalicelib.domain.library.items import NAMED_TYPES, Item, ItemType
from chalicelib.domain.library.names import name_key
from chalicelib.errors import InvalidInputError, NotFoundError
from chalicelib.services.library.ports import Library

_TITLED = (
    frozenset(ItemType) - NAMED_TYPES - {ItemType.SEASON, ItemType.EPISODE, ItemType.AUDIO, ItemType.PHOTO}
)


@dataclass(frozen=True, slots=True)
class FolderMatching:
    """Finds items by id, by an id at another site, or by name and year.

    An id costs one read; a name one read for each type of named item, and the entries of all other types.
    """

    library: Library

    def find(self, folder: str) -> Item:
        """Return the item; raises NotFoundError for none, InvalidInputError when several have the name."""
        if item_id := _id_of(folder):
            return self._known([item_id], folder)
        title = title_of(folder)
        found = list(self.library.find_many([*self._named(title), *self._titled(title)]).values())
        matching = [item for item in found if _has_ids(item, title)] or found
        return self._known([item.id for item in matching], folder)

    def season(self, series: Item, number: int) -> Item:
        """Return a season of a series; raises NotFoundError."""
        seasons = (
            entry.id
            for entry in self.library.children(series.id)
            if entry.type is ItemType.SEASON and entry.index_number == number
        )
        return self._known(list(seasons), f"season {number} of {series.name}")

    def seasons(self, series: Item) -> Iterator[tuple[int, str]]:
        """Yield the numbers and names of a series' seasons."""
        for entry in self.library.children(series.id):
            if entry.type is ItemType.SEASON and entry.index_number is not None:
                yield entry.index_number, entry.name

    def _known(self, item_ids: list[str], what: str) -> Item:
        if len(item_ids) > 1:
            message = f"{len(item_ids)} items are called '{what}'; name the folder by the item's id."
            raise InvalidInputError("folder", message)
        item = self.library.find(item_ids[0]) if item_ids else None
        if item is None:
            raise NotFoundError(f"There is no item '{what}'.")
        return item

    def _named(self, title: Title) -> Iterable[str]:
        """Return named items, which have no year."""
        if title.year is not None:
            return []
        found = (self.library.named(item_type, title.name) for item_type in sorted(NAMED_TYPES))
        return [item_id for item_id in found if item_id]

    def _titled(self, title: Title) -> Iterable[str]:
        key = name_key(title.name)
        entries = chain.from_iterable(map(self.library.of_type, sorted(_TITLED)))
        return [
            entry.id for entry in entries if name_key(entry.name) == key and title.year in {None, entry.year}
        ]


def _id_of(text: str) -> str | None:
    bare = text.replace("-", "").lower()
    return bare if fullmatch("[0-9a-f]{32}", bare) else None


def _has_ids(item: Item, title: Title) -> bool:
    return bool(title.provider_ids) and title.provider_ids.items() <= dict(item.provider_ids).items()
