"""`make bench`: our pipeline against its peers, on one core, one thread each, in turns.

Give a part of a task's name to run only those that have it; BEFORE=FOLDER measures another checkout beside.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from math import exp, log
from pathlib import Path
from statistics import fmean

from tests.tools.benchmarks.comparison import Against, Comparison, compare
from tests.tools.benchmarks.corpora import CACHE, picture_packages, sharp_folder, skia_folder
from tests.tools.benchmarks.photographs import make_inputs
from tests.tools.benchmarks.stages import STAGES, rows
from tests.tools.benchmarks.tasks import TASKS
from tests.tools.benchmarks.workers import BEFORE, SHARP, SKIA, TUNED, sides

_PEERS = (SHARP, TUNED, SKIA)
_IMPORT_RUNS = 5


def main() -> None:
    """Measure, and print the table."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    before = Path(os.environ["BEFORE"]) if os.environ.get("BEFORE") else None
    inputs = make_inputs(picture_packages(), CACHE / "bench-photographs")
    taking = sides(sharp_folder(), skia_folder(), before)
    peers = [*_PEERS, *([BEFORE] if before else [])]
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {_processor()}; one core, one thread each.")
    print(
        "Core time in ms (median); by each peer's: time, bytes, SSIM less theirs; MiB of its process. "
        "(Not comparable, not counted.)"
    )
    columns = " | ".join(f"{peer:^27}" for peer in peers)
    print(f"{'task':52} | {'ours':>7} {'MiB':>4} | {columns}")
    tasks, done = [task for task in TASKS if wanted in task.name], []
    for task in tasks:
        done.append(compare(task, taking, inputs))
        print(_row(done[-1], peers), flush=True)
    for peer in peers:
        _summarize(peer, [found for row in done if (found := row.against(peer))])
    print(f"\n{'our stages alone':52} | " + " | ".join(f"{stage:>7}" for stage in STAGES))
    for line in rows(tasks, inputs):
        print(line, flush=True)
    print(f"import of the renderer: {_import_milliseconds():.0f} ms of core time")


def _row(row: Comparison, peers: Iterable[str]) -> str:
    columns = " | ".join(f"{_column(row.against(peer)):27}" for peer in peers)
    return f"{row.task.name:52} | {row.ours.cpu:7.1f} {row.ours.memory:4.0f} | {columns}"


def _column(found: Against | None) -> str:
    if found is None:
        return ""
    figures = f"{found.ratio:6.2f} {found.bytes:5.2f} {found.ssim:+.4f} {found.memory:4.0f}"
    return figures if found.is_comparable else f"({figures})"


def _summarize(peer: str, found: list[Against]) -> None:
    counted = [one.ratio for one in found if one.is_comparable]
    if counted:
        mean = exp(fmean(log(ratio) for ratio in counted))
        print(f"{peer}: geometric mean {mean:.2f} of {len(counted)} comparable tasks of {len(found)}")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


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
