"""The sides of the benchmark, each a process pinned to the same core."""

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
_ROOT = _HERE.parents[2]
OURS, BEFORE, SHARP, TUNED, SKIA = "ours", "before", "sharp", "sharp tuned", "Jellyfin's way"


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture made: milliseconds by the clock and of the core, and the process's peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Side:
    """A program that makes pictures: its name, its command, and the folder to run it in."""

    name: str
    command: tuple[str, ...]
    folder: Path = _ROOT

    @property
    def is_ours(self) -> bool:
        """Tell whether it is our renderer, of this checkout or of another."""
        return self.name in {OURS, BEFORE}


class Worker:
    """A process that makes pictures on order; an order and its answer are a line of JSON each."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    @classmethod
    @contextmanager
    def started(cls, side: Side) -> Iterator[Self]:
        """Start a worker on the last core that this process may use; it ends with the block."""
        core = str(max(os.sched_getaffinity(0)))
        pinned = ["taskset", "-c", core, *side.command]
        pipe = subprocess.PIPE
        with subprocess.Popen(pinned, stdin=pipe, stdout=pipe, text=True, cwd=side.folder) as process:
            yield cls(process)

    def order(self, **order: object) -> Sample:
        """Have one picture made."""
        if not self._process.stdin or not self._process.stdout:
            message = "the worker was started without pipes"
            raise RuntimeError(message)
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Sample(**json.loads(self._process.stdout.readline()))


def sides(sharp: Path, skia: Path, before: Path | None = None) -> list[Side]:
    """Return our side, that of another checkout if there is one, and the peers."""
    script = str(_HERE / "peers" / "sharp_worker.mjs")
    ours = _worker("our_worker")
    peers = [
        Side(SHARP, ("node", script, str(sharp))),
        Side(TUNED, ("node", script, str(sharp), "tuned")),
        Side(SKIA, _worker("peers.skia_worker", str(skia))),
    ]
    return [Side(OURS, ours), *([Side(BEFORE, ours, before)] if before else []), *peers]


def _worker(module: str, *arguments: str) -> tuple[str, ...]:
    return sys.executable, "-m", f"tests.tools.benchmarks.{module}", *arguments
