"""Where our time of a still goes: each stage alone, in milliseconds of core time, the median of a few.

Decoding includes what is averaged, and of a large PNG the rows that are resized, while it is decoded.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.pipeline import draw
from chalicelib.imaging.reading.decode import at_size, decode
from chalicelib.imaging.reading.opening import open_picture
from chalicelib.imaging.writing.encode import encode
from tests.tools.benchmarks.comparison import asked
from tests.tools.benchmarks.our_worker import planned
from tests.tools.benchmarks.tasks import Task

STAGES = "open", "decode", "resize", "draw", "encode"
_ROUNDS = 5


def rows(tasks: Iterable[Task], inputs: Mapping[str, Path]) -> Iterator[str]:
    """Yield a line for each task that makes a still."""
    for task in tasks:
        source = inputs[task.step or task.source]
        plan = planned(str(source), asked(task))
        if not plan.animated:
            taken = [_measured(source.read_bytes(), plan) for _ in range(_ROUNDS + 1)][1:]
            medians = (median(stage) for stage in zip(*taken, strict=True))
            yield f"{task.name:52} | " + " | ".join(f"{milliseconds:7.1f}" for milliseconds in medians)


def _measured(data: bytes, plan: RenderPlan) -> list[float]:
    times = [process_time()]
    picture = open_picture(data, Limits())
    times.append(process_time())
    decoded = decode(picture, plan)
    times.append(process_time())
    frame = at_size(decoded, plan)
    times.append(process_time())
    drawn = draw(frame, plan, NO_DEADLINE)
    times.append(process_time())
    encode(drawn, plan)
    times.append(process_time())
    return [(end - begin) * 1000 for begin, end in pairwise(times)]
