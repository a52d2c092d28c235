"""Clients of AWS, and how patient they are.

Timeouts and retries keep a call well below API Gateway's 29 s.
"""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from chalicelib.adapters.availability import telling
from chalicelib.adapters.observation import observed

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
    return telling(observed(boto3.client("s3", config=_PATIENCE)))


def sqs_client() -> "SQSClient":
    """Make the client of SQS."""
    return telling(observed(boto3.client("sqs", config=_PATIENCE)))
