"""Which entries are read for a list, by the cheapest way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.queries import ItemQuery
from chalicelib.domain.library.root import ROOT
from chalicelib.domain.library.user_data import UserBook
from chalicelib.errors import NotFoundError
from chalicelib.services.library.ports import Library


@dataclass(frozen=True, slots=True)
class EntryFinder:
    """Reads of entries: one call for each megabyte of them.

    Below an item at the top, or of given types, an index names them; deeper in the tree each folder is asked;
    without types everything below each item at the top is read. What a user likes or has begun is few, so the
    user's book names it.
    """

    library: Library

    def item(self, item_id: str) -> Item:
        """Return an item, the root of the library among them; raises NotFoundError."""
        if item_id == ROOT.id:
            return ROOT
        if (item := self.library.find(item_id)) is None:
            raise NotFoundError(f"There is no item {item_id}.")
        return item

    def find(self, query: ItemQuery, book: UserBook) -> Iterable[Entry]:
        """Return a superset of what the query asks for; raises NotFoundError for an unknown parent."""
        if query.impossible:
            return ()
        if query.ids:
            return self._of(query.ids)
        parent = self.item(query.parent_id) if query.parent_id else ROOT
        if query.states.name_items:
            return (entry for entry in self._of(book) if _lies_below(entry, parent, deep=query.recursive))
        if parent == ROOT:
            return self.everywhere(query.types) if query.recursive else self.library.children(None)
        if parent.type.is_named:
            return [entry for entry in self.everywhere(query.types) if parent.id in entry.mentions]
        return self.below(parent, query.types) if query.recursive else self.library.children(parent.id)

    def everywhere(self, types: frozenset[ItemType] = frozenset()) -> Iterator[Entry]:
        """Return all entries, of given types or in the whole tree; named items stand in no tree."""
        if types:
            return chain.from_iterable(map(self.library.of_type, sorted(types)))
        tops = self.library.children(None)
        folders = (entry.id for entry in tops if entry.type.is_folder)
        return chain(tops, chain.from_iterable(map(self.library.under, folders)))

    def below(self, parent: Item, types: frozenset[ItemType] = frozenset()) -> Iterable[Entry]:
        """Return all entries below an item, of whatever depth."""
        if parent == ROOT:
            return self.everywhere(types)
        if parent.ancestors:
            return self._walked(parent.id)
        if types:
            return [entry for entry in self.everywhere(types) if parent.id in entry.ancestors]
        return self.library.under(parent.id)

    def _walked(self, parent_id: str) -> Iterator[Entry]:
        for entry in self.library.children(parent_id):
            yield entry
            if entry.type.is_folder:
                yield from self._walked(entry.id)

    def _of(self, item_ids: Iterable[str]) -> list[Entry]:
        return [Entry.of(item) for item in self.library.find_many(item_ids).values()]


def _lies_below(entry: Entry, parent: Item, *, deep: bool) -> bool:
    if parent == ROOT:
        return deep or not entry.ancestors
    if parent.type.is_named:
        return parent.id in entry.mentions
    return parent.id in entry.ancestors if deep else entry.ancestors[-1:] == (parent.id,)
