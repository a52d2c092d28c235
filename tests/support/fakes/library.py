"""The library in memory."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.finding import finds_of, partition_of, scope_and_id
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.listings import (
    ALBUM_ARTISTS,
    Listed,
    Listing,
    Place,
    Window,
    credits_of,
    item_id_of,
    name_key_of,
    places_of,
)
from chalicelib.domain.library.mentions import (
    ScopeAndKind,
    Stand,
    names_listing,
    needs_tallies,
    scope_of,
    shared_ids,
)
from chalicelib.domain.library.names import dashed_name, name_key
from chalicelib.domain.library.user_data import UNTOUCHED, UserBook, UserData
from chalicelib.errors import ConflictError
from tests.support.fakes.catalog import FakeImageCatalog


@dataclass
class FakeLibrary:
    """Library over a dict; the images rows lie in the catalog. `calls` counts reads by the port's method.

    Until a sweep, that of a release without places is not `is_listed`; without tallies, not `is_tallied`.
    """

    catalog: FakeImageCatalog = field(default_factory=FakeImageCatalog)
    items: dict[str, Item] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    calls: Counter[str] = field(default_factory=Counter)
    is_listed: bool = True
    is_tallied: bool = True
    lock: Lock = field(default_factory=Lock)

    def find(self, item_id: str) -> Item | None:
        self.calls["find"] += 1
        return self.items.get(item_id)

    def find_many(self, item_ids: Iterable[str]) -> Mapping[str, Item]:
        wanted = list(dict.fromkeys(item_ids))
        self.calls["find_many"] += -(-len(wanted) // 100)
        return {item_id: self.items[item_id] for item_id in wanted if item_id in self.items}

    def add(self, item: Item) -> Item:
        with self.lock:
            if item.id in self.items:
                raise ConflictError(item.id)
            self._check(item)
            added = self.items[item.id] = replace(item, version=1)
            owner = OwnerKey.item(item.id)
            self.catalog.rows[owner] = OwnerImages(owner, item.name, version=1)
            return added

    def update(self, item: Item) -> Item:
        before = self.items.get(item.id)
        if before is None or before.version != item.version or item.id in self.closed:
            raise ConflictError(item.id)
        self._check(item)
        updated = self.items[item.id] = replace(item, version=(item.version or 0) + 1)
        if item.name != before.name:
            images = self.catalog.rows[OwnerKey.item(item.id)]
            self.catalog.save(Change(replace(images, name=item.name)))
        return updated

    def close(self, item_id: str) -> None:
        self.closed |= {item_id} & self.items.keys()

    def remove(self, item: Item, images: OwnerImages) -> None:
        found = self.items.get(item.id)
        if found is None or found.version != item.version:
            raise ConflictError(item.id)
        self.catalog.remove(images)
        del self.items[item.id]

    def named(self, item_type: ItemType, name: str) -> str | None:
        self.calls["named"] += 1
        return self._exact(item_type, name) or self._like(item_type, name)

    def known_names(self, item_type: ItemType, names: Iterable[str]) -> Mapping[str, str]:
        self.calls["known_names"] += 1
        ids = {name_key(name): self._exact(item_type, name) for name in names}
        return {key: item_id for key, item_id in ids.items() if item_id}

    def children(self, parent_id: str | None) -> tuple[Entry, ...]:
        self.calls["children"] += 1
        return self._entries(lambda item: item.parent_id == parent_id and not item.type.is_named)

    def of_type(self, item_type: ItemType) -> tuple[Entry, ...]:
        self.calls["of_type"] += 1
        return self._entries(lambda item: item.type is item_type)

    def under(self, top_id: str) -> tuple[Entry, ...]:
        self.calls["under"] += 1
        return self._entries(lambda item: item.ancestors[:1] == (top_id,))

    def listed(self, listings: Iterable[Listing], window: Window) -> Listed | None:
        self.calls["listed"] += 1
        wanted = set(listings)
        if not self._have_all(wanted):
            return None
        places = {place for place in self._places() if place.listing in wanted and window.holds(place.key)}
        keys = sorted((place.key for place in places), reverse=window.descending)
        part = keys[max(window.start, 0) :][: max(window.limit, 0)]
        return Listed(tuple(map(item_id_of, part)), len(keys) if window.is_counted else 0)

    def totals(self, listings: Iterable[Listing]) -> Mapping[Listing, int] | None:
        self.calls["totals"] += 1
        wanted = set(listings)
        if not self._have_all(wanted):
            return None
        counts = Counter(place.listing for place in set(self._places()))
        return {listing: counts[listing] for listing in wanted}

    def found(self, term: str, kinds: Iterable[str], scope: str | None, most: int) -> tuple[str, ...] | None:
        self.calls["found"] += 1
        if not self.is_listed:
            return None
        finds = {find for item in list(self.items.values()) for find in finds_of(item)}
        ids: dict[str, None] = {}
        for is_name in (True, False):
            partitions = {partition_of(kind, term, is_name=is_name) for kind in kinds}
            keys = sorted(find.key for find in finds if find.partition in partitions)
            hits = (scope_and_id(key) for key in keys if key.startswith(term))
            ids |= dict.fromkeys(item_id for its, item_id in hits if scope in {None, its})
        return tuple(ids)[:most]

    def mentioning(self, named_id: str, kinds: Iterable[ItemType], most: int) -> tuple[str, ...] | None:
        self.calls["mentioning"] += 1
        if not (self.is_listed and self.is_tallied):
            return None
        wanted = set(kinds)
        items = (item for item in list(self.items.values()) if named_id in shared_ids(item))
        return tuple(item.id for item in items if not wanted or item.type in wanted)[:most]

    def mention_counts(self, named_ids: Iterable[str]) -> Mapping[str, Mapping[ScopeAndKind, int]] | None:
        self.calls["mention_counts"] += 1
        if not (self.is_listed and self.is_tallied):
            return None
        counts = {named_id: Counter[ScopeAndKind]() for named_id in named_ids}
        for item in list(self.items.values()):
            for named_id in counts.keys() & shared_ids(item):
                counts[named_id][scope_of(item), item.type] += 1
        return counts

    def item_counts(self, scopes: Iterable[str]) -> Mapping[ItemType, int] | None:
        self.calls["item_counts"] += 1
        if not (self.is_listed and self.is_tallied):
            return None
        wanted = set(scopes)
        counts = Counter(item.type for item in list(self.items.values()) if scope_of(item) in wanted)
        return {kind: counts[kind] for kind in ItemType}

    def _have_all(self, listings: Iterable[Listing]) -> bool:
        return self.is_listed and (self.is_tallied or not any(map(needs_tallies, listings)))

    def _places(self) -> Iterator[Place]:
        credited: set[tuple[str, str]] = set()
        for item in list(self.items.values()):
            yield from places_of(item)
            yield from self._shared_places(item)
            credited |= credits_of(item)
        for artist_id, scope in credited:
            if artist := self.items.get(artist_id):
                yield Place(Listing(scope, ALBUM_ARTISTS), name_key_of(artist))

    def _shared_places(self, item: Item) -> Iterator[Place]:
        stand = Stand.of(item)
        for named_id in shared_ids(item):
            yield stand.among(named_id)
            if named := self.items.get(named_id):
                for kind in ("", stand.kind):
                    yield Place(names_listing(stand.scope, named.type, kind), name_key_of(named))

    def _entries(self, wanted: Callable[[Item], bool]) -> tuple[Entry, ...]:
        return tuple(Entry.of(item) for item in list(self.items.values()) if wanted(item))

    def _check(self, item: Item) -> None:
        if item.parent_id is not None and (item.parent_id not in self.items or item.parent_id in self.closed):
            raise ConflictError(item.parent_id)
        if item.type.is_named and self._exact(item.type, item.name) not in {None, item.id}:
            raise ConflictError(item.name)

    def _exact(self, item_type: ItemType, name: str) -> str | None:
        return next((i.id for i in self._of(item_type) if name_key(i.name) == name_key(name)), None)

    def _like(self, item_type: ItemType, name: str) -> str | None:
        likes = (i.id for i in self._of(item_type) if name_key(dashed_name(i.name)) == name_key(name))
        return min(likes, default=None)

    def _of(self, item_type: ItemType) -> list[Item]:
        return [item for item in list(self.items.values()) if item.type is item_type]


@dataclass
class FakeUserData:
    """UserDataStore over a dict."""

    kept: dict[tuple[str, str], UserData] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)

    def find(self, user_id: str, item_ids: Iterable[str]) -> Mapping[str, UserData]:
        self.calls["find"] += 1
        keys = ((user_id, item_id) for item_id in item_ids)
        return {key[1]: self.kept[key] for key in keys if key in self.kept}

    def all(self, user_id: str) -> UserBook:
        self.calls["all"] += 1
        return {item_id: data for (owner, item_id), data in self.kept.items() if owner == user_id}

    def save(self, user_id: str, item_id: str, before: UserData, after: UserData) -> None:
        if self.kept.get((user_id, item_id), UNTOUCHED) != before:
            raise ConflictError(item_id)
        self.kept[user_id, item_id] = after

    def save_many(self, user_id: str, data: Mapping[str, UserData]) -> None:
        self.kept |= {(user_id, item_id): one for item_id, one in data.items()}

    def forget(self, user_id: str) -> None:
        self.kept = {key: data for key, data in self.kept.items() if key[0] != user_id}
