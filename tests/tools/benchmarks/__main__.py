"""`make bench`: our pipeline against sharp, on one core, one thread each, in turns.

Give a part of a task's name to run only those that have it.
"""

import os
import subprocess
import sys
from math import exp, log
from statistics import fmean

from tests.tools.benchmarks.comparison import Comparison, compare
from tests.tools.benchmarks.corpora import CACHE, pillow_test_images, sharp_folder
from tests.tools.benchmarks.photographs import make_inputs
from tests.tools.benchmarks.tasks import TASKS

_HEAD = (
    f"{'task':60} | {'ours':>7} {'sharp':>7} {'ratio':>5} | {'ours':>7} {'sharp':>7} "
    f"| {'ours':>8} {'sharp':>8} {'ratio':>5} | {'ours':>6} {'sharp':>6} {'diff':>7} | {'MiB':>4}"
)
_IMPORT_RUNS = 5


def main() -> None:
    """Measure, and print the table."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    inputs = make_inputs(pillow_test_images(), CACHE / "bench-inputs")
    sharp = sharp_folder()
    print("Milliseconds of one core (medians), milliseconds by the clock, bytes, SSIM, our peak memory.")
    print(_HEAD)
    done = []
    for number, task in enumerate(TASKS):
        if wanted in task.name:
            done.append(compare(number, inputs, sharp))
            print(_row(done[-1]), flush=True)
    print(f"geometric mean of the ratios of core time: {_geometric_mean(done):.2f}")
    if photographs := [row for row in done if not row.task.is_lopsided]:
        print(f"without animations, AVIF, progressive and steps: {_geometric_mean(photographs):.2f}")
    print(f"import of the renderer: {_import_milliseconds():.0f} ms of core time")


def _row(row: Comparison) -> str:
    ours, sharp = row.ours, row.sharp
    return (
        f"{row.task.name:60} | {ours.cpu:7.1f} {sharp.cpu:7.1f} {row.ratio:5.2f} | {ours.wall:7.1f} "
        f"{sharp.wall:7.1f} | {ours.size:8} {sharp.size:8} {ours.size / sharp.size:5.2f} | {ours.ssim:.4f} "
        f"{sharp.ssim:.4f} {ours.ssim - sharp.ssim:+.4f} | {ours.memory:4.0f}"
        f"{'' if row.is_as_good else '  worse bytes or SSIM'}"
    )


def _geometric_mean(rows: list[Comparison]) -> float:
    return exp(fmean(log(row.ratio) for row in rows))


def _import_milliseconds() -> float:
    """Return the least time of a few new processes, less that of one that imports nothing."""
    return _least("import chalicelib.imaging.renderer") - _least("pass")


def _least(code: str) -> float:
    return min(_core_time([sys.executable, "-c", code]) for _ in range(_IMPORT_RUNS)) * 1000


def _core_time(command: list[str]) -> float:
    before = os.times()
    subprocess.run(command, check=True)
    after = os.times()
    spent = after.children_user + after.children_system
    return spent - before.children_user - before.children_system


if __name__ == "__main__":
    main()
