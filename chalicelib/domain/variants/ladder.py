"""The ladder: smaller copies of an original, made on arrival, from which small variants are made."""

from collections.abc import Iterable
from math import ceil

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.heads import ServableImage
from chalicelib.domain.images.images import ImageFacts, Step
from chalicelib.domain.variants.plan import RenderPlan, make_step_plan

STEP_VERSION = 3
"""Raised when steps are made differently; a step of another version is never used."""

STEPS = "steps/"
"""What the keys of all steps begin with."""

_LEAST_SHRINK = 4 / 3
"""How much larger than the variant a step must be; as large as it is, encoding twice costs 0.02 of SSIM more."""

_ENCODING = {
    ImageFormat.JPG: 1,
    ImageFormat.WEBP: 5,
    ImageFormat.PNG: 6,
    ImageFormat.GIF: 7,
    ImageFormat.AVIF: 8,
}
"""What a written pixel costs by its format, in pixels read of a JPEG: measured at 40 megapixels of native size."""


def parse_ladder(text: str) -> tuple[int, ...]:
    """Read long sides in pixels, with commas between them; returns them from large to small."""
    return tuple(sorted({int(side) for side in text.split(",") if side.strip()}, reverse=True))


def step_prefix(tag: str) -> str:
    """Return what the keys of all steps of one stored image begin with, whatever their version."""
    return f"{STEPS}{tag}/"


def plan_steps(tag: str, facts: ImageFacts, ladder: Iterable[int]) -> tuple[tuple[str, RenderPlan], ...]:
    """Return the key and the plan of each step that a picture needs, from large to small."""
    sides = ((side, make_step_plan(facts, side)) for side in ladder)
    return tuple((_step_key(tag, side, plan), plan) for side, plan in sides if plan)


def best_step(image: ServableImage, plan: RenderPlan) -> Step | None:
    """Return the smallest step from which a variant is as good as from the original, None when none is."""
    if plan.animated or image.details is None:
        return None
    good = (step for step in image.details.steps if _is_good(step, image.tag, plan))
    return min(good, key=lambda step: step.width * step.height, default=None)


def work(image: ServableImage, plan: RenderPlan) -> int:
    """Return how much work a variant is, at least 1: megapixels read, and those written by their format."""
    step = best_step(image, plan)
    frames = image.facts.frames if plan.animated else 1
    read = step.width * step.height if step else image.facts.width * image.facts.height * frames
    written = plan.width * plan.height * frames * _ENCODING[plan.format]
    return ceil((read + written) / 1_000_000)


def _is_good(step: Step, tag: str, plan: RenderPlan) -> bool:
    is_large = step.width >= plan.width * _LEAST_SHRINK and step.height >= plan.height * _LEAST_SHRINK
    return is_large and step.key.startswith(_version_prefix(tag))


def _step_key(tag: str, side: int, plan: RenderPlan) -> str:
    return f"{_version_prefix(tag)}{side}.{plan.format.extension}"


def _version_prefix(tag: str) -> str:
    return f"{step_prefix(tag)}v{STEP_VERSION}-"
