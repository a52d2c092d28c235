"""Timers that cost no thread while they wait."""

import time
from collections.abc import Callable
from threading import Condition, Thread


class Alarm:
    """Calls a function after some seconds, unless it is cancelled: `threading.Timer` as LocalStack uses it."""

    def __init__(self, seconds: float, ring: Callable[[], object]) -> None:
        self._seconds = seconds
        self.ring = ring

    def start(self) -> None:
        """Begin to wait."""
        _CLOCK.add(self, time.monotonic() + self._seconds)

    def cancel(self) -> None:
        """Call nothing; does no harm before the start or after the end."""
        _CLOCK.remove(self)


class Clock:
    """Waits for every alarm in one thread; each that is due rings in a thread of its own."""

    def __init__(self) -> None:
        self._due: dict[Alarm, float] = {}
        self._change = Condition()
        self._wakes: float | None = None
        """When the thread looks next; None while there is no thread."""

    def add(self, alarm: Alarm, due: float) -> None:
        """Let an alarm ring when :func:`time.monotonic` says `due`."""
        with self._change:
            self._due[alarm] = due
            if self._wakes is None:
                self._wakes = due
                Thread(target=self._run, name="alarms", daemon=True).start()
            elif due < self._wakes:
                self._change.notify()

    def remove(self, alarm: Alarm) -> None:
        """Forget an alarm."""
        with self._change:
            self._due.pop(alarm, None)

    def _run(self) -> None:
        while ringing := self._next():
            for alarm in ringing:
                Thread(target=alarm.ring, name="alarm", daemon=True).start()

    def _next(self) -> list[Alarm]:
        """Wait for the next that are due; nothing, and no thread any more, when none is left to wait for."""
        with self._change:
            while self._due:
                now, self._wakes = time.monotonic(), min(self._due.values())
                if ringing := [alarm for alarm, due in self._due.items() if due <= now]:
                    for alarm in ringing:
                        del self._due[alarm]
                    return ringing
                self._change.wait(self._wakes - now)
            self._wakes = None
            return []


_CLOCK = Clock()
