"""`make seeded COUNT=100000`: add a library of music to the running service, as the rows that writes leave."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import boto3

from chalicelib.adapters.dynamodb.library.marks import announce
from chalicelib.adapters.dynamodb.library.places import place_partition, segment_key, segment_partition
from chalicelib.adapters.dynamodb.library.totals import OF_A_TYPE, TOTALS, TOTALS_SK
from chalicelib.adapters.dynamodb.table.models import bind
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.listings import ALBUM_ARTISTS, EVERYWHERE, Listing, Sorting
from chalicelib.domain.library.mentions import ScopeAndKind
from infra.deployment.cloud import use_cloud
from infra.local.service import Service
from tests.tools.growth.music import item_id, music
from tests.tools.growth.rows import rows_of

_SHARED = (
    *(Listing("", ItemType.COLLECTION_FOLDER, sorting) for sorting in Sorting),
    Listing("", ItemType.MUSIC_ARTIST),
    *(Listing("", kind) for kind in (ItemType.MUSIC_GENRE, ItemType.STUDIO, ItemType.PERSON)),
    Listing(EVERYWHERE, ALBUM_ARTISTS),
)
"""Listings in which items of other libraries stand, too: their segments are counted anew."""

_STATE = {"S": "library"}
"""The partition of what is known of all items: of those that were there before, too."""

_ROWS_OF_A_CALL = 25
_AT_ONCE = 4
_TOLD_EVERY = 20_000
_PAUSES = (0.1, 0.2, 0.5, 1, 2, 4, 8)
_MANY = 100_000


def main() -> None:
    """Seed the service of RUN_DIR with as many tracks as the command line says."""
    tracks = int(sys.argv[1])
    if (service := Service.read(Path(os.environ.get("RUN_DIR", ".run")))) is None:
        sys.exit("No service is running. Start one: make up")
    use_cloud(service.endpoint_url)
    client = boto3.client("dynamodb")
    if list(_keys(client, service.table, f"item#{item_id('top')}")):
        sys.exit("The service is seeded already. Delete its library 'Made-up music' to seed it again.")
    print(f"Seeding {tracks:,} tracks. Let nobody else write meanwhile …")
    begun = monotonic()
    written = seed(client, service.table, tracks)
    bind(service.table)
    announce(datetime.now(UTC))
    _tell(tracks, written, monotonic() - begun)


def seed(client: Any, table: str, tracks: int) -> int:  # noqa: ANN401  # boto3 makes clients without a type
    """Write all rows; return how many."""
    is_new = not list(_keys(client, table, "children#top"))
    known = {listing: _forget_segments(client, table, listing) for listing in _SHARED}
    rows = rows_of(music(tracks), known, _counted(client, table))
    rows = (row for row in rows if is_new or row["pk"] != _STATE)
    written = 0
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for some in batched(rows, _TOLD_EVERY, strict=False):
            calls = batched(some, _ROWS_OF_A_CALL, strict=False)
            list(pool.map(lambda rows: _write(client, table, rows), calls))
            written += len(some)
            print(f"{written:,} rows", flush=True)
    return written


def _tell(tracks: int, rows: int, seconds: float) -> None:
    print(
        f"{tracks:,} tracks are {rows:,} rows, written in {seconds:,.0f} s, {rows / seconds:,.0f} a second."
    )
    if tracks < _MANY:
        print(f"At that pace {_MANY:,} tracks take {seconds / tracks * _MANY / 60:,.0f} minutes.")


def _forget_segments(client: Any, table: str, listing: Listing) -> list[str]:  # noqa: ANN401  # as above
    """Delete the segments of a listing; return the keys of its places, from which they are made anew."""
    for start in _keys(client, table, segment_partition(listing), segment_key(listing, "")):
        client.delete_item(TableName=table, Key={"pk": {"S": segment_partition(listing)}, "sk": {"S": start}})
    return list(_keys(client, table, place_partition(listing)))


def _counted(client: Any, table: str) -> Mapping[ScopeAndKind, int]:  # noqa: ANN401  # as above
    """Return how many items of each type there are that stand in no library."""
    key = {"pk": {"S": TOTALS}, "sk": {"S": TOTALS_SK}}
    row = client.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item", {})
    counts = {name.removeprefix(OF_A_TYPE): row[name]["N"] for name in row if name.startswith(OF_A_TYPE)}
    return {("", kind): int(count) for kind, count in counts.items()}


def _keys(client: Any, table: str, partition: str, beginning: str = "") -> Iterator[str]:  # noqa: ANN401  # as above
    """Yield the sort keys of a partition that begin so."""
    pages = client.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": partition}},
        ConsistentRead=True,
    )
    keys: Iterable[str] = (row["sk"]["S"] for page in pages for row in page["Items"])
    return (key for key in keys if key.startswith(beginning))


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
