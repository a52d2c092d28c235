"""Write down which permissions are used and which are missed, and by which test."""

import json
from pathlib import Path
from threading import Lock

from .policies import Access


class Recorder:
    """Adds a line of JSON to a file for each use that is new.

    Who runs tests writes their names into files of the folder beside it, `<file>.running/`, one a worker.
    """

    def __init__(self, path: Path) -> None:
        """Take the file; its folder exists."""
        self._path = path
        self._running = path.with_name(path.name + ".running")
        self._seen: set[tuple[str, str, str, str, bool]] = set()
        self._lock = Lock()

    def note(self, caller: str, access: Access, sid: str | None) -> None:
        """Keep one use by a role or user under a statement, or one refusal: `sid` is None."""
        for test in self._tests():
            use = (caller, access.action, _place(access.resource), test, sid is None)
            with self._lock:
                if use in self._seen:
                    continue
                self._seen.add(use)
                line = {"caller": caller, "sid": sid, "action": access.action, "test": test}
                with self._path.open("a") as file:
                    file.write(json.dumps(line | {"resource": access.resource}) + "\n")

    def _tests(self) -> list[str]:
        try:
            return [path.read_text() for path in self._running.iterdir()] or [""]
        except OSError:
            return [""]


def _place(resource: str) -> str:
    """Reduce a resource to where it lies: of objects the bucket and the first part of the key."""
    return "/".join(resource.split("/")[: 2 if ":s3:" in resource else None])
