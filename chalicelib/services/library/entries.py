"""Which entries are read for a list, by the cheapest way."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.mentions import shared_ids
from chalicelib.domain.library.queries import ItemQuery
from chalicelib.domain.library.root import ROOT
from chalicelib.domain.library.user_data import UserBook
from chalicelib.errors import NotFoundError
from chalicelib.services.library.ports import Library

FEW_MENTIONS = 1_000
"""Items that are read one by one; of more, all entries of their types are read."""

_COMPARED_MENTIONS = 20
_FEW_ALIKE, _FEW_OF_TYPE = 100, 500
"""More items that are alike than the first are not read one by one where their type has no more than the second."""

_LEAST_COMPARED, _MOST_COMPARED = 25, 200
"""For each named item that an item mentions, how many others that do are compared with it: twice what is asked for,
within these."""


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
        few = self._of(book) if query.states.name_items else self._mentioning(query, parent)
        if few is not None:
            return (entry for entry in few if _lies_below(entry, parent, deep=query.recursive))
        if parent == ROOT:
            return self.everywhere(query.types) if query.recursive else self.library.children(None)
        if parent.type.is_named:
            return [entry for entry in self.everywhere(query.types) if parent.id in entry.mentions]
        return self.below(parent, query.types) if query.recursive else self.library.children(parent.id)

    def _mentioning(self, query: ItemQuery, parent: Item) -> list[Entry] | None:
        """Return a superset of what mentions the named items that a query asks for, None where those are many."""
        asked = [*query.mentions, query.album_artists, query.contributing_artists]
        groups = [*filter(None, asked), *([frozenset({parent.id})] if parent.type.is_named else [])]
        for group in sorted(groups, key=len):
            if (found := self.mentioning(group, query.types)) is not None:
                return found
        return None

    def mentioning(
        self, named_ids: Collection[str], types: frozenset[ItemType] = frozenset()
    ) -> list[Entry] | None:
        """Return the entries of what mentions any of some named items, None where they are many."""
        found: dict[str, None] = {}
        for named_id in sorted(named_ids):
            ids = self.library.mentioning(named_id, types, FEW_MENTIONS + 1)
            if ids is None or len(found | dict.fromkeys(ids)) > FEW_MENTIONS:
                return None
            found |= dict.fromkeys(ids)
        return self._of(found)

    def like(self, item: Item, kind: ItemType, wanted: int) -> Iterable[Entry]:
        """Return the entries of a type that have a mention or a tag in common with an item; some are wanted.

        Where they are many, others of the type are among them if it is short; if it is long, they are not all.
        """
        if (counts := self.library.mention_counts(sorted(shared_ids(item)))) is None:
            return self.library.of_type(kind)
        others = {
            named_id: sum(count for (_, its), count in of_it.items() if its == kind) - (item.type is kind)
            for named_id, of_it in counts.items()
        }
        if sum(others.values()) > _FEW_ALIKE and self.is_short(kind, _FEW_OF_TYPE):
            return self.library.of_type(kind)
        rarest = sorted(
            (named_id for named_id, count in others.items() if count), key=lambda one: others[one]
        )
        compared = min(max(2 * wanted, _LEAST_COMPARED), _MOST_COMPARED)
        found: dict[str, None] = {}
        for named_id in rarest[:_COMPARED_MENTIONS]:
            found |= dict.fromkeys(self.library.mentioning(named_id, (kind,), compared) or ())
        found.pop(item.id, None)
        return self._of(islice(found, FEW_MENTIONS))

    def is_short(self, kind: ItemType, most: int | None = None) -> bool:
        """Tell whether so few items are of a type that all are read; true, too, while nobody can tell."""
        tops = ["", *(top.id for top in self.library.children(None) if top.type.is_folder)]
        counts = self.library.item_counts(tops)
        return counts is None or counts[kind] <= (FEW_MENTIONS if most is None else most)

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
