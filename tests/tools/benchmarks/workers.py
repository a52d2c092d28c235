"""The two sides of the benchmark, each a process pinned to the same core."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture made: milliseconds by the clock and of the core, and the process's peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


class Worker:
    """A process that makes pictures on order; an order and its answer are a line of JSON each."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    @classmethod
    @contextmanager
    def started(cls, command: list[str]) -> Iterator[Self]:
        """Start a worker on the last core that this process may use; it ends with the block."""
        core = str(max(os.sched_getaffinity(0)))
        pinned = ["taskset", "-c", core, *command]
        with subprocess.Popen(pinned, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            yield cls(process)

    def order(self, **order: object) -> Sample:
        """Have one picture made."""
        if not self._process.stdin or not self._process.stdout:
            message = "the worker was started without pipes"
            raise RuntimeError(message)
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Sample(**json.loads(self._process.stdout.readline()))


def our_command() -> list[str]:
    """Return the command that starts our side."""
    return [sys.executable, "-m", "tests.tools.benchmarks.our_worker"]


def sharp_command(sharp: Path) -> list[str]:
    """Return the command that starts sharp's side."""
    return ["node", str(_HERE / "sharp_worker.mjs"), str(sharp)]
