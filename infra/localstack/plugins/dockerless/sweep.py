"""End every process of one emulator: ``python -m dockerless.sweep FOLDER``.

Each process that the emulator starts has its scratch folder (``TMPDIR``) below the emulator's own, and passes
that on. That finds them all, with no list to keep, even after the emulator itself was killed with ``kill -9``.
"""

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

POLL_SECONDS = 0.02


def processes_below(folder: Path) -> Iterator[psutil.Process]:
    """Find the live processes whose scratch folder is ``folder`` or below it."""
    for process in psutil.process_iter():
        try:
            scratch = process.environ().get("TMPDIR", "")
        except (psutil.Error, OSError):
            continue  # another user's process, or one that has ended
        if Path(scratch).is_relative_to(folder):
            yield process


def sweep(folder: Path) -> None:
    """Kill them all, until there are none. Nothing they hold is to outlive them, so none is asked first."""
    while found := list(processes_below(folder)):
        for process in found:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        time.sleep(POLL_SECONDS)


if __name__ == "__main__":
    sweep(Path(sys.argv[1]).resolve())
