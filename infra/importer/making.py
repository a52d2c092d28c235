"""Make the items that the service does not have."""

from concurrent.futures import Future
from threading import Lock
from typing import Any

from chalicelib.domain.library.resolving.results import FoundItem
from infra.importer.matching import NAMED, PlannedItem
from infra.importer.service.answers import RefusedError
from infra.importer.service.client import ServiceClient


class ItemMaker:
    """Makes planned items that are new, each once, whichever thread asks first."""

    def __init__(self, service: ServiceClient, *, dry_run: bool = False) -> None:
        self._service = service
        self._dry_run = dry_run
        self._asked: dict[str, Future[bool]] = {}
        self._lock = Lock()
        self.created = 0

    def make(self, planned: PlannedItem) -> bool:
        """Make a new item and what is above it; returns False when another run made it before, unseen by lists.

        Raises RefusedError when the service does not take it.
        """
        if planned.same_as:
            return self.make(planned.same_as)
        if not planned.is_new:
            return True
        with self._lock:
            future = self._asked.get(planned.id)
            is_first = future is None
            if future is None:
                future = self._asked[planned.id] = Future()
        if is_first:
            self._answer(planned, future)
        return future.result()

    def _answer(self, planned: PlannedItem, future: Future[bool]) -> None:
        try:
            if planned.parent:
                self.make(planned.parent)
            future.set_result(True if self._dry_run else self._made(planned))
        except Exception as error:  # noqa: BLE001  # every thread that waits for this item is told
            future.set_exception(error)
        else:
            with self._lock:
                self.created += 1

    def _made(self, planned: PlannedItem) -> bool:
        """Make an item under an id that follows from what it is, so that a repetition meets it again."""
        parent = planned.parent.id if planned.parent else None
        if self._service.create(_body(planned.found, planned.id, parent)):
            return True
        if self._service.has_item(planned.id):
            return False
        kind = NAMED.get(planned.found.type)
        if kind and (known := self._service.named_item(kind, planned.found.title.name)):
            planned.id = known
            return False
        raise RefusedError(f"The service does not have {planned.found} and refused to create it.")


def _body(found: FoundItem, item_id: str, parent: str | None) -> dict[str, Any]:
    return {
        "Id": item_id,
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
