"""Copy a Jellyfin server's items, under their own ids, and those of their images that changed."""

import argparse
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock
from typing import Any, Self

from rich.console import Console

from chalicelib.domain.variants.limits import Limits
from infra.errors import SettingError
from infra.importer.display import bar
from infra.importer.folder_import import RunSettings
from infra.importer.item_images import ItemImages
from infra.importer.jellyfin.client import GoneError, JellyfinClient
from infra.importer.matching import NAMED, images_of
from infra.importer.retries import StoppedError, UnreachableError
from infra.importer.service_client import LateError, RefusedError, RemoteImage, ServiceClient
from infra.importer.state import State, state_path
from infra.importer.summary import Outcome, Row, Summary
from infra.importer.workers import each_in_parallel

KEY_VARIABLE = "JELLYFIN_API_KEY"
GONE = "Jellyfin lists the image and does not have its file."

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
_MOST_BYTES = Limits().max_bytes

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


def copy_server(
    arguments: argparse.Namespace, console: Console, summary: Summary, url: str, key: str
) -> None:
    """Copy all that a server has into the service at an address."""
    source_key = arguments.api_key or os.environ.get(KEY_VARIABLE, "")
    if not source_key or not arguments.source.startswith(("http://", "https://")):
        raise SettingError(
            "Give the address of the Jellyfin server, with http:// or https://, and its key: "
            f"--from URL --api-key KEY, or the key in {KEY_VARIABLE}."
        )
    stop = Event()
    jellyfin = JellyfinClient.at(arguments.source, source_key, arguments.workers, stop)
    service = ServiceClient.at(url, key, arguments.workers, stop)
    with console.status(f"Reading the library of {arguments.source}"):
        copy = ServerCopy.read(jellyfin, service)
    count = copy.images
    console.print(f"{count:,} images of {len(copy.items):,} items of {arguments.source}", highlight=False)
    path = Path(arguments.state) if arguments.state else state_path(url, arguments.source)
    with closing(State.at(path)) as state, bar(console, count, count) as shown:
        settings = RunSettings(stop, lambda _: shown.advance(1), arguments.workers, arguments.dry_run)
        copy.run(state, summary, settings)


def known_images(service: ServiceClient) -> dict[str, list[RemoteImage]]:
    """Return what images each item of the service has, by its id."""
    types = ",".join((*_TOP, "CollectionFolder", *(kind for kind, _ in _BELOW)))
    listed = [service.items(types), *(service.named_items(path) for path in NAMED.values())]
    return {item["Id"]: images_of(item) for items in listed for item in items}


def _all_items(jellyfin: JellyfinClient) -> Iterator[CopiedItem]:
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
    return CopiedItem(
        {**body, "ParentId": parent, "ProviderIds": ids, "AlbumArtists": artists}, tuple(images_of(item))
    )


def _layers(items: Iterable[CopiedItem]) -> Iterator[list[CopiedItem]]:
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


@dataclass(frozen=True, slots=True)
class ServerCopy:
    """What a server has, and what images the service has of it."""

    jellyfin: JellyfinClient
    service: ServiceClient
    items: list[CopiedItem]
    known: Mapping[str, list[RemoteImage]]

    @classmethod
    def read(cls, jellyfin: JellyfinClient, service: ServiceClient) -> Self:
        """Read both libraries."""
        return cls(jellyfin, service, list(_all_items(jellyfin)), known_images(service))

    @property
    def images(self) -> int:
        """Return how many images the server has."""
        return sum(len(item.images) for item in self.items)

    def run(self, state: State, summary: Summary, settings: RunSettings) -> None:
        """Copy what changed; items are made before those below them."""
        summary.items = len(self.items)
        stop, advance, dry_run = settings.stop, settings.advance, settings.dry_run
        work = Copying(self.jellyfin, self.service, self.known, state, summary, stop, advance, dry_run)
        for layer in _layers(self.items):
            each_in_parallel(layer, work.take, settings.workers, stop)


@dataclass(frozen=True, slots=True)
class Copying:
    """What all workers share."""

    jellyfin: JellyfinClient
    service: ServiceClient
    known: Mapping[str, list[RemoteImage]]
    state: State
    summary: Summary
    stop: Event
    advance: Callable[[int], None]
    dry_run: bool = False
    _lock: Lock = field(default_factory=Lock)

    def take(self, item: CopiedItem) -> None:
        """Copy one item; its images go one after the other, so that backdrops keep their order."""
        with suppress(StoppedError):
            self._take(item)

    def _take(self, item: CopiedItem) -> None:
        try:
            item_id, images = self._made(item)
        except RefusedError as error:
            for image in item.images:
                self._count(item, image, Outcome.REFUSED, str(error))
            return
        for image in item.images:
            if self.stop.is_set():
                return
            self._take_image(item, item_id, image, images)

    def _made(self, item: CopiedItem) -> tuple[str, ItemImages]:
        """Return the item's id here and its images here; one that is not there is made."""
        if item.id in self.known:
            return item.id, ItemImages(self.service, item.id, self.known[item.id], is_fresh=False)
        with self._lock:
            self.summary.created += 1
        if self.dry_run or self.service.create(item.body):
            return item.id, ItemImages(self.service, item.id, (), is_fresh=True)
        kind = NAMED.get(item.body["Type"])
        item_id = (self.service.named_item(kind, item.body["Name"]) if kind else None) or item.id
        images = ItemImages(self.service, item_id, (), is_fresh=False)
        images.refresh()
        return item_id, images

    def _take_image(self, item: CopiedItem, item_id: str, image: RemoteImage, images: ItemImages) -> None:
        try:
            outcome = self._settled(item, item_id, image, images)
        except GoneError:
            self._count(item, image, Outcome.LEFT_OUT, GONE)
        except RefusedError as error:
            self._count(item, image, Outcome.REFUSED, str(error))
        except LateError as error:
            self._count(item, image, Outcome.FAILED, str(error))
        except UnreachableError as error:
            self._count(item, image, Outcome.FAILED, str(error))
            raise
        else:
            self._count(item, image, outcome)

    def _settled(self, item: CopiedItem, item_id: str, image: RemoteImage, images: ItemImages) -> Outcome:
        name = self._name(item, image)
        if images.has(image.image_type, self.state.copied(name, image.tag)):
            return Outcome.UNCHANGED
        if self.dry_run:
            return Outcome.TAKEN
        with TemporaryDirectory(prefix="jellyfin-images-") as folder:
            file = self.jellyfin.download(_path(item, image), image.tag, Path(folder), _MOST_BYTES)
            with file.open("rb") as opened:
                tag = hashlib.file_digest(opened, "sha256").hexdigest()[:32]
            images.refresh()
            is_there = images.has(image.image_type, tag)
            if not is_there:
                index = images.index_of(image.image_type, self.state.last_copied(name))
                self.service.upload(item_id, image.image_type, index, file, tag)
                images.add(image.image_type, tag, index)
        self.state.remember_copy(name, image.tag, tag)
        return Outcome.UNCHANGED if is_there else Outcome.TAKEN

    def _name(self, item: CopiedItem, image: RemoteImage) -> str:
        return f"{self.jellyfin.url}{_path(item, image)}"

    def _count(self, item: CopiedItem, image: RemoteImage, outcome: Outcome, reason: str = "") -> None:
        row = Row(_path(item, image), outcome, reason, item=str(item), image=image.image_type.value)
        self.summary.add(row)
        self.advance(0)


def _path(item: CopiedItem, image: RemoteImage) -> str:
    index = "" if image.index is None else f"/{image.index}"
    return f"/Items/{item.id}/Images/{image.image_type.value}{index}"
