"""Which item of the service a found item is."""

import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.matching import ItemMatcher, KnownItem, Match
from chalicelib.domain.library.names import name_key
from chalicelib.domain.library.resolving.results import FoundItem, FoundPicture
from infra.importer.service.client import RemoteImage, ServiceClient

LISTED = (
    ItemType.COLLECTION_FOLDER,
    ItemType.MOVIE,
    ItemType.SERIES,
    ItemType.SEASON,
    ItemType.EPISODE,
    ItemType.BOX_SET,
    ItemType.MUSIC_ALBUM,
)
NAMED = {ItemType.PERSON: "Persons", ItemType.MUSIC_ARTIST: "Artists"}
"""Types whose items stand in no tree, by the path under which they are listed."""

_NUMBERED = frozenset({ItemType.SEASON, ItemType.EPISODE})
_TELL_APART = "Put an id such as [tmdbid-1] into the folder's name."
_NAMESPACE = uuid.UUID("6a1c5f43-5f0e-4f4b-9d0e-8f9d4f8a0c11")


@dataclass(slots=True)
class PlannedItem:
    """A found item with the id that it has or will have, and the pictures that are its own.

    `refusal` says why the item can be none. `images` are those that the service has of it.
    """

    found: FoundItem
    id: str = ""
    parent: "PlannedItem | None" = None
    is_new: bool = False
    refusal: str = ""
    images: list[RemoteImage] = field(default_factory=list)
    pictures: tuple[FoundPicture, ...] = ()
    conflicts: tuple[tuple[FoundPicture, str], ...] = ()
    near: tuple[KnownItem, ...] = ()
    same_as: "PlannedItem | None" = None
    """The new item that this one is, found before under another name or with other ids: it must be made first."""


class ItemPlan:
    """Plans for found items, one after the other: which id each has, and which of its pictures are its own.

    What the service has is read once, beforehand.
    """

    def __init__(self, service: ServiceClient) -> None:
        self._service = service
        self._matcher = ItemMatcher()
        self._numbered: dict[Hashable, list[str]] = defaultdict(list)
        self._images: dict[str, list[RemoteImage]] = {}
        self._planned: dict[Hashable, PlannedItem] = {}
        self._new: dict[str, PlannedItem] = {}
        self._owners: dict[tuple[str, ImageType], str] = {}

    def load(self) -> None:
        """Read what the service has."""
        for item in self._service.items(",".join(LISTED)):
            self._know(item)
        for path in NAMED.values():
            for item in self._service.named_items(path):
                self._know(item)

    def plan(self, found: FoundItem) -> PlannedItem:
        """Return the plan for an item; where two found items are one, the pictures of the first win."""
        planned = self._place(found)
        own: list[FoundPicture] = []
        lost: list[tuple[FoundPicture, str]] = []
        for picture in found.pictures:
            owner = self._owners.setdefault((planned.id or str(found), picture.image_type), found.path)
            if owner == found.path or planned.refusal:
                own.append(picture)
            else:
                lost.append((picture, owner))
        return PlannedItem(
            found,
            planned.id,
            planned.parent,
            planned.is_new,
            planned.refusal,
            self._images.get(planned.id, []),
            tuple(own),
            tuple(lost),
            planned.near,
            planned.same_as,
        )

    def _place(self, found: FoundItem) -> PlannedItem:
        key = (found.identity, tuple(sorted(found.title.provider_ids.items())))
        if key not in self._planned:
            parent = self._place(found.parent) if found.parent else None
            self._planned[key] = self._matched(found, parent)
        return self._planned[key]

    def _matched(self, found: FoundItem, parent: PlannedItem | None) -> PlannedItem:
        if parent and parent.refusal:
            return PlannedItem(found, parent=parent, refusal=parent.refusal)
        above = parent.id if parent else None
        derived = _id_for(found, above)
        if (number := _number_key(found, above)) and (known := self._numbered.get(number)):
            return self._chosen(found, parent, known, derived)
        match = Match() if number else self._matcher.match(found.title, {found.type}, _place(found, above))
        if match.items:
            return self._chosen(found, parent, [item.id for item in match.items], derived)
        self._know_new(found, derived, above)
        self._new[derived] = PlannedItem(found, derived, parent, is_new=True, near=match.near)
        return self._new[derived]

    def _chosen(
        self, found: FoundItem, parent: PlannedItem | None, known: list[str], derived: str
    ) -> PlannedItem:
        """Return the one item that fits; of several, the one that an earlier run of this folder made."""
        item_id = known[0] if len(known) == 1 else next((one for one in known if one == derived), None)
        if item_id is None:
            ids = " ".join(known)
            refusal = f"The service has {len(known)} items that could be {found}: {ids}. {_TELL_APART}"
            return PlannedItem(found, parent=parent, refusal=refusal)
        return PlannedItem(found, item_id, parent, same_as=self._new.get(item_id))

    def _know(self, item: Mapping[str, Any]) -> None:
        kind = ItemType(item["Type"])
        parent = item.get("ParentId") if kind in _NUMBERED else None
        artist = name_key(item.get("AlbumArtist") or "") if kind is ItemType.MUSIC_ALBUM else None
        ids = item.get("ProviderIds") or {}
        known = KnownItem(item["Id"], kind, item["Name"], item.get("ProductionYear"), ids, parent or artist)
        self._matcher.add(known)
        if kind in _NUMBERED and item.get("IndexNumber") is not None:
            self._numbered[kind, parent, item["IndexNumber"]].append(item["Id"])
        self._images[item["Id"]] = images_of(item)

    def _know_new(self, found: FoundItem, item_id: str, parent: str | None) -> None:
        """Know an item that will be made, so that the next that means it finds it."""
        title = found.title
        known = KnownItem(
            item_id, found.type, title.name, title.year, title.provider_ids, _place(found, parent)
        )
        self._matcher.add(known)
        if number := _number_key(found, parent):
            self._numbered[number].append(item_id)


def images_of(item: Mapping[str, Any]) -> list[RemoteImage]:
    """Return the images that a listed item has, as far as lists tell them; of chapters if asked for."""
    singles = (item.get("ImageTags") or {}).items()
    backdrops = enumerate(item.get("BackdropImageTags") or [])
    chapters = enumerate(chapter.get("ImageTag") for chapter in item.get("Chapters") or [])
    return [
        *(RemoteImage(ImageType(kind), None, tag) for kind, tag in singles),
        *(RemoteImage(ImageType.BACKDROP, index, tag) for index, tag in backdrops),
        *(RemoteImage(ImageType.CHAPTER, index, tag) for index, tag in chapters if tag),
    ]


def _place(found: FoundItem, parent: str | None) -> Hashable:
    if found.type is ItemType.MUSIC_ALBUM:
        return name_key(found.artist)
    return parent if found.type in _NUMBERED else None


def _number_key(found: FoundItem, parent: str | None) -> Hashable:
    return (
        (found.type, parent, found.number) if found.type in _NUMBERED and found.number is not None else None
    )


def _id_for(found: FoundItem, parent: str | None) -> str:
    title = found.title
    ids: Iterable[tuple[str, str]] = sorted(title.provider_ids.items())
    parts = (found.type.value, parent, name_key(title.name), title.year, found.number, found.artist, ids)
    return uuid.uuid5(_NAMESPACE, repr(parts)).hex
