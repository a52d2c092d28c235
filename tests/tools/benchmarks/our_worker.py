"""Runs our renderer."""

import json
from collections.abc import Callable
from functools import cache

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import RenderPlan, make_plan
from chalicelib.imaging.renderer import PillowRenderer
from tests.tools.benchmarks.ordered import Order, load, make_until_end

_RENDERER = PillowRenderer()


@cache
def planned(source: str, options: str) -> RenderPlan:
    """Return the plan of options in JSON for a file."""
    asked = json.loads(options)
    asked["format"] = RequestedFormat(asked["format"])
    plan = make_plan(_RENDERER.probe(load(source)), ImageProcessingOptions(**asked))
    if plan is None:
        message = f"{options} of {source} changes nothing"
        raise ValueError(message)
    return plan


def _prepared(order: Order) -> Callable[[], bytes]:
    data, plan = load(order["source"]), planned(order["source"], order["options"])
    return lambda: _RENDERER.render(data, plan, NO_DEADLINE).data


if __name__ == "__main__":
    make_until_end(_prepared)
