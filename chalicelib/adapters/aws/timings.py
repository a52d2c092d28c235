"""How calls of AWS enter the log line."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from chalicelib.telemetry.ledger import record


def record_timings[C: Any](client: C) -> C:
    """Let every call of a client enter the open ledger by service and operation, such as `s3.GetObject`."""
    service = client.meta.service_model.service_name
    client.meta.events.register("before-call", _started)
    client.meta.events.register("after-call", _finished(service))
    client.meta.events.register("after-call-error", _finished(service))
    return client


def _started(context: dict[str, Any], **_: object) -> None:
    context["started"] = perf_counter()


def _finished(service: str) -> Callable[..., None]:
    def finish(context: dict[str, Any], event_name: str, **_: object) -> None:
        operation = event_name.rpartition(".")[2]
        record(f"{service}.{operation}", perf_counter() - context.get("started", perf_counter()))

    return finish
