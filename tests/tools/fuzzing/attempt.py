"""What is done with each file, as an upload and a few requests would."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.variants.options import NEGOTIABLE, ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import make_plan
from chalicelib.errors import ServiceError
from chalicelib.imaging.renderer import PillowRenderer

_SECONDS = 25
_RENDERER = PillowRenderer()
_REQUESTS = (
    ImageProcessingOptions(max_width=60, accepted=NEGOTIABLE, unplayed_count=5),
    ImageProcessingOptions(format=RequestedFormat.JPG, fill_width=12, background_color="#369"),
    ImageProcessingOptions(format=RequestedFormat.GIF, blur=3, percent_played=50),
)


def attempt(data: bytes) -> Counter[str]:
    """Probe, verify, render and describe; count how each ended. Raises what is not ours."""
    outcomes = Counter[str]()
    for name, step in _steps(data):
        try:
            step()
        except ServiceError as error:
            outcomes[f"{name}: {type(error).__name__}"] += 1
        else:
            outcomes[f"{name}: done"] += 1
    return outcomes


def _steps(data: bytes) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "probe", partial(_RENDERER.probe, data)
    yield "verify", partial(_RENDERER.verify, data, Deadline.after(_SECONDS))
    yield "describe", partial(_RENDERER.describe, data, Deadline.after(_SECONDS))
    for number, options in enumerate(_REQUESTS):
        yield f"render {number}", partial(_render, data, options)


def _render(data: bytes, options: ImageProcessingOptions) -> None:
    if plan := make_plan(_RENDERER.probe(data), options):
        made = _RENDERER.render(data, plan, Deadline.after(_SECONDS)).data
        facts = _RENDERER.probe(made)
        if (facts.width, facts.height) != plan.size:
            message = f"asked for {plan.size}, got {facts}"
            raise AssertionError(message)
