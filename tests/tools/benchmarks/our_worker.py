"""Runs our renderer; a JSON line in, a JSON line out, times in milliseconds, memory in MiB."""

import json
import sys
from functools import cache
from pathlib import Path
from time import perf_counter, process_time

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import RenderPlan, make_plan
from chalicelib.imaging.renderer import PillowRenderer

_RENDERER = PillowRenderer()


@cache
def _load(source: str) -> bytes:
    return Path(source).read_bytes()


@cache
def _plan(source: str, options: str) -> RenderPlan:
    asked = json.loads(options)
    asked["format"] = RequestedFormat(asked["format"])
    plan = make_plan(_RENDERER.probe(_load(source)), ImageProcessingOptions(**asked))
    if plan is None:
        message = f"{options} of {source} changes nothing"
        raise ValueError(message)
    return plan


def _peak_memory() -> float:
    """Return the peak of this program; getrusage would count that of the process it was started from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        order = json.loads(line)
        data, plan = _load(order["source"]), _plan(order["source"], order["options"])
        cpu, wall = process_time(), perf_counter()
        blob = _RENDERER.render(data, plan, NO_DEADLINE)
        times = {"wall": (perf_counter() - wall) * 1000, "cpu": (process_time() - cpu) * 1000}
        Path(order["target"]).write_bytes(blob.data)
        sys.stdout.write(json.dumps(times | {"memory": _peak_memory()}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
