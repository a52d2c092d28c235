"""End every process of one emulator: ``python -m dockerless.sweep FOLDER``.

Each process that the emulator starts has its scratch folder (``TMPDIR``) below the emulator's own, and passes
that on. That finds them all, with no list to keep, even after the emulator itself was killed with ``kill -9``.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

GRACE_SECONDS = 8.0


def processes_below(folder: Path) -> Iterator[psutil.Process]:
    """Find the live processes whose scratch folder is ``folder`` or below it."""
    for process in psutil.process_iter():
        try:
            scratch = process.environ().get("TMPDIR", "")
        except (psutil.Error, OSError):
            continue  # another user's process, or one that has just ended
        if Path(scratch).is_relative_to(folder):
            yield process


def sweep(folder: Path, grace_seconds: float = GRACE_SECONDS) -> int:
    """Ask the processes to end, kill those that do not, and return how many there were."""
    found = list(processes_below(folder))
    for process in found:
        _signal(process.terminate)
    psutil.wait_procs(found, timeout=grace_seconds)
    for process in (left := list(processes_below(folder))):
        _signal(process.kill)
    psutil.wait_procs(left, timeout=grace_seconds)
    return len(found)


def _signal(send: Callable[[], None]) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        send()


if __name__ == "__main__":
    sweep(Path(sys.argv[1]).resolve())
