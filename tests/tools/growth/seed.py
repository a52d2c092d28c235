"""`make seeded COUNT=100000`: fill an empty library with music, by the rows that its writes would leave."""

import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import batched
from pathlib import Path
from time import sleep
from typing import Any

import boto3

from infra.deployment.cloud import use_cloud
from infra.deployment.stack import Stack
from infra.local.service import Service
from tests.tools.growth.music import music
from tests.tools.growth.rows import rows_of

_ROWS_OF_A_CALL = 25
_AT_ONCE = 4
_TOLD_EVERY = 20_000
_PAUSES = (0.1, 0.2, 0.5, 1, 2, 4, 8)


def main() -> None:
    """Seed the service of RUN_DIR with as many tracks as the command line says."""
    tracks = int(sys.argv[1])
    if (service := Service.read(Path(os.environ.get("RUN_DIR", ".run")))) is None:
        sys.exit("No service is running. Start one: make up")
    use_cloud(service.endpoint_url)
    client = boto3.client("dynamodb")
    table = Stack(boto3.client("cloudformation"), service.stack).outputs()["Table"]
    if _holds_items(client, table):
        sys.exit(
            "The library is not empty, and seeding would miscount what is there. Empty it: make reset up"
        )
    print(f"Seeding {tracks:,} tracks …")
    written = 0
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for some in batched(rows_of(music(tracks)), _TOLD_EVERY, strict=False):
            calls = batched(some, _ROWS_OF_A_CALL, strict=False)
            list(pool.map(lambda rows: _write(client, table, rows), calls))
            written += len(some)
            print(f"{written:,} rows", flush=True)


def _holds_items(client: Any, table: str) -> bool:  # noqa: ANN401  # boto3 makes clients without a type
    found = client.query(
        TableName=table,
        KeyConditionExpression="pk = :top",
        ExpressionAttributeValues={":top": {"S": "children#top"}},
        Limit=1,
    )
    return bool(found["Items"])


def _write(client: Any, table: str, rows: Sequence[Mapping[str, Any]]) -> None:  # noqa: ANN401  # as above
    """Write a batch; what DynamoDB left out for want of capacity is written again, after a pause."""
    left: Any = {table: [{"PutRequest": {"Item": row}} for row in rows]}
    for pause in (*_PAUSES, None):
        left = client.batch_write_item(RequestItems=left)["UnprocessedItems"]
        if not left:
            return
        if pause is None:
            sys.exit("DynamoDB stayed too busy. Empty the library and seed again.")
        sleep(pause)


if __name__ == "__main__":
    main()
