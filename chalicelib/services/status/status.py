"""The state of the service: what waits, what the last sweep found, what is stored and what that costs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import batched

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import OwnerImages
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import NAMED_TYPES
from chalicelib.domain.status.figures import LibraryStorage, QueueDepth
from chalicelib.domain.status.prices import Cost, Prices, Use, cost
from chalicelib.domain.sweep.report import Progress
from chalicelib.services.library.ports import Library
from chalicelib.services.ports import ImageCatalog
from chalicelib.services.status.ports import EventQueues, TableFacts
from chalicelib.services.sweep.ports import SweepProgressStore

_BATCH = 100
_SECONDS_FOR_A_BATCH = 3.0


@dataclass(frozen=True, slots=True)
class Status:
    """What a few reads tell at once; `sweep` is the last one that was done, None before the first.

    `use` is what the cost assumes of a month.
    """

    queue: QueueDepth
    sweep: Progress | None
    sweep_is_under_way: bool
    cost: Cost
    use: Use


@dataclass(frozen=True, slots=True)
class Storage:
    """What each library stores; not `is_complete` when time ran out before all was read."""

    libraries: tuple[LibraryStorage, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """Reads the state; nothing is listed or scanned that grows with what is stored but for `storage`."""

    library: Library
    catalog: ImageCatalog
    queues: EventQueues
    table: TableFacts
    sweeps: SweepProgressStore
    use: Use

    def status(self) -> Status:
        """Return what waits, what the last sweep found, and what a month costs by what it had seen stored."""
        finished = self.sweeps.last()
        sweep = Progress.from_json(finished) if finished else None
        stored = sum(amount.size for amount in sweep.stored.values()) if sweep else 0
        month = cost(stored, self.table.size(), self.use, Prices())
        return Status(self.queues.depth(), sweep, self.sweeps.load() is not None, month, self.use)

    def storage(self, deadline: Deadline) -> Storage:
        """Add up what each library stores, by the facts in the catalog: one read for a hundred items."""
        libraries: list[LibraryStorage] = []
        for storage, entries in self._libraries():
            for batch in batched(entries, _BATCH, strict=False):
                if deadline.remaining < _SECONDS_FOR_A_BATCH:
                    return Storage((*libraries, storage), is_complete=False)
                storage = self._added(storage, batch)  # noqa: PLW2901  # the sum so far
            libraries.append(storage)
        return Storage(tuple(libraries), is_complete=True)

    def _libraries(self) -> Iterator[tuple[LibraryStorage, Iterable[Entry]]]:
        """Yield each item at the top with what is below it, then the named items, which lie in no tree."""
        for top in sorted(self.library.children(None), key=lambda entry: entry.sort_name):
            yield LibraryStorage(top.id, top.name), (top, *self.library.under(top.id))
        for named in sorted(NAMED_TYPES):
            if entries := self.library.of_type(named):
                yield LibraryStorage("", named), entries

    def _added(self, storage: LibraryStorage, entries: tuple[Entry, ...]) -> LibraryStorage:
        owners = self.catalog.find_many(OwnerKey.item(entry.id) for entry in entries)
        counted = replace(storage, items=storage.items + len(entries))
        for images in owners.values():
            counted = _with_images(counted, images)
        return counted


def _with_images(storage: LibraryStorage, images: OwnerImages) -> LibraryStorage:
    originals, steps = storage.originals, storage.steps
    for image in {image.original: image for image in images.images}.values():
        originals = originals.plus(image.size)
        for step in image.details.steps if image.details else ():
            steps = steps.plus(step.size)
    total = storage.images + len(images.images)
    return replace(storage, images=total, originals=originals, steps=steps)
