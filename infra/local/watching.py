"""Stay beside a running service: show requests that fail, and start it anew when it does not answer."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

LOOK_SECONDS = 0.5
CHECK_SECONDS = 5.0
MOST_MISSES = 4
"""Checks in a row that fail before it counts as stuck: a busy machine misses one now and then."""
STUCK = "The service does not answer. Starting it anew; what the last minute changed may be lost."
_SERVER_ERROR = "5"


@dataclass
class Log:
    """The lines that a file gets from now on."""

    path: Path
    _read: int = field(init=False)

    def __post_init__(self) -> None:
        self._read = self._size()

    def fresh(self) -> list[str]:
        """Return the lines that have come; a file that was begun anew is read from its beginning."""
        size = self._size()
        if size <= self._read:
            self._read = min(self._read, size)
            return []
        with self.path.open("rb") as file:
            file.seek(self._read)
            data = file.read(size - self._read)
        whole = data[: data.rfind(b"\n") + 1]
        self._read += len(whole)
        return whole.decode(errors="replace").splitlines()

    def _size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0


@dataclass
class Watch:
    """Looks at the front door's log often, and now and then whether the service is well."""

    log: Log
    is_well: Callable[[], bool]
    is_wanted: Callable[[], bool]
    """False once somebody else has stopped the service."""
    renew: Callable[[], object]
    console: Console = field(default_factory=Console)
    _misses: int = 0

    def run(self) -> None:
        """Watch until the service is stopped from elsewhere."""
        checked = time.monotonic()
        while self.is_wanted():
            self.show()
            if time.monotonic() - checked >= CHECK_SECONDS:
                self.check()
                checked = time.monotonic()
            time.sleep(LOOK_SECONDS)

    def show(self) -> None:
        """Print the requests that failed since the last look: the service's own failures red, others yellow."""
        for line in self.log.fresh():
            status = line.partition(" ")[2][:3]
            if status.isdecimal():
                self._say(line, "red" if status[0] == _SERVER_ERROR else "yellow")

    def check(self) -> None:
        """Start the service anew when it has not been well for some checks."""
        self._misses = 0 if self.is_well() else self._misses + 1
        if self._misses >= MOST_MISSES and self.is_wanted():
            self._say(STUCK, "bold red")
            self.renew()
            self._say("The service is up again.", "green")
            self._misses = 0

    def _say(self, text: str, style: str) -> None:
        self.console.print(text, style=style, highlight=False, markup=False, soft_wrap=True)
