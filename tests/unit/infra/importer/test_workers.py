"""Many hands at work."""

from collections.abc import Iterator
from threading import Event, Lock

import pytest

from infra.importer.workers import each_in_parallel


def test_everything_is_done_once() -> None:
    done: list[int] = []
    each_in_parallel(range(100), done.append, 4, Event())
    assert sorted(done) == list(range(100))


def test_little_more_is_drawn_than_is_worked_on() -> None:
    drawn, done, ahead, lock = 0, 0, 0, Lock()

    def things() -> Iterator[int]:
        nonlocal drawn, ahead
        for number in range(200):
            drawn += 1
            ahead = max(ahead, drawn - done)
            yield number

    def work(_: int) -> None:
        nonlocal done
        with lock:
            done += 1

    each_in_parallel(things(), work, 3, Event())
    assert done == 200
    assert ahead <= 3 * 2 + 2


def test_an_error_stops_the_others_and_is_raised() -> None:
    done: list[int] = []

    def work(number: int) -> None:
        if number == 5:
            raise ValueError(number)
        done.append(number)

    with pytest.raises(ValueError, match="5"):
        each_in_parallel(range(10_000), work, 2, Event())
    assert len(done) < 1_000


def test_an_interruption_stops_the_others() -> None:
    stop, begun, done = Event(), Event(), []

    def things() -> Iterator[int]:
        yield from range(3)
        begun.wait()
        raise KeyboardInterrupt

    def work(number: int) -> None:
        begun.set()
        stop.wait()
        done.append(number)

    with pytest.raises(KeyboardInterrupt):
        each_in_parallel(things(), work, 2, stop)
    assert stop.is_set()
    assert len(done) <= 2
