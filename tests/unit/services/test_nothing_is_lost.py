"""Any order of uploads, deletions, events and crashes: no image loses its blob, nothing useless stays for ever.

Every call to the outside world can be the last of a process, and other processes may act between any two of
them. A process is a thread that runs only when it is told to, one call at a time; a seeded generator decides who
goes next and who dies. Hypothesis's stateful testing was tried first: it did not come across the faults that
were planted to try it, this does.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import replace
from random import Random
from threading import Lock, Thread
from typing import Any

import pytest

from chalicelib.container import Container
from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.originals import original_key
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import ServiceError, UnavailableError
from chalicelib.services.images.processing import OriginalProcessing
from tests.support.fakes.world import SETTINGS, World
from tests.support.tiny_images import gif

OWNERS = tuple(OwnerKey.item(digit * 32) for digit in "ab")
PICTURES = tuple(gif(number) for number in range(2))
BACKDROP = ImageType.BACKDROP


class _KilledError(BaseException):
    """The process is no more."""


class Process:
    """Work that pauses before each call to the outside world."""

    def __init__(self, work: Callable[["Process"], object]) -> None:
        self._go, self._paused = _taken(), _taken()
        self._is_killed = False
        self.is_over = False
        self._thread = Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()
        self._paused.acquire()

    def pause(self) -> None:
        """Wait to be told to go on; raise when killed."""
        self._paused.release()
        self._go.acquire()
        if self._is_killed:
            raise _KilledError

    def step(self) -> None:
        """Let it make one call."""
        self._go.release()
        self._paused.acquire()

    def kill(self) -> None:
        """Let it make no other call."""
        self._is_killed = True
        if not self.is_over:
            self.step()
        self._thread.join()

    def _run(self, work: Callable[["Process"], object]) -> None:
        with suppress(_KilledError, ServiceError):
            self.pause()
            work(self)
        self.is_over = True
        self._paused.release()


def _taken() -> Lock:
    """Return a lock that the next to acquire it waits for; it costs a tenth of an event's handing over."""
    lock = Lock()
    lock.acquire()
    return lock


class Stepped:
    """A port whose calls each wait for their process's turn; listings pause once, before they are read whole."""

    def __init__(self, port: Any, process: Process) -> None:  # noqa: ANN401  # any port
        self._port, self._process = port, process

    def __getattr__(self, name: str) -> Callable[..., object]:
        method = getattr(self._port, name)

        def call(*args: object, **named: object) -> object:
            self._process.pause()
            answer = method(*args, **named)
            return iter(list(answer)) if isinstance(answer, Iterator) else answer

        return call


class Story:
    """Two items, two pictures, some processes, and what befalls them."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  # no secret: the same story for the same seed
        self.world = World(replace(SETTINGS, popular=""))
        self.processes: list[Process] = []
        for owner in OWNERS:
            self.world.add_item(owner.id)

    def tell(self) -> None:
        """Let processes begin, go on, die, and time pass; check after every step."""
        for _ in range(60):
            happening = self.random.choices((self.begin, self.go_on, self.die, self.wait), (3, 10, 1, 1))[0]
            happening()
            self.processes = [process for process in self.processes if not process.is_over]
            self.check()
        for process in self.processes:
            process.kill()

    def begin(self) -> None:
        owner, picture = self.random.choice(OWNERS), self.random.choice(PICTURES)
        index, original = self.random.choice((None, 0, 1)), original_key(picture)
        works: tuple[Callable[[World], object], ...] = (
            lambda world: world.images.editing.upload(owner, BACKDROP, picture, index=index),
            lambda world: world.images.editing.delete(owner, BACKDROP, index or 0),
            lambda world: world.images.removal.remove_unreferenced(original),
            lambda world: _unpaused(world).process(original, NO_DEADLINE),
        )
        work = self.random.choices(works, (4, 2, 2, 1))[0]
        self.processes.append(Process(lambda process: work(_as_seen_by(process, self.world))))

    def go_on(self) -> None:
        if self.processes:
            process = self.random.choice(self.processes)
            for _ in range(self.random.choice((1, 2, 4, 100))):
                if not process.is_over:
                    process.step()
                    self.check()

    def die(self) -> None:
        if self.processes:
            self.random.choice(self.processes).kill()

    def wait(self) -> None:
        self.world.time.advance(seconds=61)

    def check(self) -> None:
        """Every image has its blob and its claim, at any moment."""
        for owner, row in self.world.rows.rows.items():
            for image in row.images:
                assert image.original in self.world.blobs_of_originals.kept
                assert (image.original, owner) in self.world.rows.claimed

    def settle(self) -> None:
        """Let all messages come again, as they do until they are done, and as the sweep sends what was not."""
        self.world.time.advance(hours=1)
        for original in map(original_key, PICTURES):
            self.world.images.removal.remove_unreferenced(original)
            self.world.images.processing.process(original, NO_DEADLINE)

    def referred(self) -> set[str]:
        return {image.original for row in self.world.rows.rows.values() for image in row.images}


@pytest.mark.parametrize("seeds", [range(start, start + 150) for start in range(0, 600, 150)], ids=str)
def test_nothing_is_lost_and_nothing_useless_stays(seeds: range) -> None:
    for seed in seeds:
        story = Story(seed)
        story.tell()
        story.settle()
        story.check()
        assert set(story.world.blobs_of_originals.kept) == story.referred(), seed
        assert {original for original, _ in story.world.rows.claimed} == story.referred(), seed
        images = [image for row in story.world.rows.rows.values() for image in row.images]
        assert all(image.details for image in images), seed


def test_an_event_that_is_done_has_described_what_was_there_when_it_began() -> None:
    """What comes after it has an event of its own."""
    for seed in range(200):
        story = Story(seed)
        story.tell()
        for original in sorted(story.referred()):
            with suppress(UnavailableError):
                _unpaused(story.world).process(original, NO_DEADLINE)
                images = [image for row in story.world.rows.rows.values() for image in row.images]
                assert all(image.details for image in images if image.original == original), seed


def _as_seen_by(process: Process, world: World) -> World:
    """Return a container of the process's own over the same outside world."""
    own = copy(world)
    own.container = Container(own)
    own.images = own.container.images
    for name in ("originals_store", "variants_store", "catalog", "queue", "guard"):
        setattr(own, name, Stepped(getattr(world, name), process))
    return own


def _unpaused(world: World) -> OriginalProcessing:
    return replace(world.images.processing, sleep=lambda _: None)
