"""What a start says while it works."""

import threading
import time
from itertools import pairwise

import pytest

from infra.local import progress
from infra.local.progress import Progress


def test_a_line_a_second_at_most_and_the_last_step_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SECONDS", 0.2)
    lines: list[tuple[float, str]] = []
    with Progress(lambda text: lines.append((time.monotonic(), text))) as told:
        for number in range(50):
            told.step(f"step {number}")
            time.sleep(0.01)
        time.sleep(0.3)
    assert lines[0][1] == "step 0"
    assert lines[-1][1] == "step 49"
    assert all(later - earlier >= 0.19 for (earlier, _), (later, _) in pairwise(lines))


def test_a_start_that_fails_ends_the_telling() -> None:
    before, lines = threading.active_count(), list[str]()

    def fail() -> None:
        with Progress(lines.append) as told:
            told.step("one")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert threading.active_count() == before
