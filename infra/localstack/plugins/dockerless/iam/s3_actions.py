"""Say which actions a call of S3 needs: "Required permissions for Amazon S3 API operations" in AWS's guide."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from .policies import Access

type Parameters = Mapping[str, Any]

_WRITES = frozenset(
    {"PutObject", "PostObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"}
)
_COPIES = frozenset({"CopyObject", "UploadPartCopy"})
_OF_BUCKETS = {
    "HeadBucket": "ListBucket",
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "ListObjectVersions": "ListBucketVersions",
    "ListMultipartUploads": "ListBucketMultipartUploads",
}
_OF_OBJECTS = {"ListParts": "ListMultipartUploadParts"}


def s3_accesses(operation: str, parameters: Parameters, partition: str) -> Iterator[Access]:
    """Yield what a call needs; the parameters are named as in S3's specification."""
    bucket = f"arn:{partition}:s3:::{parameters.get('Bucket', '')}"
    target = f"{bucket}/{parameters['Key']}" if "Key" in parameters else bucket
    if operation == "ListBuckets":
        yield Access("s3:ListAllMyBuckets", "*")
    elif operation in _OF_BUCKETS:
        yield Access(f"s3:{_OF_BUCKETS[operation]}", bucket)
    elif operation in _COPIES:
        yield from _copy(operation, parameters, partition, target)
    elif operation in _WRITES:
        yield from _write(parameters, target)
    elif operation == "DeleteObjects":
        yield from _deletions(parameters, bucket)
    else:
        yield Access(f"s3:{_of_version(operation, parameters)}", target)


def _of_version(operation: str, parameters: Parameters) -> str:
    action = {"HeadObject": "GetObject"}.get(operation, _OF_OBJECTS.get(operation, operation))
    if action in {"GetObject", "DeleteObject"} and parameters.get("VersionId"):
        return f"{action}Version"
    return action


def _write(parameters: Parameters, target: str) -> Iterator[Access]:
    yield Access("s3:PutObject", target)
    if parameters.get("Tagging"):
        yield Access("s3:PutObjectTagging", target)
    if parameters.get("ACL"):
        yield Access("s3:PutObjectAcl", target)


def _copy(operation: str, parameters: Parameters, partition: str, target: str) -> Iterator[Access]:
    source = parameters["CopySource"].lstrip("/")
    path, _, version = source.partition("?versionId=")
    origin = f"arn:{partition}:s3:::{unquote(path)}"
    yield Access("s3:GetObjectVersion" if version else "s3:GetObject", origin)
    if operation == "CopyObject" and parameters.get("TaggingDirective") != "REPLACE":
        # Tags are copied along: S3 looks for some, and writes them where there are any.
        yield Access("s3:GetObjectTagging", origin)
        yield Access("s3:PutObjectTagging", target)
    yield from _write(parameters, target)


def _deletions(parameters: Parameters, bucket: str) -> Iterator[Access]:
    for entry in parameters["Delete"]["Objects"]:
        action = "DeleteObjectVersion" if entry.get("VersionId") else "DeleteObject"
        yield Access(f"s3:{action}", f"{bucket}/{entry['Key']}")
