"""The queue of events and its dead letters: how many, which, and sending them on their way again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_AT_ONCE = 10
_SECONDS_HIDDEN = 60
_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Depth:
    """About how many messages wait, are being handled, and are delayed."""

    waiting: int
    handled: int
    delayed: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that failed too often: what it was about."""

    id: str
    sent: datetime
    receipts: int
    about: str

    @classmethod
    def of(cls, message: MessageTypeDef) -> Self:
        """Read a message as SQS hands it over."""
        attributes = message["Attributes"]
        return cls(
            message["MessageId"],
            datetime.fromtimestamp(int(attributes["SentTimestamp"]) / 1000, UTC),
            int(attributes["ApproximateReceiveCount"]),
            about(message["Body"]),
        )


def depth(client: SQSClient, url: str) -> Depth:
    """Count the messages of a queue, as nearly as SQS can."""
    names = ("", "NotVisible", "Delayed")
    found = client.get_queue_attributes(
        QueueUrl=url,
        AttributeNames=[f"ApproximateNumberOfMessages{name}" for name in names],  # type: ignore[misc]  # literals
    )["Attributes"]
    return Depth(*(int(found[f"ApproximateNumberOfMessages{name}"]) for name in names))  # type: ignore[index]  # literals


def letters(client: SQSClient, url: str) -> Iterator[Letter]:
    """Yield the messages of a queue once each and leave them there; all are visible again when it ends."""
    seen: dict[str, str] = {}
    try:
        while fresh := [m for m in _received(client, url) if m["MessageId"] not in seen]:
            for message in fresh:
                seen[message["MessageId"]] = message["ReceiptHandle"]
                yield Letter.of(message)
    finally:
        for receipt in seen.values():
            client.change_message_visibility(QueueUrl=url, ReceiptHandle=receipt, VisibilityTimeout=0)


def redrive(client: SQSClient, source: str, target: str, seconds: float = 600) -> int:
    """Move all messages of one queue to another and return how many; raises TimeoutError after so long."""
    arn = _arn(client, source)
    client.start_message_move_task(SourceArn=arn, DestinationArn=_arn(client, target))
    end = monotonic() + seconds
    while monotonic() < end:
        task = client.list_message_move_tasks(SourceArn=arn, MaxResults=1)["Results"][0]
        if task["Status"] not in {"RUNNING", "CANCELLING"}:
            return int(task["ApproximateNumberOfMessagesMoved"])
        sleep(0.5)
    raise TimeoutError(f"SQS still moves messages from {source}.")


def about(body: str) -> str:
    """Return what a message is about: what S3 or the service itself announces, else how it begins."""
    try:
        told = json.loads(body)
    except ValueError:
        return body[:_LONGEST_TEXT]
    return _told(told) if isinstance(told, dict) else body[:_LONGEST_TEXT]


def _told(told: dict[str, Any]) -> str:
    for word in ("released", "arrived"):
        if word in told:
            return f"{word} {told[word]}"
    keys = [
        unquote_plus(record["s3"]["object"]["key"]) for record in told.get("Records", ()) if "s3" in record
    ]
    return f"stored {', '.join(keys)}" if keys else json.dumps(told)[:_LONGEST_TEXT]


def _received(client: SQSClient, url: str) -> list[MessageTypeDef]:
    return client.receive_message(
        QueueUrl=url,
        MaxNumberOfMessages=_AT_ONCE,
        VisibilityTimeout=_SECONDS_HIDDEN,
        WaitTimeSeconds=1,
        MessageSystemAttributeNames=["SentTimestamp", "ApproximateReceiveCount"],
    ).get("Messages", [])


def _arn(client: SQSClient, url: str) -> str:
    return client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
