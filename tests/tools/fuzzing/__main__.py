"""`make fuzz`: many broken files, in processes of a few hundred, so that a native crash is noticed and named.

Give how many files (10,000 unless told) and from which number on.
"""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time

from tests.tools.fuzzing.attempt import attempt
from tests.tools.fuzzing.mutations import broken

_BATCH = 250
_BATCH_SECONDS = 300
_SLOW_SECONDS = 5.0
"""Of the core, not by the clock: other processes may be busy."""


@dataclass(frozen=True, slots=True)
class Report:
    """How a batch ended: each outcome with its number, what should not have been, peak memory in MiB."""

    outcomes: dict[str, int]
    failures: int
    peak: float


def main() -> None:
    """Run the batches, print what came out, and exit with 1 when anything did that should not."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    start = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    batches = range(start, start + count, _BATCH)
    reports = [_in_a_process(first, min(_BATCH, start + count - first)) for first in batches]
    outcomes = sum((Counter(report.outcomes) for report in reports), Counter[str]())
    failures = sum(report.failures for report in reports)
    for name, number in sorted(outcomes.items()):
        print(f"{number:7} {name}")
    print(f"{count} files, {failures} failures, peak memory {max(r.peak for r in reports):.0f} MiB")
    sys.exit(1 if failures else 0)


def _in_a_process(first: int, count: int) -> Report:
    command = [sys.executable, "-m", "tests.tools.fuzzing", "--batch", str(first), str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            output, _ = process.communicate(timeout=_BATCH_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
    last = (output.splitlines() or ["none"])[-1]
    if process.returncode:
        print(f"a process ended with {process.returncode}; the last file was {last}", flush=True)
        return Report({}, 1, 0)
    return Report(**json.loads(last))


def _run_batch(first: int, count: int) -> Report:
    """Try each file of a batch and print its number before."""
    outcomes, failures = Counter[str](), 0
    for number in range(first, first + count):
        print(number, flush=True)
        begun = process_time()
        try:
            outcomes.update(attempt(broken(number)))
        except Exception as error:  # noqa: BLE001  # finding them is the point
            failures += 1
            print(f"file {number}: {error!r}", file=sys.stderr, flush=True)
        if process_time() - begun > _SLOW_SECONDS:
            failures += 1
            print(f"file {number} took {process_time() - begun:.1f} s", file=sys.stderr, flush=True)
    return Report(dict(outcomes), failures, _peak_memory())


def _peak_memory() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--batch"]:
        print(json.dumps(asdict(_run_batch(int(sys.argv[2]), int(sys.argv[3])))))
    else:
        main()
