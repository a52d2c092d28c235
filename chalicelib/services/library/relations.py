"""Items that belong together: what is above one, what is like it, what a user may like next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.queries import ItemQuery, Order, Page, SortBy, States
from chalicelib.domain.library.root import ROOT
from chalicelib.domain.library.similarity import similar
from chalicelib.services.library.entries import EntryFinder
from chalicelib.services.library.listed import first_and_most
from chalicelib.services.library.lists import LibraryLists

_MOVIES = frozenset({ItemType.MOVIE})
_LATEST = (Order(SortBy.DATE_PLAYED, descending=True),)
_AT_RANDOM = (Order(SortBy.RANDOM),)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Items that are like one that a user played or likes; `kind` is Jellyfin's word for the reason."""

    kind: str
    baseline: Item
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """Reads of the items round an item."""

    lists: LibraryLists
    finder: EntryFinder

    def ancestors(self, item_id: str) -> tuple[Item, ...]:
        """Return what is above an item, the nearest first, the root last."""
        item = self.finder.item(item_id)
        found = self.lists.library.find_many(item.ancestors)
        above = [found[ancestor] for ancestor in reversed(item.ancestors) if ancestor in found]
        return (*above, ROOT) if item != ROOT else ()

    def collections(self, item_id: str, query: ItemQuery) -> Page[Item]:
        """Return the box sets that an item lies in."""
        above = self.ancestors(item_id)
        entries = [Entry.of(item) for item in above if item.type is ItemType.BOX_SET]
        return self.lists.page_of(entries, query)

    def similar(self, item_id: str, query: ItemQuery) -> Page[Item]:
        """Return the items of the same type that have most in common with an item."""
        item = self.finder.item(item_id)
        others = (
            entry
            for entry in self.finder.like(item, item.type, sum(first_and_most(query)))
            if query.excluded_artists.isdisjoint(entry.mentions)
        )
        return self.lists.part(similar(Entry.of(item), others), query)

    def instant_mix(self, item_id: str, query: ItemQuery) -> Page[Item]:
        """Return the songs that have most in common with an item, itself first where it is a song."""
        item = self.finder.item(item_id)
        entry = Entry.of(item)
        own = (entry,) if entry.type is ItemType.AUDIO else ()
        songs = self.finder.like(item, ItemType.AUDIO, sum(first_and_most(query)))
        return self.lists.part((*own, *similar(entry, songs)), query)

    def suggestions(self, query: ItemQuery) -> Page[Item]:
        """Return items at random."""
        return self.lists.page(replace(query, recursive=True, is_folder=False, order=_AT_RANDOM))

    def recommendations(self, query: ItemQuery, categories: int, items: int) -> tuple[Recommendation, ...]:
        """Return films that are like those that a user played last, and like those that it likes, in turns."""
        played = self._of_user(query, States(played=True))
        liked = self._of_user(query, States(favourite=True))
        reasons = chain.from_iterable(
            (("SimilarToRecentlyPlayed", one), ("SimilarToLikedItem", other))
            for one, other in _in_turns(played, liked)
        )
        made = (self._like(kind, item, items) for kind, item in reasons if item is not None)
        return tuple(islice((one for one in made if one.items), max(categories, 0)))

    def _of_user(self, query: ItemQuery, states: States) -> Sequence[Item]:
        about = ItemQuery(
            parent_id=query.parent_id,
            recursive=True,
            types=_MOVIES,
            user_id=query.user_id,
            states=states,
            order=_LATEST,
            limit=10,
        )
        return self.lists.page(about).items

    def _like(self, kind: str, item: Item, limit: int) -> Recommendation:
        found = similar(Entry.of(item), self.finder.like(item, ItemType.MOVIE, limit))
        return Recommendation(kind, item, self.lists.part(found, ItemQuery(limit=limit)).items)


def _in_turns(played: Sequence[Item], liked: Sequence[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    for place in range(max(len(played), len(liked))):
        yield (
            played[place] if place < len(played) else None,
            liked[place] if place < len(liked) else None,
        )
