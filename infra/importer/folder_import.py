"""A media folder from its first name to its last picture: read, resolved, matched, sent."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Self

from chalicelib.domain.library.resolving.resolver import Content, resolve
from chalicelib.domain.library.resolving.results import FoundPicture, Resolution
from infra.importer.disk.reading import read_tree
from infra.importer.disk.tree import DiskTree, shown
from infra.importer.importing import Importing
from infra.importer.making import ItemMaker
from infra.importer.matching import ItemPlan, PlannedItem
from infra.importer.service.client import ServiceClient
from infra.importer.state import State
from infra.importer.summary import Outcome, Row, Summary
from infra.importer.workers import each_in_parallel


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How a run goes: `advance` is told the bytes of each picture that is done with, `at_most` bounds the items."""

    stop: Event
    advance: Callable[[int], None]
    workers: int = 8
    dry_run: bool = False
    sends_again: bool = False
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class FolderImport:
    """A folder's names, and what they mean."""

    tree: DiskTree
    resolution: Resolution

    @classmethod
    def read(
        cls, root: Path, content: Content | None = None, name: str = "", *, follow_links: bool = False
    ) -> Self:
        """Read a folder and resolve it; `name` is that of the library when it is not the folder's."""
        tree = read_tree(root, follow_links=follow_links)
        resolution = resolve(tree.names, content, root=root.name, library=name, read_text=tree.read_text)
        return cls(tree, resolution)

    @property
    def pictures(self) -> list[FoundPicture]:
        """Return the pictures that are images of items."""
        return [picture for item in self.resolution.items for picture in item.pictures]

    @property
    def size(self) -> int:
        """Return the bytes of all pictures that are images."""
        return sum(self.tree.sizes[picture.path] for picture in self.pictures)

    @property
    def files(self) -> int:
        """Return how many picture files lie in the folder and below."""
        return len(self.tree.sizes) + len(self.tree.pictures)

    def run(self, service: ServiceClient, state: State, summary: Summary, settings: RunSettings) -> None:
        """Send what the service has not; every picture is counted once, unless the run is cut off."""
        self._count_left_out(summary)
        plan, maker = ItemPlan(service), ItemMaker(service, dry_run=settings.dry_run)
        plan.load()
        every = [plan.plan(item) for item in self.resolution.items]
        summary.items = len({item.id or str(item.found) for item in every})
        planned = [item for item in every if item.is_new or item.found.pictures]
        _note_near(summary, planned)
        work = Importing(
            service,
            maker,
            self.tree,
            state,
            summary,
            settings.stop,
            settings.advance,
            settings.dry_run,
            settings.sends_again,
        )
        try:
            each_in_parallel(planned[: settings.at_most], work.take, settings.workers, settings.stop)
        finally:
            summary.created = maker.created

    def _count_left_out(self, summary: Summary) -> None:
        for found in self.resolution.left_out:
            size = self.tree.sizes.get(found.path, 0)
            summary.add(Row(found.path, Outcome.LEFT_OUT, found.reason, found.detail, size=size))
        for fault in self.tree.pictures:
            summary.add(Row(fault.path, Outcome.LEFT_OUT, fault.reason))
        for fault in self.tree.folders:
            summary.note(f"The folder {shown(fault.path)} was not read. {fault.reason}")


def _note_near(summary: Summary, planned: list[PlannedItem]) -> None:
    for item in planned:
        if item.is_new and item.near:
            near = " and ".join(f"{one} ({one.id})" for one in item.near)
            summary.note(f"{item.found} in {shown(item.found.path)} is new; it nearly is {near}.")
