"""The time for a sweep has come: every hour goes on with one that was not done, or begins the day's."""

import logging
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.container import container
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.sweep.report import Progress
from chalicelib.telemetry import json_logs
from chalicelib.telemetry.invocation import begin_invocation

json_logs.configure()
blueprint = Blueprint(__name__)

_SECONDS_TO_SAVE = 5.0
_log = logging.getLogger(__name__)


@blueprint.schedule("rate(1 hour)", name="sweep")
def hour_passed(event: CloudWatchEvent) -> dict[str, Any]:
    """Sweep for as long as the function may run; returns the figures so far."""
    context: Any = event.context
    begin_invocation(context)
    deadline = Deadline.after(context.get_remaining_time_in_millis() / 1000 - _SECONDS_TO_SAVE)
    if (progress := _under_way() or _begun()) is None:
        return {}
    is_done = False
    try:
        is_done = container().sweep.run(progress, deadline)
    finally:
        _leave_word(progress, is_done=is_done)
    return progress.report()


def _under_way() -> Progress | None:
    left = container().adapters.sweep_progress.load()
    return Progress.from_json(left) if left else None


def _begun() -> Progress | None:
    """Begin a sweep in its hour; it is remembered at once, so that another call goes on if this one dies."""
    if container().adapters.clock.now().hour != container().settings.sweep_hour:
        return None
    progress = Progress()
    container().adapters.sweep_progress.save(progress.to_json())
    return progress


def _leave_word(progress: Progress, *, is_done: bool) -> None:
    """Remember how far the sweep has come; what a batch that failed had counted is counted again with it."""
    if is_done:
        progress.finished = container().adapters.clock.now()
        container().adapters.sweep_progress.finish(progress.to_json())
    else:
        container().adapters.sweep_progress.save(progress.to_json())
    _log.info("sweep done" if is_done else "sweep goes on later", extra={"fields": progress.report()})
