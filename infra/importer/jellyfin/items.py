"""The items of a Jellyfin server, as they are made here, and what the service has of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.importer.jellyfin.client import JellyfinClient
from infra.importer.matching import NAMED, images_of
from infra.importer.service.client import RemoteImage, ServiceClient

_TOP = ("Movie", "Series", "MusicAlbum", "BoxSet", "MusicVideo", "Video", "PhotoAlbum")
_BELOW = (("Season", "SeriesId"), ("Episode", "SeasonId"))
_FIELDS = (
    "Id",
    "Type",
    "Name",
    "SortName",
    "ProductionYear",
    "IndexNumber",
    "ParentIndexNumber",
    "CollectionType",
)
_OF_A_CHAPTER = ("Name", "StartPositionTicks")

type Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CopiedItem:
    """An item of the server: how it is made here, and its images there, with their tags."""

    body: Mapping[str, Any]
    images: tuple[RemoteImage, ...]

    @property
    def id(self) -> str:
        """Return its id, there and here."""
        return str(self.body["Id"])

    def __str__(self) -> str:
        return f"{self.body['Type']} {self.body['Name']}"


def known_images(service: ServiceClient) -> dict[str, list[RemoteImage]]:
    """Return what images each item of the service has, by its id."""
    types = ",".join((*_TOP, "CollectionFolder", *(kind for kind, _ in _BELOW)))
    listed = [
        service.items(types, with_chapters=True),
        *(service.named_items(path) for path in NAMED.values()),
    ]
    return {item["Id"]: images_of(item) for items in listed for item in items}


def all_items(jellyfin: JellyfinClient) -> Iterator[CopiedItem]:
    """Yield parents before what lies below them."""
    libraries = jellyfin.libraries()
    yield from (_copied(library, None) for library in libraries)
    seen: set[str] = set()
    for library in libraries:
        query = {"parentId": str(library["Id"]), "recursive": "true", "includeItemTypes": ",".join(_TOP)}
        for item in jellyfin.items(**query):
            if item["Id"] not in seen:
                seen.add(item["Id"])
                yield _copied(item, str(library["Id"]))
    for kind, above in _BELOW:
        for item in jellyfin.items(recursive="true", includeItemTypes=kind):
            yield _copied(item, item.get(above) or item.get("SeriesId"))
    for path in NAMED.values():
        yield from (_copied(item, None) for item in jellyfin.items(f"/{path}"))


def _copied(item: Item, parent: str | None) -> CopiedItem:
    body = {name: item.get(name) for name in _FIELDS}
    artists = [artist.get("Name") for artist in item.get("AlbumArtists") or [] if artist.get("Name")]
    ids = {site: number for site, number in (item.get("ProviderIds") or {}).items() if number}
    chapters = [{name: chapter.get(name) for name in _OF_A_CHAPTER} for chapter in item.get("Chapters") or []]
    lists = {"ProviderIds": ids, "AlbumArtists": artists} | ({"Chapters": chapters} if chapters else {})
    return CopiedItem({**body, "ParentId": parent, **lists}, tuple(images_of(item)))


def layers(items: Iterable[CopiedItem]) -> Iterator[list[CopiedItem]]:
    """Part items so that no parent is in the layer of what lies below it."""
    depths: dict[str, int] = {}
    layers: list[list[CopiedItem]] = []
    for item in items:
        parent = item.body["ParentId"]
        depth = depths[item.id] = depths.get(parent, -1) + 1 if parent else 0
        while len(layers) <= depth:
            layers.append([])
        layers[depth].append(item)
    return iter(layers)
