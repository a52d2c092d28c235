"""A run of the importer over an application over fakes, from its start to its summary."""

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import requests
from requests.adapters import BaseAdapter

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.items import ItemType
from infra.importer.folder_import import FolderImport, RunSettings
from infra.importer.state import State
from infra.importer.summary import Summary
from tests.support.fakes.world import World
from tests.support.in_process_http import Gateway, service_over


@dataclass
class Run:
    """One run of the importer, from its start to its summary."""

    world: World
    folder: Path
    transport: BaseAdapter | None = None
    summary: Summary = field(default_factory=lambda: Summary(keeps_rows=True))
    advanced: list[int] = field(default_factory=list)

    def go(self, *, dry_run: bool = False, at_most: int | None = None, again: bool = False) -> Summary:
        """Import the folder, or only so many of its items, as when the run is cut off."""
        service = service_over(self.world, self.transport)
        folder = FolderImport.read(self.folder)
        settings = RunSettings(Event(), self.advanced.append, 3, dry_run, again, at_most)
        with closing(State.at(self.folder.parent / "state.sqlite")) as state:
            folder.run(service, state, self.summary, settings)
        return self.summary


def images(world: World) -> dict[tuple[ItemType, str], list[tuple[ImageType, bytes]]]:
    """Return every image of every item with its bytes."""
    listed: dict[tuple[ItemType, str], list[tuple[ImageType, bytes]]] = {}
    for item in world.shelves.items.values():
        for image in world.images.finder.list(OwnerKey.item(item.id)).images:
            found = world.blobs_of_originals.open(image.original)
            assert found
            series = (
                world.shelves.items[item.series_id].name
                if item.type is ItemType.SEASON and item.series_id
                else ""
            )
            name = f"{series}/{item.name}" if series else item.name
            listed.setdefault((item.type, name), []).append((image.image_type, found.read()))
    return listed


class Counting(Gateway):
    """A gateway that writes down what it is asked."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.requests: list[tuple[str | None, str]] = []

    def answer(self, request: requests.PreparedRequest) -> requests.Response:
        self.requests.append((request.method, request.path_url.partition("?")[0]))
        return super().answer(request)
