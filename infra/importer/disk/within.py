"""Work that may never end, such as a read from a network share that hangs: it is left behind after a time."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Final

SECONDS: Final = 60.0
"""How long a disk may take for one folder or one file's facts."""


class HungError(OSError):
    """Say that the disk did not answer in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"did not answer within {seconds:.0f} seconds")
        self.strerror = f"it did not answer within {seconds:.0f} seconds"


def within[T](seconds: float, work: Callable[[], T]) -> T:
    """Do a piece of work in a thread that may be left behind; raises HungError, and whatever the work raises."""
    results: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            results.put((work(), None))
        except BaseException as error:  # noqa: BLE001  # it is raised where the result is waited for
            results.put((None, error))

    thread = Thread(target=run, name="disk", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise HungError(seconds)
    value, error = results.get_nowait()
    if error is not None:
        raise error
    return value  # type: ignore[return-value]  # it is what the work returned, whatever type that is
