"""One task measured: all sides in turns, medians, bytes and likeness to a reference."""

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from PIL import Image

from tests.tools.benchmarks.corpora import CACHE
from tests.tools.benchmarks.similarity import ssim
from tests.tools.benchmarks.tasks import Task
from tests.tools.benchmarks.workers import OURS, SKIA, Sample, Side, Worker

_MOST_BYTES, _LEAST_LIKENESS = 1.02, -0.005


@dataclass(frozen=True, slots=True)
class Figures:
    """One side of a task: median milliseconds, bytes and SSIM of the output, peak MiB of the process."""

    cpu: float
    wall: float
    size: int
    ssim: float
    memory: float


@dataclass(frozen=True, slots=True)
class Against:
    """Our side by a peer's: core time, which other processes disturb least, and bytes; SSIM less theirs.

    `memory` is the peak MiB of the peer's process.
    """

    ratio: float
    bytes: float
    ssim: float
    memory: float

    @property
    def is_comparable(self) -> bool:
        """Tell whether ours has no more bytes (2 %) and no less likeness (0.005); else time says nothing."""
        return self.bytes <= _MOST_BYTES and self.ssim >= _LEAST_LIKENESS


@dataclass(frozen=True, slots=True)
class Comparison:
    """All sides of a task, by name."""

    task: Task
    sides: Mapping[str, Figures]

    @property
    def ours(self) -> Figures:
        """Return our side."""
        return self.sides[OURS]

    def against(self, peer: str) -> Against | None:
        """Return our side by a peer's, None where the peer does not do the task."""
        if peer not in self.sides:
            return None
        theirs = self.sides[peer]
        ratio, size = self.ours.cpu / theirs.cpu, self.ours.size / theirs.size
        return Against(ratio, size, self.ours.ssim - theirs.ssim, theirs.memory)


def compare(task: Task, sides: Sequence[Side], inputs: Mapping[str, Path]) -> Comparison:
    """Measure a task; each side starts anew and makes one picture that is not counted."""
    taking = [side for side in sides if side.name != SKIA or task.is_jellyfins]
    samples: dict[str, list[Sample]] = {side.name: [] for side in taking}
    with ExitStack() as stack:
        workers = [(side, stack.enter_context(Worker.started(side))) for side in taking]
        for _ in range(task.rounds + 1):
            for side, worker in workers:
                samples[side.name].append(worker.order(**_order(side, task, inputs)))
    reference = _reference(task, inputs[task.source])
    return Comparison(
        task, {name: _figures(taken, _target(name), reference) for name, taken in samples.items()}
    )


def asked(task: Task) -> str:
    """Return the options of a task, in JSON."""
    stated = {name: value for name, value in asdict(task.options).items() if value and name != "accepted"}
    return json.dumps(stated)


def _order(side: Side, task: Task, inputs: Mapping[str, Path]) -> dict[str, object]:
    target = str(_target(side.name))
    if side.is_ours:
        source = str(inputs[task.step or task.source])
        return {"source": source, "target": target, "options": asked(task)}
    return {"source": str(inputs[task.source]), "target": target, "call": asdict(task.peer)}


def _target(name: str) -> Path:
    return CACHE / f"bench-{name.replace(' ', '-')}"


def _reference(task: Task, source: Path) -> Image.Image:
    with Image.open(source) as image:
        return image.convert("RGBA").resize((task.peer.width, task.peer.height), Image.Resampling.LANCZOS)


def _figures(samples: list[Sample], output: Path, reference: Image.Image) -> Figures:
    counted = samples[1:]
    with Image.open(output) as image:
        likeness = ssim(reference, image)
    return Figures(
        median(sample.cpu for sample in counted),
        median(sample.wall for sample in counted),
        output.stat().st_size,
        likeness,
        samples[-1].memory,
    )
