"""What a stage spared the Jellyfin server behind it this month, learned from the log."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from rich.filesize import decimal

from chalicelib.telemetry.metrics import Metric
from infra.operations.logs import events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mypy_boto3_logs import CloudWatchLogsClient

_PATTERN = '"upstream"'
"""The name of a note in the line of each request in which that server played a part."""
_COUNTED = (
    Metric.UPSTREAM_REQUESTS,
    Metric.UPSTREAM_FAILURES,
    Metric.STALE_ANSWERS,
    Metric.UPSTREAM_BYTES_SAVED,
)


@dataclass(frozen=True, slots=True)
class Savings:
    """Sums: answers that came from here and their bytes, and how often the server was asked."""

    answers: int
    size: int
    asked: int
    failed: int
    stale: int

    @classmethod
    def of(cls, messages: Iterable[str]) -> Self:
        """Add up log lines; whatever is no line of a request does not count."""
        sums: Counter[str] = Counter()
        for line in map(_line, messages):
            sums["answers"] += Metric.UPSTREAM_BYTES_SAVED in line
            for metric in _COUNTED:
                sums[metric] += int(line.get(metric, 0))
        return cls(
            sums["answers"],
            sums[Metric.UPSTREAM_BYTES_SAVED],
            sums[Metric.UPSTREAM_REQUESTS],
            sums[Metric.UPSTREAM_FAILURES],
            sums[Metric.STALE_ANSWERS],
        )

    def __str__(self) -> str:
        return (
            f"In front of Jellyfin this month: {decimal(self.size)} in {self.answers:,} answers did not come from "
            f"that server. It was asked {self.asked:,} times and failed {self.failed:,} times; {self.stale:,} "
            "answers were of what was stored while it did not answer."
        )


NOTHING = Savings(0, 0, 0, 0, 0)
"""Of a stage with a library of its own."""


def logged_this_month(client: CloudWatchLogsClient, stack: str, now: datetime) -> Iterator[str]:
    """Yield the log lines about that server since the first of the month, UTC; the log goes back 30 days."""
    begin = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for _, _, _, message in events(client, stack, int(begin.timestamp() * 1000), _PATTERN):
        yield message


def _line(message: str) -> dict[str, float]:
    try:
        line = json.loads(message)
    except ValueError:
        return {}
    return line if isinstance(line, dict) else {}
