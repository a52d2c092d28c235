"""Calls need the actions that AWS's Service Authorization Reference names."""

from typing import Any

import pytest

from infra.localstack.plugins.dockerless.iam.actions import Call, accesses

TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/t"
QUEUE = "arn:aws:sqs:eu-central-1:123456789012:q"
B = "arn:aws:s3:::b"
GROUP = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/f"

CASES: list[tuple[str, str, dict[str, Any], list[tuple[str, str]]]] = [
    ("s3", "GetObject", {"Key": "k"}, [("GetObject", f"{B}/k")]),
    ("s3", "HeadObject", {"Key": "k"}, [("GetObject", f"{B}/k")]),
    ("s3", "GetObject", {"Key": "k", "VersionId": "v"}, [("GetObjectVersion", f"{B}/k")]),
    ("s3", "GetObjectTagging", {"Key": "k"}, [("GetObjectTagging", f"{B}/k")]),
    ("s3", "PutObject", {"Key": "a/b", "Body": b""}, [("PutObject", f"{B}/a/b")]),
    (
        "s3",
        "PutObject",
        {"Key": "k", "Tagging": "a=b"},
        [("PutObject", f"{B}/k"), ("PutObjectTagging", f"{B}/k")],
    ),
    ("s3", "PostObject", {"Key": "k"}, [("PutObject", f"{B}/k")]),
    ("s3", "UploadPart", {"Key": "k"}, [("PutObject", f"{B}/k")]),
    ("s3", "CompleteMultipartUpload", {"Key": "k"}, [("PutObject", f"{B}/k")]),
    ("s3", "AbortMultipartUpload", {"Key": "k"}, [("AbortMultipartUpload", f"{B}/k")]),
    ("s3", "ListObjectsV2", {"Prefix": "p"}, [("ListBucket", B)]),
    ("s3", "HeadBucket", {}, [("ListBucket", B)]),
    ("s3", "ListObjectVersions", {}, [("ListBucketVersions", B)]),
    ("s3", "DeleteObject", {"Key": "k"}, [("DeleteObject", f"{B}/k")]),
    (
        "s3",
        "DeleteObjects",
        {"Delete": {"Objects": [{"Key": "k"}, {"Key": "l", "VersionId": "v"}]}},
        [("DeleteObject", f"{B}/k"), ("DeleteObjectVersion", f"{B}/l")],
    ),
    (
        "s3",
        "CopyObject",
        {"Key": "k", "CopySource": "a/x%20y"},
        [
            ("GetObject", "arn:aws:s3:::a/x y"),
            ("GetObjectTagging", "arn:aws:s3:::a/x y"),
            ("PutObjectTagging", f"{B}/k"),
            ("PutObject", f"{B}/k"),
        ],
    ),
    (
        "s3",
        "CopyObject",
        {"Key": "k", "CopySource": "/a/x?versionId=v", "TaggingDirective": "REPLACE"},
        [("GetObjectVersion", "arn:aws:s3:::a/x"), ("PutObject", f"{B}/k")],
    ),
    (
        "s3",
        "UploadPartCopy",
        {"Key": "k", "CopySource": "a/x"},
        [("GetObject", "arn:aws:s3:::a/x"), ("PutObject", f"{B}/k")],
    ),
    ("dynamodb", "GetItem", {"TableName": "t"}, [("GetItem", TABLE)]),
    ("dynamodb", "Query", {"TableName": "t", "IndexName": "gsi1"}, [("Query", f"{TABLE}/index/gsi1")]),
    ("dynamodb", "BatchGetItem", {"RequestItems": {"t": {}}}, [("BatchGetItem", TABLE)]),
    (
        "dynamodb",
        "TransactWriteItems",
        {
            "TransactItems": [
                {name: {"TableName": "t"}} for name in ("Put", "Update", "Delete", "ConditionCheck")
            ]
        },
        [(name, TABLE) for name in ("PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem")],
    ),
    ("sqs", "SendMessageBatch", {"QueueUrl": "http://host/queue/eu/1/q"}, [("SendMessage", QUEUE)]),
    (
        "sqs",
        "StartMessageMoveTask",
        {"SourceArn": "dead", "DestinationArn": "q"},
        [
            ("StartMessageMoveTask", "dead"),
            ("ReceiveMessage", "dead"),
            ("DeleteMessage", "dead"),
            ("SendMessage", "q"),
        ],
    ),
    ("sqs", "ReceiveMessage", {"QueueUrl": "http://host/1/q"}, [("ReceiveMessage", QUEUE)]),
    (
        "logs",
        "PutLogEvents",
        {"logGroupName": "/aws/lambda/f", "logStreamName": "s"},
        [("PutLogEvents", f"{GROUP}:log-stream:s")],
    ),
    (
        "lambda",
        "Invoke",
        {"FunctionName": "f"},
        [("InvokeFunction", "arn:aws:lambda:eu-central-1:123456789012:function:f")],
    ),
    ("cloudwatch", "GetMetricData", {}, [("GetMetricData", "*")]),
    ("sts", "GetCallerIdentity", {}, []),
]


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "expected"), CASES, ids=[f"{s}:{o}" for s, o, *_ in CASES]
)
def test_a_call_needs_its_actions(
    service: str, operation: str, parameters: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    given = {"Bucket": "b", **parameters} if service == "s3" else parameters
    call = Call(service, operation, given, account="123456789012", region="eu-central-1")
    needed = [(access.action, access.resource) for access in accesses(call)]
    assert needed == [(f"{service}:{action}", resource) for action, resource in expected]
