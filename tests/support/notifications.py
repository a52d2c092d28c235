"""S3 and SQS in a function: hands the event handler the messages that a change of the bucket brings about."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote_plus

from chalicelib.events.originals import originals_changed
from tests.support.fakes.world import World
from tests.support.gateway import Context

HOUR: dict[str, Any] = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "account": "123456789012",
    "region": "us-east-1",
    "detail": {},
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "time": "2026-11-22T03:00:00Z",
    "resources": ["arn:aws:events:us-east-1:123456789012:rule/sweep"],
}
"""What the schedule of the sweep sends."""


def deliver(*keys: str) -> list[str]:
    """Announce new objects in one batch; returns the keys whose messages must come back."""
    answer = originals_changed(batch(map(created, keys)), Context())
    return [keys[int(failure["itemIdentifier"])] for failure in answer["batchItemFailures"]]


def deliver_all(world: World) -> list[str]:
    """Announce whatever lies in the store of originals."""
    return deliver(*world.blobs_of_originals.keys)


def created(key: str) -> dict[str, Any]:
    """Build S3's message about a new object; keys in it are form-encoded."""
    bucket = {"name": "originals", "arn": "arn:aws:s3:::originals"}
    thing = {"key": quote_plus(key, safe="/"), "size": 1, "versionId": "1", "sequencer": "0055AED6DCD90281E5"}
    record = {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": "us-east-1",
        "eventTime": "2026-11-22T12:00:00.000Z",
        "eventName": "ObjectCreated:Put",
        "s3": {"s3SchemaVersion": "1.0", "bucket": bucket, "object": thing},
    }
    return {"Records": [record]}


def batch(bodies: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Build the event by which Lambda hands over messages; a message's id is its number."""
    return {
        "Records": [
            {
                "messageId": str(number),
                "receiptHandle": f"receipt-{number}",
                "body": json.dumps(body),
                "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1795348800000"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:originals",
                "awsRegion": "us-east-1",
            }
            for number, body in enumerate(bodies)
        ]
    }
