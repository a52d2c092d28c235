"""What a client may see of the library: single items, lists, and the images round them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import batched, chain

from chalicelib.domain.images.images import ImageType, OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import NAMED_TYPES, Item, ItemType
from chalicelib.domain.library.names import search_key
from chalicelib.domain.library.queries import ItemQuery, Order, Page, SortBy
from chalicelib.domain.library.root import ROOT
from chalicelib.domain.library.selection import selected
from chalicelib.domain.library.user_data import UserBook
from chalicelib.errors import NotFoundError
from chalicelib.services.images.access import ImageAccess
from chalicelib.services.library.entries import EntryFinder
from chalicelib.services.library.listed import ListedPages, first_and_most
from chalicelib.services.library.ports import Library
from chalicelib.services.library.viewing import Viewing

_AT_ONCE = 100
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
    """Reads of the library. A list costs one call for its entries per megabyte of them, then a few for the page."""

    library: Library
    image_access: ImageAccess
    finder: EntryFinder
    viewing: Viewing

    def find(self, item_id: str) -> Item:
        """Return an item; raises NotFoundError."""
        return self.finder.item(item_id)

    def named(self, item_type: ItemType, name: str) -> str:
        """Return the id of a named item; raises NotFoundError and creates nothing."""
        if (item_id := self.library.named(item_type, name)) is None:
            raise NotFoundError(f"There is no {item_type} of that name.")
        return item_id

    def owner_named(self, item_type: ItemType, name: str) -> OwnerKey:
        """Return the named item as an owner of images; raises NotFoundError and creates nothing."""
        return OwnerKey.item(self.named(item_type, name))

    def page(self, query: ItemQuery) -> Page[Item]:
        """Return the items that a query asks for; raises NotFoundError for an unknown parent."""
        if listed := self.listed_page(query):
            return listed
        book = self.viewing.book(query.user_id) if query.is_about_a_user else {}
        return self.page_of(self.finder.find(query, book), query, book)

    def listed_page(self, query: ItemQuery) -> Page[Item] | None:
        """Return a page of a list that is kept in order, None for any other."""
        if not query.recursive:
            return None
        parent = self.finder.item(query.parent_id) if query.parent_id else ROOT
        if query.search_term:
            return self.listed.search(query, parent, names=False)
        return self.listed.page(query, parent)

    @property
    def listed(self) -> ListedPages:
        """Return the reads of lists that are kept in order."""
        return ListedPages(self.library)

    def page_of(self, entries: Iterable[Entry], query: ItemQuery, book: UserBook | None = None) -> Page[Item]:
        """Return the items that a query asks for out of some entries."""
        if book is None:
            book = self.viewing.book(query.user_id) if query.is_about_a_user else {}
        return self.part(selected(entries, query, self.viewing.viewer(query, book)), query)

    def latest(self, query: ItemQuery) -> Page[Item]:
        """Return the newest items; series and albums stand for what they hold."""
        newest = (Order(SortBy.DATE_CREATED, descending=True),)
        excluded = query.excluded_types if query.types else query.excluded_types | _NEVER_NEWS
        asked = replace(query, recursive=True, excluded_types=excluded, order=newest, count_all=False)
        return self.page(asked)

    def resumable(self, query: ItemQuery) -> Page[Item]:
        """Return what a user has begun to play, the latest first."""
        latest = (Order(SortBy.DATE_PLAYED, descending=True),)
        begun = replace(query.states, resumable=True)
        return self.page(replace(query, recursive=True, states=begun, order=latest))

    def search(self, query: ItemQuery) -> Page[Item]:
        """Return what a search term finds in the whole library, names that start with it first."""
        parent = self.finder.item(query.parent_id) if query.parent_id else ROOT
        if listed := self.listed.search(replace(query, recursive=True), parent, names=True):
            return listed
        named = () if query.types or query.parent_id else NAMED_TYPES
        deep = replace(query, recursive=True)
        book = self.viewing.book(query.user_id) if query.is_about_a_user else {}
        entries = chain(self.finder.find(deep, book), *map(self.library.of_type, named))
        found = selected(entries, query, self.viewing.viewer(query, book))
        term = search_key(query.search_term)
        found = tuple(sorted(found, key=lambda entry: not search_key(entry.name).startswith(term)))
        return self.part(found, query)

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

    def part(self, entries: tuple[Entry, ...], query: ItemQuery) -> Page[Item]:
        """Return the part of a sorted list that a query asks for."""
        if query.image_types:
            entries = self._with_images(entries, query)
        start, limit = first_and_most(query)
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


def _has_any(images: OwnerImages | None, types: frozenset[ImageType]) -> bool:
    return images is not None and any(image.image_type in types for image in images.images)
