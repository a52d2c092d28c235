"""What clients ask for most, learned from the log, as the setting that makes it beforehand."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from time import time
from typing import TYPE_CHECKING, Any

from rich.table import Table

from infra.operations.logs import events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mypy_boto3_logs import CloudWatchLogsClient
    from rich.console import Console

_FUNCTION = "APIHandler"
_PATTERN = '"asked"'
_MS_PER_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Ask:
    """An entry of the setting `POPULAR`, how many requests asked for it, and of how many different images."""

    entry: str
    requests: int
    images: int


def asks(messages: Iterable[str]) -> list[Ask]:
    """Count what log lines say was asked for, that of the most images first."""
    requests: Counter[str] = Counter()
    images: defaultdict[str, set[str]] = defaultdict(set)
    for line in _lines(messages):
        requests[line["asked"]] += 1
        images[line["asked"]].add(line["of"])
    counted = (Ask(entry, count, len(images[entry])) for entry, count in requests.items())
    return sorted(counted, key=lambda ask: (-ask.images, -ask.requests, ask.entry))


def logged(client: CloudWatchLogsClient, stack: str, days: int) -> Iterator[str]:
    """Yield the log lines of requests for variants in the last days."""
    since = int(time() * 1000) - days * _MS_PER_DAY
    for _, _, function, message in events(client, stack, since, _PATTERN):
        if function == _FUNCTION:
            yield message


def show(console: Console, found: Sequence[Ask], stage: str) -> None:
    """Print the most wanted, and the setting that makes them of new images before anybody asks."""
    if not found:
        console.print("Nobody has asked for a variant in that time.")
        return
    table = Table("asked for", title="Most wanted variants")
    for heading in ("images", "requests"):
        table.add_column(heading, justify="right")
    for ask in found:
        table.add_row(ask.entry, f"{ask.images:,}", f"{ask.requests:,}")
    console.print(table)
    console.print("Make them of new images before anybody asks:")
    verb = f"jellyfin-images deploy {stage}" if stage else "jellyfin-images up"
    setting = " ".join(ask.entry for ask in found)
    console.print(f"POPULAR='{setting}' {verb}", markup=False, highlight=False, soft_wrap=True)


def _lines(messages: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the lines of requests; others may have the word in them."""
    for message in messages:
        try:
            line = json.loads(message)
        except ValueError:
            continue
        if isinstance(line, dict) and "asked" in line and "of" in line:
            yield line
