"""Clients of AWS, with their timeouts and retries.

Timeouts and retries keep a call well below API Gateway's 29 s. The clients are botocore's own: what boto3 adds to
them is the transfer of large objects, and it takes longer to begin than they do.
"""

from typing import TYPE_CHECKING

from botocore.config import Config

from chalicelib.adapters.aws.lean_calls import shorten_get_object
from chalicelib.adapters.aws.outages import raise_busy_errors
from chalicelib.adapters.aws.timings import record_timings

if TYPE_CHECKING:
    from botocore.session import Session
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

_TIMEOUTS = Config(
    connect_timeout=1,
    read_timeout=10,
    retries={"mode": "standard", "max_attempts": 3},
    s3={"addressing_style": "path"},
    # Presigned URLs and forms of the older kind are not understood in newer regions.
    signature_version="s3v4",
    # TLS guards what is read; a checksum of it would be computed beside.
    response_checksum_validation="when_required",
)


def s3_client(session: "Session") -> "S3Client":
    """Make the client of S3; clients of one session share what it has read of endpoints and credentials."""
    client = raise_busy_errors(record_timings(session.create_client("s3", config=_TIMEOUTS)))
    return shorten_get_object(client, session)  # type: ignore[return-value]  # botocore's has no type


def sqs_client(session: "Session") -> "SQSClient":
    """Make the client of SQS."""
    return raise_busy_errors(record_timings(session.create_client("sqs", config=_TIMEOUTS)))  # type: ignore[return-value]  # as above
