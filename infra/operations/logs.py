"""Follow what the functions log: of a stage in AWS, or of the service that runs on this machine."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import boto3

from infra.deployment.cloud import use_cloud
from infra.deployment.deploy import stack_name
from infra.local.service import Service

if TYPE_CHECKING:
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


def main() -> None:
    """Follow from the command line until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m infra.operations.logs", description=__doc__)
    parser.add_argument("stage", nargs="?", help="the local service when absent")
    parser.add_argument("--minutes", type=int, default=10, help="how far to look back at first")
    chosen = parser.parse_args()
    stack = stack_name(chosen.stage) if chosen.stage else _local_stack()
    with contextlib.suppress(KeyboardInterrupt):
        follow(boto3.client("logs"), stack, chosen.minutes)


def _local_stack() -> str:
    if (service := Service.read(Path(os.environ.get("RUN_DIR", ".run")))) is None:
        sys.exit("Nothing runs here: make up, or make logs STAGE=…")
    use_cloud(service.endpoint_url)
    return service.stack


if __name__ == "__main__":
    main()
