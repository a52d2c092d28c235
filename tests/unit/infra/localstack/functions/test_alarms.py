"""Timers of the emulator."""

import threading
import time
from queue import Empty, SimpleQueue

import pytest

from infra.localstack.plugins.dockerless.functions.alarms import Alarm

SOON, LATE, LONG = 0.01, 0.05, 60


@pytest.fixture
def rung() -> SimpleQueue[str]:
    return SimpleQueue()


def alarm(name: str, seconds: float, rung: SimpleQueue[str]) -> Alarm:
    made = Alarm(seconds, lambda: rung.put(name))
    made.start()
    return made


def test_alarms_ring_in_the_order_in_which_they_are_due(rung: SimpleQueue[str]) -> None:
    waiting = alarm("long", LONG, rung)
    alarm("late", LATE, rung)
    alarm("soon", SOON, rung)
    assert [rung.get(timeout=5), rung.get(timeout=5)] == ["soon", "late"]
    waiting.cancel()


def test_a_cancelled_alarm_does_not_ring(rung: SimpleQueue[str]) -> None:
    alarm("cancelled", SOON, rung).cancel()
    alarm("other", LATE, rung)
    assert rung.get(timeout=5) == "other"
    with pytest.raises(Empty):
        rung.get_nowait()


def test_an_alarm_may_be_cancelled_before_its_start_and_twice(rung: SimpleQueue[str]) -> None:
    made = Alarm(SOON, lambda: rung.put("again"))
    made.cancel()
    made.start()
    assert rung.get(timeout=5) == "again"
    made.cancel()
    made.cancel()


def test_alarms_go_on_after_there_was_none(rung: SimpleQueue[str]) -> None:
    for name in ("first", "second"):
        alarm(name, SOON, rung)
        assert rung.get(timeout=5) == name
        time.sleep(SOON)


def test_many_alarms_wait_in_one_thread(rung: SimpleQueue[str]) -> None:
    before = threading.active_count()
    made = [alarm("never", LONG, rung) for _ in range(50)]
    assert threading.active_count() <= before + 1
    for one in made:
        one.cancel()
