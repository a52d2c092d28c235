"""Tell what a start is doing: a line for each step that lasts, one a second at most."""

from collections.abc import Callable
from threading import Condition, Thread
from types import TracebackType
from typing import Self

SECONDS = 1.0


class Progress:
    """Takes the name of each step as it begins; prints the first at once and then whichever lasts."""

    def __init__(self, write: Callable[[str], None] = lambda text: print(text, flush=True)) -> None:
        self._write = write
        self._change = Condition()
        self._step = self._told = ""
        self._is_over = False
        self._teller = Thread(target=self._tell, name="progress", daemon=True)

    def step(self, text: str) -> None:
        """Say what is done from now on."""
        with self._change:
            self._step = text
            self._change.notify()

    def __enter__(self) -> Self:
        """Begin to tell."""
        self._teller.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        """Tell no more."""
        with self._change:
            self._is_over = True
            self._change.notify()
        self._teller.join()

    def _tell(self) -> None:
        with self._change:
            while not self._is_over:
                if self._step != self._told:
                    self._told = self._step
                    self._write(self._told)
                    self._change.wait_for(lambda: self._is_over, SECONDS)
                else:
                    self._change.wait_for(lambda: self._is_over or self._step != self._told)
