"""Follow what the functions log: of a stage in AWS, or of the service that runs on this machine."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING

import boto3

from infra.operations.deployment import Deployment

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from mypy_boto3_logs import CloudWatchLogsClient

OVERLAP_MS = 10_000
"""Events may be listed some seconds after their time, so each look goes back a little."""


def events(
    client: CloudWatchLogsClient, stack: str, since_ms: int, pattern: str = ""
) -> Iterator[tuple[int, str, str, str]]:
    """Yield time (ms since 1970), id, function and message of what a stack's functions logged, oldest first.

    A pattern is CloudWatch's, such as a word that messages must have.
    """
    prefix = f"/aws/lambda/{stack}-"
    for groups in client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=prefix):
        for group in groups["logGroups"]:
            name = group["logGroupName"]
            pages = client.get_paginator("filter_log_events").paginate(
                logGroupName=name, startTime=since_ms, filterPattern=pattern
            )
            for page in pages:
                for event in page["events"]:
                    function = name.removeprefix(prefix).split("-")[0]
                    yield event["timestamp"], event["eventId"], function, event["message"].rstrip()


def follow(client: CloudWatchLogsClient, stack: str, minutes: int) -> None:
    """Print the last minutes, then whatever comes, until interrupted."""
    seen: set[str] = set()
    since = int(time.time() * 1000) - minutes * 60_000
    while True:
        for at, event, function, message in sorted(events(client, stack, since), key=itemgetter(0)):
            if event not in seen:
                seen.add(event)
                since = max(since, at - OVERLAP_MS)
                print(
                    f"{datetime.fromtimestamp(at / 1000, UTC):%H:%M:%S} {function:10} {message}", flush=True
                )
        time.sleep(1)


def follow_logs(options: argparse.Namespace) -> None:
    """Follow the logs of a stage until Ctrl-C."""
    deployment = Deployment.of_stage(options.stage)
    with contextlib.suppress(KeyboardInterrupt):
        follow(boto3.client("logs"), deployment.stack, options.minutes)
