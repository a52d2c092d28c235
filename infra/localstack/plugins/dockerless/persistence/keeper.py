"""Take snapshots: every so often, when asked, and at the end; put the last one back at the start."""

import gc
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from localstack.http import Request, Resource, Response
from localstack.services.internal import get_internal_apis

from ..dynamodb.service import LOCK
from ..settings import current_settings
from .archive import Archive, Snapshot
from .files import remove_others
from .messages import Messages
from .objects import Objects
from .rows import Rows

LOG = logging.getLogger(__name__)
PATH = "/_localstack/data"


class Keeper:
    """What keeps the data of the buckets, tables and queues that it was told of; nothing before that."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self._archive = Archive.at(folder)
        remove_others(folder / "objects", self._archive.paths())
        self._objects = Objects(self._archive, folder / "objects")
        self._rows = Rows(self._archive)
        self._messages = Messages(self._archive)
        self._seconds = seconds
        self._one_at_a_time = Lock()
        self._is_restored = False
        self._ended = Event()

    def keep(self, buckets: Sequence[str], tables: Sequence[str], queues: Mapping[str, str]) -> bool:
        """Put back what was kept of these, once, and keep them from now on; False when that is done already.

        Queues go by what they are for, since a stack that is made anew gives them other names.
        """
        with self._one_at_a_time:
            if self._is_restored:
                return False
            with LOCK, _uncollected():
                self._rows.watch()
                self._rows.restore(tables)
                self._objects.restore(buckets)
                self._messages.restore(queues)
            self._is_restored = True
        Thread(target=self._run, name="snapshots", daemon=True).start()
        return True

    def snapshot(self) -> None:
        """Write what has changed since the last one.

        While it is collected no operation of DynamoDB runs. A row comes after the object that it names and goes
        before it: so a snapshot may have an object that no row names, but never the reverse.
        """
        with self._one_at_a_time:
            if not self._is_restored:
                return
            taken = Snapshot(time.time())
            with LOCK:
                written = self._rows.collect(taken)
                objects = self._objects.collect(taken)
                messages = self._messages.collect(taken)
            try:
                self._objects.sync(taken)
                self._archive.commit(taken)
            except BaseException:
                with LOCK:
                    self._rows.put_back(written)
                raise
            self._objects.settle(objects)
            self._messages.settle(messages)

    def summary(self) -> dict[str, Any]:
        """Count what the last snapshot has."""
        return asdict(self._archive.summary())

    def end(self) -> None:
        """Take the last snapshot."""
        self._ended.set()
        self.snapshot()

    def _run(self) -> None:
        while not self._ended.wait(self._seconds):
            try:
                self.snapshot()
            except Exception:
                LOG.exception("A snapshot failed; the next one has its changes too.")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Make a great many objects that stay: to look through them for garbage would take as long again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@cache
def keeper() -> Keeper | None:
    """Return the keeper of this process; None where no folder is given for it."""
    settings = current_settings()
    return Keeper(settings.data, settings.snapshot_seconds) if settings.data else None


class DataResource:
    """The emulator's own HTTP resource of its data."""

    def __init__(self, kept_by: Keeper) -> None:
        self._keeper = kept_by

    def on_get(self, _: Request) -> Mapping[str, Any]:
        """Answer how much is kept."""
        return self._keeper.summary()

    def on_post(self, request: Request) -> Mapping[str, Any]:
        """Put back what was kept of the resources that the body names, and keep them from now on."""
        body = request.get_json(force=True)
        restored = self._keeper.keep(body["buckets"], body["tables"], body["queues"])
        return {"restored": restored, **self._keeper.summary()}

    def on_put(self, _: Request) -> Response:
        """Take a snapshot now, and answer when it is on disk."""
        self._keeper.snapshot()
        return Response("", 204)


def serve() -> None:
    """Add the resource to the emulator's own."""
    if (made := keeper()) is not None:
        get_internal_apis().add(Resource(PATH, DataResource(made)))


def end() -> None:
    """Take the last snapshot before the emulator ends by itself."""
    if (made := keeper()) is not None:
        made.end()
