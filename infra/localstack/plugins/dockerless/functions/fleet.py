"""Bound how many execution environments are alive, and how many invocations run, at once."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Protocol


class Resting(Protocol):
    """What the fleet does to an idle member whose room is needed."""

    def rest(self) -> None:
        """Give the process up; the next invocation starts another."""


class Fleet:
    """Keep at most ``maximum`` processes alive: the longest idle one goes when another member needs to start."""

    def __init__(self, maximum: int) -> None:
        """Begin with nobody."""
        self._maximum = maximum
        self._idle: OrderedDict[int, Resting] = OrderedDict()
        self._busy = 0
        self._lock = Lock()

    @contextmanager
    def at_work(self, member: Resting) -> Iterator[None]:
        """Keep ``member`` from being laid to rest while it runs an invocation."""
        with self._lock:
            self._idle.pop(id(member), None)
            self._busy += 1
            self._make_room()
        try:
            yield
        finally:
            with self._lock:
                self._busy -= 1
                self._idle[id(member)] = member

    def forget(self, member: Resting) -> None:
        """Drop a member that will not come back."""
        with self._lock:
            self._idle.pop(id(member), None)

    def _make_room(self) -> None:
        while self._idle and self._busy + len(self._idle) > self._maximum:
            _, member = self._idle.popitem(last=False)
            member.rest()


class QueueTimeoutError(Exception):
    """No place became free in time."""


class Turnstile:
    """Let at most ``maximum`` invocations run; others wait up to ``seconds``."""

    def __init__(self, maximum: int, seconds: float) -> None:
        """Begin with every place free."""
        self._places = BoundedSemaphore(maximum)
        self._seconds = seconds

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place; raises :class:`QueueTimeoutError` after the wait."""
        if not self._places.acquire(timeout=self._seconds):
            raise QueueTimeoutError
        try:
            yield
        finally:
            self._places.release()
