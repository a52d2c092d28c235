"""The time for a sweep has come: every hour goes on with one that ran out of time, or begins the day's."""

import logging
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib import json_logs
from chalicelib.container import container
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.sweep_report import Progress

json_logs.configure()
blueprint = Blueprint(__name__)

_SECONDS_TO_SAVE = 5.0
_log = logging.getLogger(__name__)


@blueprint.schedule("rate(1 hour)", name="sweep")
def handle_time(event: CloudWatchEvent) -> dict[str, Any]:
    """Sweep for as long as the function may run; returns the figures so far."""
    context: Any = event.context
    deadline = Deadline.after(context.get_remaining_time_in_millis() / 1000 - _SECONDS_TO_SAVE)
    memory = container().sweep_memory
    left = memory.load()
    if left is None and container().clock.now().hour != container().settings.sweep_hour:
        return {}
    progress = Progress.from_json(left) if left else Progress()
    if container().sweep.run(progress, deadline):
        memory.clear()
        _log.info("sweep done", extra={"fields": progress.report()})
    else:
        memory.save(progress.to_json())
        _log.info("sweep goes on later", extra={"fields": progress.report()})
    return progress.report()
