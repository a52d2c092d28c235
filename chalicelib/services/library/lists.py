"""What a client may see of the library: single items, lists, and the images round them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import batched, chain

from chalicelib.domain.images.images import ImageType, OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import NAMED_TYPES, Item, ItemType
from chalicelib.domain.library.names import search_key
from chalicelib.domain.library.queries import ItemQuery, Order, Page, SortBy, selected
from chalicelib.errors import NotFoundError
from chalicelib.services.images.access import ImageAccess
from chalicelib.services.library.ports import Library

LONGEST_PAGE = 500
"""Items of one answer, whatever the client asks: its bytes must fit in what Lambda can answer."""

_AT_ONCE = 100
_MUSIC = frozenset({ItemType.MUSIC_ALBUM, ItemType.AUDIO})
_NEVER_NEWS = frozenset(
    {
        ItemType.COLLECTION_FOLDER,
        ItemType.FOLDER,
        ItemType.SEASON,
        ItemType.EPISODE,
        ItemType.AUDIO,
    }
)


@dataclass(frozen=True, slots=True)
class LibraryLists:
    """Reads of the library. A list costs one call for its entries per megabyte of them, then a few for the page.

    Which entries are read: below an item at the top, or of given types, an index names them; deeper in the tree
    each folder is asked; without types everything below each item at the top is read.
    """

    library: Library
    image_access: ImageAccess

    def find(self, item_id: str) -> Item:
        """Return an item; raises NotFoundError."""
        if (item := self.library.find(item_id)) is None:
            raise NotFoundError(f"There is no item {item_id}.")
        return item

    def named(self, item_type: ItemType, name: str) -> str:
        """Return the id of a named item; raises NotFoundError and creates nothing."""
        if (item_id := self.library.named(item_type, name)) is None:
            raise NotFoundError(f"There is no {item_type} of that name.")
        return item_id

    def page(self, query: ItemQuery) -> Page[Item]:
        """Return the items that a query asks for; raises NotFoundError for an unknown parent."""
        return self._page(self._entries(query), query)

    def named_page(
        self, item_type: ItemType, query: ItemQuery, *, as_album_artist: bool = False
    ) -> Page[Item]:
        """Return named items of a type; with a parent those that something below it mentions."""
        entries: Iterable[Entry] = self.library.of_type(item_type)
        if as_album_artist or query.parent_id:
            mentioned = self._mentioned(query.parent_id, as_album_artist=as_album_artist)
            entries = [entry for entry in entries if entry.id in mentioned]
        return self._page(entries, query)

    def latest(self, query: ItemQuery) -> Page[Item]:
        """Return the newest items; series and albums stand for what they hold."""
        newest = (Order(SortBy.DATE_CREATED, descending=True),)
        excluded = query.excluded_types if query.types else query.excluded_types | _NEVER_NEWS
        return self.page(replace(query, recursive=True, excluded_types=excluded, order=newest))

    def search(self, query: ItemQuery) -> Page[Item]:
        """Return what a search term finds in the whole library, names that start with it first."""
        named = () if query.types or query.parent_id else NAMED_TYPES
        entries = chain(self._entries(replace(query, recursive=True)), *map(self.library.of_type, named))
        found = selected(entries, query)
        term = search_key(query.search_term)
        found = tuple(sorted(found, key=lambda entry: not search_key(entry.name).startswith(term)))
        return self._part(found, query)

    def images_around(self, items: Iterable[Item], *, with_people: bool = False) -> Mapping[str, OwnerImages]:
        """Return the images of items and of whatever they may borrow images from, by id."""
        wanted: dict[str, None] = {}
        for item in items:
            wanted |= dict.fromkeys((item.id, *item.ancestors))
            wanted |= dict.fromkeys(mention.id for mention in item.album_artists[:1])
            if with_people:
                wanted |= dict.fromkeys(credit.id for credit in item.people)
        return self._images(wanted)

    def _images(self, item_ids: Iterable[str]) -> Mapping[str, OwnerImages]:
        found = self.image_access.find_many(OwnerKey.item(item_id) for item_id in item_ids)
        return {owner.id: images for owner, images in found.items()}

    def _page(self, entries: Iterable[Entry], query: ItemQuery) -> Page[Item]:
        return self._part(selected(entries, query), query)

    def _part(self, entries: tuple[Entry, ...], query: ItemQuery) -> Page[Item]:
        if query.image_types:
            entries = self._with_images(entries, query)
        start = max(query.start_index, 0)
        limit = LONGEST_PAGE if query.limit is None else min(max(query.limit, 0), LONGEST_PAGE)
        ids = [entry.id for entry in entries[start : start + limit]]
        found = self.library.find_many(ids)
        items = tuple(found[item_id] for item_id in ids if item_id in found)
        return Page(items, len(entries) if query.count_all else 0, start)

    def _with_images(self, entries: tuple[Entry, ...], query: ItemQuery) -> tuple[Entry, ...]:
        """Keep entries with an image of a wanted type; where nobody counts them, no more than the page needs."""
        needed = len(entries)
        if query.limit is not None and not query.count_all:
            needed = max(query.start_index, 0) + query.limit
        kept: list[Entry] = []
        for batch in batched(entries, _AT_ONCE, strict=False):
            if len(kept) >= needed:
                break
            images = self._images(entry.id for entry in batch)
            kept += [entry for entry in batch if _has_any(images.get(entry.id), query.image_types)]
        return tuple(kept)

    def _entries(self, query: ItemQuery) -> Iterable[Entry]:
        """Return a superset of what the query asks for, read by the cheapest way."""
        if query.impossible:
            return ()
        if query.ids:
            return [Entry.of(item) for item in self.library.find_many(query.ids).values()]
        if query.parent_id is None:
            return self._everywhere(query.types) if query.recursive else self.library.children(None)
        parent = self.find(query.parent_id)
        if parent.type.is_named:
            return [entry for entry in self._everywhere(query.types) if parent.id in entry.mentions]
        return self._below(parent, query.types) if query.recursive else self.library.children(parent.id)

    def _everywhere(self, types: frozenset[ItemType]) -> Iterator[Entry]:
        if types:
            return chain.from_iterable(map(self.library.of_type, types))
        tops = self.library.children(None)
        folders = (entry.id for entry in tops if entry.type.is_folder)
        return chain(tops, chain.from_iterable(map(self.library.under, folders)))

    def _below(self, parent: Item, types: frozenset[ItemType]) -> Iterable[Entry]:
        if parent.ancestors:
            return self._walked(parent.id)
        if types:
            return [entry for entry in self._everywhere(types) if parent.id in entry.ancestors]
        return self.library.under(parent.id)

    def _walked(self, parent_id: str) -> Iterator[Entry]:
        for entry in self.library.children(parent_id):
            yield entry
            if entry.type.is_folder:
                yield from self._walked(entry.id)

    def _mentioned(self, parent_id: str | None, *, as_album_artist: bool) -> frozenset[str]:
        types = _MUSIC if as_album_artist else frozenset()
        entries = self._entries(ItemQuery(parent_id=parent_id, recursive=True, types=types))
        mentioned = (entry.album_artists if as_album_artist else entry.mentions for entry in entries)
        return frozenset(chain.from_iterable(mentioned))


def _has_any(images: OwnerImages | None, types: frozenset[ImageType]) -> bool:
    return images is not None and any(image.image_type in types for image in images.images)
