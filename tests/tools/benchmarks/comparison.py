"""One task measured: both sides in turns, medians, bytes and likeness to a reference."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from PIL import Image

from tests.tools.benchmarks.corpora import CACHE
from tests.tools.benchmarks.similarity import ssim
from tests.tools.benchmarks.tasks import TASKS, Task
from tests.tools.benchmarks.workers import Sample, Worker, our_command, sharp_command


@dataclass(frozen=True, slots=True)
class Figures:
    """One side of a task: median milliseconds, bytes and SSIM of the output, peak MiB of the process."""

    cpu: float
    wall: float
    size: int
    ssim: float
    memory: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides of a task; the ratio is of core time, which other processes disturb least."""

    task: Task
    ours: Figures
    sharp: Figures

    @property
    def ratio(self) -> float:
        """Return our core time by sharp's."""
        return self.ours.cpu / self.sharp.cpu

    @property
    def is_as_good(self) -> bool:
        """Tell whether ours has no more bytes (2 %) and no less likeness (0.005)."""
        return self.ours.size <= self.sharp.size * 1.02 and self.ours.ssim >= self.sharp.ssim - 0.005


def compare(number: int, inputs: Mapping[str, Path], sharp: Path) -> Comparison:
    """Measure a task by its number; each side starts anew and makes one picture that is not counted."""
    task = TASKS[number]
    targets = CACHE / "bench-ours", CACHE / "bench-sharp"
    sources = str(inputs[task.step or task.source]), str(inputs[task.source])
    samples: tuple[list[Sample], list[Sample]] = [], []
    with ExitStack() as stack:
        workers = [
            stack.enter_context(Worker.started(command)) for command in (our_command(), sharp_command(sharp))
        ]
        orders: tuple[dict[str, object], ...] = {"task": number}, {"call": asdict(task.sharp)}
        for _ in range(task.rounds + 1):
            for worker, order, source, target, taken in zip(
                workers, orders, sources, targets, samples, strict=True
            ):
                taken.append(worker.order(source=source, target=str(target), **order))
    reference = _reference(task, inputs[task.source])
    ours, theirs = (
        _figures(taken, target, reference) for taken, target in zip(samples, targets, strict=True)
    )
    return Comparison(task, ours, theirs)


def _reference(task: Task, source: Path) -> Image.Image:
    with Image.open(source) as image:
        return image.convert("RGBA").resize((task.sharp.width, task.sharp.height), Image.Resampling.LANCZOS)


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
