"""Which item of the service a found item is; one that the service does not have is created."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from threading import Lock
from typing import Any

from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.names import name_key
from infra.importer.found import FoundItem
from infra.importer.service_client import RefusedError, ServiceClient

MATCHED = (
    ItemType.COLLECTION_FOLDER,
    ItemType.MOVIE,
    ItemType.SERIES,
    ItemType.SEASON,
    ItemType.EPISODE,
    ItemType.BOX_SET,
    ItemType.MUSIC_ALBUM,
    ItemType.AUDIO,
)
"""Types whose items are listed beforehand; the named ones are asked for one by one."""

_NAMED = {ItemType.PERSON: "Persons", ItemType.MUSIC_ARTIST: "Artists"}
_NAMESPACE = uuid.UUID("6a1c5f43-5f0e-4f4b-9d0e-8f9d4f8a0c11")
_ANY_YEAR = -1

type Key = tuple[object, ...]


class Items:
    """Ids of items, each looked for once, whichever thread asks first."""

    def __init__(self, service: ServiceClient, *, dry_run: bool = False) -> None:
        self._service = service
        self._dry_run = dry_run
        self._existing: dict[Key, set[str]] = defaultdict(set)
        self._asked: dict[FoundItem, Future[str | None]] = {}
        self._lock = Lock()
        self.created = 0

    def load(self) -> None:
        """Read what the service has."""
        for item in self._service.items(",".join(MATCHED)):
            for key in _keys_of_existing(item):
                self._existing[key].add(item["Id"])

    def id_of(self, found: FoundItem) -> str | None:
        """Return the id of an item, which exists then; None only in a dry run, for one that would be new.

        Raises RefusedError when several items fit, or the service does not take it.
        """
        with self._lock:
            future = self._asked.get(found)
            is_first = future is None
            if future is None:
                future = self._asked[found] = Future()
        if is_first:
            self._answer(found, future)
        return future.result()

    def _answer(self, found: FoundItem, future: Future[str | None]) -> None:
        try:
            future.set_result(self._known_or_created(found))
        except Exception as error:  # noqa: BLE001  # every thread that waits for this item is told
            future.set_exception(error)

    def _known_or_created(self, found: FoundItem) -> str | None:
        parent = self.id_of(found.parent) if found.parent else None
        is_placed = parent is not None or found.parent is None
        if is_placed and (known := self._known(found, parent)):
            return known
        with self._lock:
            self.created += 1
        return None if self._dry_run else self._created(found, parent)

    def _known(self, found: FoundItem, parent: str | None) -> str | None:
        if kind := _NAMED.get(found.type):
            return self._service.named_item(kind, found.title.name)
        for key in _keys_of_found(found, parent):
            if ids := self._existing.get(key):
                return _only(ids, found)
        return None

    def _created(self, found: FoundItem, parent: str | None) -> str:
        """Create an item under an id that follows from what it is, so that a repetition meets it again."""
        body = _body(found, parent)
        item_id: str = body["Id"]
        if self._service.create(body) or self._service.has_item(item_id):
            return item_id
        if (kind := _NAMED.get(found.type)) and (known := self._service.named_item(kind, found.title.name)):
            return known
        raise RefusedError(f"the service neither has nor takes {found}")


def _only(ids: Iterable[str], found: FoundItem) -> str:
    first, *others = sorted(ids)
    if others:
        raise RefusedError(f"the service has {len(others) + 1} items that could be {found}")
    return first


def _keys_of_found(found: FoundItem, parent: str | None) -> Iterable[Key]:
    """Yield what identifies an item, the surest first."""
    yield from (("site", found.type, site, text) for site, text in found.title.provider_ids.items())
    match found.type:
        case ItemType.SEASON | ItemType.EPISODE:
            yield ("number", found.type, parent, found.number)
        case ItemType.AUDIO:
            yield ("name", found.type, name_key(found.title.name), parent)
        case ItemType.MUSIC_ALBUM:
            yield ("name", found.type, name_key(found.title.name), name_key(found.artist))
        case _:
            yield ("name", found.type, name_key(found.title.name), found.title.year or _ANY_YEAR)
            if found.title.year:
                yield ("name", found.type, name_key(found.title.name), None)


def _keys_of_existing(item: Mapping[str, Any]) -> Iterable[Key]:
    kind, name, parent = ItemType(item["Type"]), name_key(item["Name"]), item.get("ParentId")
    yield from (("site", kind, site, text) for site, text in (item.get("ProviderIds") or {}).items())
    match kind:
        case ItemType.SEASON | ItemType.EPISODE:
            yield ("number", kind, parent, item.get("IndexNumber"))
        case ItemType.AUDIO:
            yield ("name", kind, name, parent)
        case ItemType.MUSIC_ALBUM:
            yield ("name", kind, name, name_key(item.get("AlbumArtist") or ""))
        case _:
            yield ("name", kind, name, item.get("ProductionYear"))
            yield ("name", kind, name, _ANY_YEAR)


def _body(found: FoundItem, parent: str | None) -> dict[str, Any]:
    return {
        "Id": _id_for(found, parent),
        "Type": found.type.value,
        "Name": found.title.name,
        "ParentId": parent,
        "ProductionYear": found.title.year,
        "IndexNumber": found.number,
        "ParentIndexNumber": found.parent.number if found.parent else None,
        "ProviderIds": dict(found.title.provider_ids),
        "AlbumArtists": [found.artist] if found.artist else [],
        "CollectionType": found.collection_type or None,
    }


def _id_for(found: FoundItem, parent: str | None) -> str:
    title = found.title
    ids = sorted(title.provider_ids.items())
    parts = (found.type.value, parent, name_key(title.name), title.year, found.number, found.artist, ids)
    return uuid.uuid5(_NAMESPACE, repr(parts)).hex
