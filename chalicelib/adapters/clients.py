"""Clients of AWS: how patient they are, and how their calls enter the log line.

Timeouts and retries keep a call well below API Gateway's 29 s.
"""

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from chalicelib.timing import record

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

_PATIENCE = Config(
    connect_timeout=1,
    read_timeout=10,
    retries={"mode": "standard", "max_attempts": 3},
    s3={"addressing_style": "path"},
    # Presigned URLs and forms of the older kind are not understood in newer regions.
    signature_version="s3v4",
)


def s3_client() -> "S3Client":
    """Make the client of S3."""
    return observed(boto3.client("s3", config=_PATIENCE))


def sqs_client() -> "SQSClient":
    """Make the client of SQS."""
    return observed(boto3.client("sqs", config=_PATIENCE))


def observed[C: Any](client: C) -> C:
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
