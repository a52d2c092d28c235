"""Deliver functions' logs to CloudWatch Logs as Lambda does: many lines at once, a moment later.

LocalStack makes a call for each invocation, and that was half of what a request cost the emulator; a call of many
lines is costly for each of them, too.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from queue import Empty, Queue
from typing import Any

from localstack.aws.connect import connect_to
from localstack.services.lambda_.invocation.logs import LogHandler, LogItem
from localstack.utils.aws.client_types import ServicePrincipal
from localstack.utils.patch import patch
from moto.logs.models import LogsBackend, logs_backends

LOG = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
MOST_EVENTS = 5_000
"""Below the 10,000 that PutLogEvents takes, by what one invocation may add."""

type Stream = tuple[str, str]
"""Names of a log group and of a stream in it."""
type Events = Sequence[Mapping[str, Any]]


def apply_patches() -> None:
    """Change the class in place, once per process."""

    @patch(target=LogHandler.run_log_loop)
    def run_log_loop(_: Callable[..., None], handler: LogHandler, *_args: object, **_options: object) -> None:
        logs = connect_to.with_assumed_role(
            region_name=handler.region,
            role_arn=handler.role_arn,
            service_principal=ServicePrincipal.lambda_,
        ).logs
        backend, is_open = logs_backends[handler.role_arn.split(":")[4]][handler.region], True
        while is_open:
            found, is_open = gather(handler.log_queue)
            for (group, stream), events in found.items():
                _deliver(logs, backend, group, stream, events)


def gather(queue: "Queue[Any]", seconds: float = PAUSE_SECONDS) -> tuple[Mapping[Stream, Events], bool]:
    """Wait for logs and take what comes within so long after the first; False once the queue has ended."""
    found: defaultdict[Stream, list[Mapping[str, Any]]] = defaultdict(list)
    item, count, deadline = queue.get(), 0, time.monotonic() + seconds
    while isinstance(item, LogItem):
        now = int(time.time() * 1000)
        lines = [line for line in item.logs.split("\n") if line]
        found[item.log_group, item.log_stream] += [
            {"timestamp": now, "message": f"{line}\n"} for line in lines
        ]
        count += len(lines)
        left = deadline - time.monotonic()
        if left <= 0 or count >= MOST_EVENTS:
            return found, True
        try:
            item = queue.get(timeout=left)
        except Empty:
            return found, True
    return found, False


def _deliver(logs: Any, backend: LogsBackend, group: str, stream: str, events: Events) -> None:  # noqa: ANN401  # a client
    """Send the first line as the function's role, which must be allowed to; the others go with it at once."""
    first = {"logGroupName": group, "logStreamName": stream, "logEvents": events[:1]}
    try:
        try:
            logs.put_log_events(**first)
        except logs.exceptions.ResourceNotFoundException:
            _make(logs, group, stream)
            logs.put_log_events(**first)
        if rest := events[1:]:
            backend.put_log_events(group, stream, rest)
    except Exception as error:  # noqa: BLE001  # whatever it is, the next lines may fare better
        LOG.warning("Logs of %s were lost: %s", group, error)


def _make(logs: Any, group: str, stream: str) -> None:  # noqa: ANN401  # a client
    with suppress(logs.exceptions.ResourceAlreadyExistsException):
        logs.create_log_group(logGroupName=group)
    logs.create_log_stream(logGroupName=group, logStreamName=stream)
