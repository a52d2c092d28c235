"""What the workers in Python share: a JSON line in, a JSON line out, times in milliseconds, memory in MiB."""

import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

type Order = dict[str, Any]


@cache
def load(source: str) -> bytes:
    """Return a file's bytes, read once."""
    return Path(source).read_bytes()


def make_until_end(prepare: Callable[[Order], Callable[[], bytes]]) -> None:
    """Answer orders until the input ends; what `prepare` returns makes the picture and is timed."""
    for line in sys.stdin:
        order = json.loads(line)
        make = prepare(order)
        cpu, wall = process_time(), perf_counter()
        output = make()
        times = {"wall": (perf_counter() - wall) * 1000, "cpu": (process_time() - cpu) * 1000}
        Path(order["target"]).write_bytes(output)
        sys.stdout.write(json.dumps(times | {"memory": _peak_memory()}) + "\n")
        sys.stdout.flush()


def _peak_memory() -> float:
    """Return the peak of this program; getrusage would count that of the process it was started from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
