"""What the stand-in has: items, their images, and when each was changed."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

SEVERAL = frozenset({"Backdrop", "Chapter"})
"""Types of which an item may have more than one image."""

NAMED = {
    "Persons": "Person",
    "Artists": "MusicArtist",
    "Genres": "Genre",
    "MusicGenres": "MusicGenre",
    "Studios": "Studio",
}
"""Paths of items that stand in no tree, with their types."""

USER = "User"
"""The type that stands for a user, who is listed nowhere."""

_YEAR = datetime(2026, 1, 1, tzinfo=UTC)

type Dto = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShelfImage:
    """An image file; `tag` changes with its bytes and its time, as Jellyfin's does."""

    data: bytes
    mime: str
    changed: datetime

    @property
    def tag(self) -> str:
        """Return 32 hex digits."""
        return hashlib.md5(self.data + self.changed.isoformat().encode(), usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class ShelfItem:
    """An item: what its DTO says of it besides images, and its images by type, in order."""

    facts: dict[str, Any]
    images: dict[str, list[ShelfImage]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the id."""
        return str(self.facts["Id"])

    def image(self, image_type: str, index: int) -> ShelfImage | None:
        """Return an image, None when there is none."""
        images = next(
            (found for kind, found in self.images.items() if kind.lower() == image_type.lower()), []
        )
        return images[index] if 0 <= index < len(images) else None

    def dto(self, *, with_chapters: bool = False) -> Dto:
        """Return what a list says of the item; of its chapters when asked."""
        singles = {kind: found[0].tag for kind, found in self.images.items() if found and kind not in SEVERAL}
        backdrops = [image.tag for image in self.images.get("Backdrop", [])]
        facts = {name: value for name, value in self.facts.items() if name != "Chapters"}
        chapters = {"Chapters": self._chapters()} if with_chapters else {}
        portrait = {"PrimaryImageTag": singles["Primary"]} if "Primary" in singles else {}
        tags = {"ImageTags": singles, "BackdropImageTags": backdrops}
        own = portrait if self.facts["Type"] == USER else tags
        return {**facts, "ServerId": SERVER_ID, **own, **chapters}

    def _chapters(self) -> list[Dto]:
        """Return the chapters; one without a picture has no tag."""
        images = dict(enumerate(self.images.get("Chapter", [])))
        return [
            {**chapter, **({"ImageTag": images[index].tag} if index in images else {})}
            for index, chapter in enumerate(self.facts.get("Chapters", []))
        ]

    def image_infos(self) -> list[Dto]:
        """Return what the list of an item's images says."""
        return [
            {
                "ImageType": kind,
                **({"ImageIndex": index} if kind in SEVERAL else {}),
                "ImageTag": image.tag,
                "Path": f"/config/metadata/{self.id}/{kind.lower()}{index or ''}",
                "Size": len(image.data),
            }
            for kind, found in self.images.items()
            for index, image in enumerate(found)
        ]


SERVER_ID = hashlib.md5(b"stand-in", usedforsecurity=False).hexdigest()


class Shelf:
    """All items, for all threads."""

    def __init__(self) -> None:
        self._items: dict[str, ShelfItem] = {}
        self._lock = Lock()

    def add(self, item_type: str, name: str, parent: ShelfItem | None = None, **facts: object) -> ShelfItem:
        """Put an item on the shelf; its id follows from type, name and parent."""
        text = f"{item_type}/{name}/{parent.id if parent else ''}"
        item_id = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
        above = {"ParentId": parent.id} if parent else {}
        if parent and item_type in {"Season", "Episode"}:
            series = parent.id if parent.facts["Type"] == "Series" else parent.facts["SeriesId"]
            above |= {"SeriesId": series} | ({"SeasonId": parent.id} if item_type == "Episode" else {})
        item = ShelfItem(
            {"Id": item_id, "Type": item_type, "Name": name, "ProviderIds": {}, **above, **facts}
        )
        with self._lock:
            self._items[item_id] = item
        return item

    def find(self, item_id: str) -> ShelfItem | None:
        """Return an item by its id, with or without dashes."""
        return self._items.get(item_id.replace("-", "").lower())

    def named(self, item_type: str, name: str) -> ShelfItem | None:
        """Return a named item."""
        same = (item for item in self._all() if item.facts["Type"] == item_type)
        return next((item for item in same if item.facts["Name"].lower() == name.lower()), None)

    def put(
        self, item: ShelfItem, image_type: str, data: bytes, mime: str = "image/jpeg", index: int = 0
    ) -> ShelfImage:
        """Give an item an image; it replaces the one at its index, or goes to the end."""
        image = ShelfImage(data, mime, datetime.now(UTC).replace(microsecond=0))
        with self._lock:
            images = item.images.setdefault(image_type, [])
            images[index : index + 1] = [image]
        return image

    def date(self, item: ShelfItem, image_type: str, second: int, index: int = 0) -> None:
        """Give an image's file another date: so many seconds into 2026."""
        with self._lock:
            images = item.images[image_type]
            images[index] = replace(images[index], changed=_YEAR + timedelta(seconds=second))

    def remove(self, item: ShelfItem, image_type: str, index: int = 0) -> None:
        """Take an image away."""
        with self._lock:
            del item.images[image_type][index]

    def swap(self, item: ShelfItem, image_type: str, first: int, second: int) -> None:
        """Exchange two images."""
        with self._lock:
            images = item.images[image_type]
            images[first], images[second] = images[second], images[first]

    def users(self) -> list[ShelfItem]:
        """Return the users."""
        return [item for item in self._all() if item.facts["Type"] == USER]

    def listed(self, types: frozenset[str], parent_id: str, *, recursive: bool) -> list[ShelfItem]:
        """Return items of some types, all when none is named, below an item or in the whole library."""
        found = (item for item in self._all() if not types or item.facts["Type"] in types)
        if not parent_id:
            return sorted(found, key=_order)
        return sorted(
            (item for item in found if self._is_below(item, parent_id, recursive=recursive)), key=_order
        )

    def _all(self) -> Iterator[ShelfItem]:
        with self._lock:
            yield from list(self._items.values())

    def _is_below(self, item: ShelfItem, parent_id: str, *, recursive: bool) -> bool:
        above = item.facts.get("ParentId")
        while above and above != parent_id and recursive:
            parent = self._items.get(above)
            above = parent.facts.get("ParentId") if parent else None
        return above == parent_id


def _order(item: ShelfItem) -> tuple[str, str]:
    return str(item.facts["Name"]).lower(), item.id
