"""Copy a Jellyfin server's items, under their own ids, and those of their images that changed."""

import argparse
import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock
from typing import Self

from rich.console import Console

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.variants.limits import Limits
from infra.errors import SettingError
from infra.importer.display import bar
from infra.importer.folder_import import RunSettings
from infra.importer.jellyfin.client import GoneError, JellyfinClient
from infra.importer.jellyfin.items import CopiedItem, all_items, known_images, layers
from infra.importer.matching import NAMED
from infra.importer.service.answers import LateError, RefusedError
from infra.importer.service.client import RemoteImage, ServiceClient
from infra.importer.service.item_images import ItemImages
from infra.importer.service.retries import StoppedError, UnreachableError
from infra.importer.state import State, state_path
from infra.importer.summary import Outcome, Row, Summary
from infra.importer.workers import each_in_parallel

KEY_VARIABLE = "JELLYFIN_API_KEY"
GONE = "Jellyfin lists the image and does not have its file."
WITHOUT_ONE_BEFORE = (
    "An earlier chapter has no picture in Jellyfin, and chapter pictures are numbered in order."
)

_MOST_BYTES = Limits().max_bytes


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
        return cls(jellyfin, service, list(all_items(jellyfin)), known_images(service))

    @property
    def images(self) -> int:
        """Return how many images the server has."""
        return sum(len(item.images) for item in self.items)

    def run(self, state: State, summary: Summary, settings: RunSettings) -> None:
        """Copy what changed; items are made before those below them."""
        summary.items = len(self.items)
        stop, advance, dry_run = settings.stop, settings.advance, settings.dry_run
        work = Copying(self.jellyfin, self.service, self.known, state, summary, stop, advance, dry_run)
        for layer in layers(self.items):
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
            self._count(item, image, outcome, WITHOUT_ONE_BEFORE if outcome is Outcome.LEFT_OUT else "")

    def _settled(self, item: CopiedItem, item_id: str, image: RemoteImage, images: ItemImages) -> Outcome:
        name = self._name(item, image)
        if images.has(image.image_type, self.state.copied(name, image.tag)):
            return Outcome.UNCHANGED
        if image.image_type is ImageType.CHAPTER and (image.index or 0) > images.count(ImageType.CHAPTER):
            return Outcome.LEFT_OUT
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
