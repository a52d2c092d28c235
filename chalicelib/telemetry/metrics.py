"""Metrics in CloudWatch's embedded format: a log line that names its numbers becomes metrics, without a call.

The format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from chalicelib.telemetry.ledger import Ledger

NAMESPACE = "JellyfinImages"

_REFUSED = frozenset({400, 401, 403, 409, 411, 413, 415, 429})


class Metric(StrEnum):
    """What is measured; all but times and bytes count."""

    HITS = "Hits"
    MISSES = "Misses"
    RENDER_TIME = "RenderTime"
    REFUSALS = "Refusals"
    EVENT_AGE = "EventAge"
    PROVIDER_FAILURES = "RemoteImageProviderFailures"
    UPSTREAM_REQUESTS = "UpstreamRequests"
    UPSTREAM_FAILURES = "UpstreamFailures"
    STALE_ANSWERS = "StaleAnswers"
    UPSTREAM_BYTES_SAVED = "UpstreamBytesSaved"

    @property
    def unit(self) -> str:
        """Return CloudWatch's name of the unit."""
        if self is Metric.UPSTREAM_BYTES_SAVED:
            return "Bytes"
        return "Milliseconds" if self in {Metric.RENDER_TIME, Metric.EVENT_AGE} else "Count"


def of_request(spent: Ledger, status: int) -> dict[Metric, float]:
    """Return the metrics of a request: pictures that were stored before, or not, and requests that were refused."""
    counts = {
        Metric.HITS: spent.notes.get("cache") == "hit",
        Metric.MISSES: spent.notes.get("cache") == "miss",
        Metric.REFUSALS: status in _REFUSED,
        Metric.UPSTREAM_REQUESTS: "upstream_asked" in spent.notes,
        Metric.UPSTREAM_FAILURES: "upstream_error" in spent.notes,
        Metric.STALE_ANSWERS: spent.notes.get("upstream") == "stale",
    }
    return _counted(counts) | _saved(spent) | _render_time(spent)


def of_event(spent: Ledger, age_ms: float) -> dict[Metric, float]:
    """Return the metrics of a message of the queue: how long it waited, and files that were refused."""
    counts = {Metric.REFUSALS: spent.notes.get("ticket") == "Refused"}
    return {Metric.EVENT_AGE: max(age_ms, 0.0)} | _counted(counts) | _render_time(spent)


def embedded(values: Mapping[Metric, float], function: str, now_ms: int) -> dict[str, Any]:
    """Return the fields that make a log line carry metrics, of one function by its name; none for no values."""
    return _fields(values, "FunctionName", function, now_ms) if values else {}


def of_provider_failure(provider: str, now_ms: int) -> dict[str, Any]:
    """Return the fields that make a log line count one failure of a provider of artwork."""
    return _fields({Metric.PROVIDER_FAILURES: 1}, "Provider", provider, now_ms)


def _fields(values: Mapping[Metric, float], dimension: str, name: str, now_ms: int) -> dict[str, Any]:
    description = {
        "Namespace": NAMESPACE,
        "Dimensions": [[dimension]],
        "Metrics": [{"Name": metric.value, "Unit": metric.unit} for metric in values],
    }
    return {
        "_aws": {"Timestamp": now_ms, "CloudWatchMetrics": [description]},
        dimension: name,
        **{metric.value: round(value, 1) for metric, value in values.items()},
    }


def _counted(counts: Mapping[Metric, bool]) -> dict[Metric, float]:
    return {metric: 1 for metric, is_so in counts.items() if is_so}


def _saved(spent: Ledger) -> dict[Metric, float]:
    """Return the bytes that were answered without having come from the Jellyfin server for this request."""
    saved = spent.notes.get("saved")
    return {Metric.UPSTREAM_BYTES_SAVED: saved} if isinstance(saved, int) else {}


def _render_time(spent: Ledger) -> dict[Metric, float]:
    seconds = spent.seconds.get("render")
    return {} if seconds is None else {Metric.RENDER_TIME: seconds * 1000}
