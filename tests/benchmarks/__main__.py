"""`make bench`: our pipeline against sharp, on one core, one thread each, in turns."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from PIL import Image

from tests.benchmarks.photographs import make_inputs
from tests.benchmarks.similarity import ssim
from tests.benchmarks.tasks import TASKS, Task

CACHE = Path(".cache")


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians of one side of a task: milliseconds, bytes, similarity to the reference, peak MiB so far."""

    wall: float
    cpu: float
    size: int
    ssim: float
    memory: float


class Worker:
    """A process that makes pictures on order, pinned to one core."""

    def __init__(self, command: list[str], core: int) -> None:
        self._process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, **order: object) -> dict[str, float]:
        """Have one picture made; return its times and the process's peak memory."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def main() -> None:
    core = max(os.sched_getaffinity(0))
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    tests = Path("/tmp/imaging/pil/pillow-13.0.0/Tests/images")
    inputs = make_inputs(tests, CACHE / "bench-inputs")
    ratios = []
    for n, task in enumerate(TASKS):
        if wanted not in task.name:
            continue
        ours = Worker([sys.executable, "-m", "tests.benchmarks.our_worker"], core)
        sharp = Worker(["node", "tests/benchmarks/sharp_worker.mjs", "/tmp/imaging"], core)
        source = str(inputs[task.source].resolve())
        a, b = [], []
        for _ in range(task.rounds + 1):
            a.append(ours.order(source=source, task=n, target=str(CACHE / "ours.out")))
            b.append(sharp.order(source=source, call=asdict(task.sharp), target=str(CACHE / "sharp.out")))
        ours.close()
        sharp.close()
        ref = Image.open(source).convert("RGBA").resize((task.options.width, task.options.height), Image.Resampling.LANCZOS)
        sx = ssim(ref, Image.open(CACHE / "ours.out")), ssim(ref, Image.open(CACHE / "sharp.out"))
        sz = [(CACHE / f).stat().st_size for f in ("ours.out", "sharp.out")]
        ma = [median(x[k] for x in a[1:]) for k in ("cpu", "wall")]
        mb = [median(x[k] for x in b[1:]) for k in ("cpu", "wall")]
        ratios.append(ma[0] / mb[0])
        print(f"{task.name:42} cpu {ma[0]:7.1f} {mb[0]:7.1f} {ma[0]/mb[0]:5.2f} | wall {ma[1]:7.1f} {mb[1]:7.1f} {ma[1]/mb[1]:5.2f} | {sz[0]:8} {sz[1]:8} {sz[0]/sz[1]:5.2f} | {sx[0]:.4f} {sx[1]:.4f} {sx[0]-sx[1]:+.4f} | {a[-1]['memory']:.0f}", flush=True)
    print("geomean", math.exp(sum(map(math.log, ratios)) / len(ratios)))


if __name__ == "__main__":
    main()
