"""What is larger than S3, DynamoDB or SQS take is refused, with AWS's code."""

import uuid
from typing import Any

import pytest
import requests
from botocore.exceptions import ClientError

from tests.localstack.cloud import Cloud
from tests.localstack.stack import Stack

type Client = Any  # boto3's types want each parameter named, which these tests share

pytestmark = pytest.mark.emulator

KB = 1024


@pytest.fixture
def s3(cloud: Cloud) -> Client:
    return cloud.session.client("s3", endpoint_url=cloud.url)


@pytest.fixture(scope="module")
def bucket(cloud: Cloud) -> str:
    """Make a bucket that tells no queue of what happens in it."""
    name = f"quotas-{uuid.uuid4().hex}"
    place: Any = {"LocationConstraint": "eu-central-1"}
    cloud.session.client("s3", endpoint_url=cloud.url).create_bucket(
        Bucket=name, CreateBucketConfiguration=place
    )
    return name


@pytest.fixture
def dynamodb(cloud: Cloud) -> Client:
    return cloud.session.client("dynamodb", endpoint_url=cloud.url)


def code(call: Any, **parameters: object) -> str:  # noqa: ANN401  # any operation
    with pytest.raises(ClientError) as refused:
        call(**parameters)
    return refused.value.response["Error"]["Code"]


def row(size: int = 0) -> dict[str, Any]:
    return {"pk": {"S": uuid.uuid4().hex}, "text": {"S": "x" * size}}


def test_a_key_has_1024_bytes(s3: Client, bucket: str) -> None:
    longest = "ä" * 512
    s3.put_object(Bucket=bucket, Key=longest, Body=b"x")
    assert code(s3.put_object, Bucket=bucket, Key=longest + "x", Body=b"x") == "KeyTooLongError"
    assert code(s3.create_multipart_upload, Bucket=bucket, Key=longest + "x") == "KeyTooLongError"
    source = {"Bucket": bucket, "Key": longest}
    assert code(s3.copy_object, Bucket=bucket, Key=longest + "x", CopySource=source) == "KeyTooLongError"
    form = s3.generate_presigned_post(bucket, longest + "x")
    answer = requests.post(form["url"], form["fields"], files={"file": b"x"}, timeout=10)
    assert (answer.status_code, "KeyTooLongError" in answer.text) == (400, True)


def test_metadata_have_2048_bytes(s3: Client, bucket: str) -> None:
    target = {"Bucket": bucket, "Key": uuid.uuid4().hex}
    s3.put_object(**target, Metadata={"note": "x" * 2_044})
    assert code(s3.put_object, **target, Metadata={"note": "x" * 2_045}) == "MetadataTooLarge"
    assert code(s3.create_multipart_upload, **target, Metadata={"note": "x" * 2_045}) == "MetadataTooLarge"


def test_a_presigned_url_is_good_for_a_week_at_most(s3: Client, bucket: str) -> None:
    target = {"Bucket": bucket, "Key": uuid.uuid4().hex}
    s3.put_object(**target, Body=b"x")
    week = 7 * 86_400
    for seconds, status in ((week, 200), (week + 1, 400)):
        url = s3.generate_presigned_url("get_object", Params=target, ExpiresIn=seconds)
        assert requests.get(url, timeout=10).status_code == status


def test_a_thousand_keys_are_deleted_at_once(s3: Client, bucket: str) -> None:
    objects = [{"Key": str(number)} for number in range(1_001)]
    s3.delete_objects(Bucket=bucket, Delete={"Objects": objects[:1_000]})
    assert code(s3.delete_objects, Bucket=bucket, Delete={"Objects": objects}) == "MalformedXML"


def test_parts_but_the_last_have_five_megabytes(s3: Client, bucket: str) -> None:
    target = {"Bucket": bucket, "Key": uuid.uuid4().hex}
    upload = s3.create_multipart_upload(**target)["UploadId"]
    parts = [
        {"PartNumber": n, "ETag": s3.upload_part(**target, UploadId=upload, PartNumber=n, Body=b"x")["ETag"]}
        for n in (1, 2)
    ]
    assert (
        code(s3.complete_multipart_upload, **target, UploadId=upload, MultipartUpload={"Parts": parts})
        == "EntityTooSmall"
    )


def test_an_item_has_400_kb(dynamodb: Client, stack: Stack) -> None:
    table = stack.outputs["Table"]
    dynamodb.put_item(TableName=table, Item=row(395 * KB))
    assert code(dynamodb.put_item, TableName=table, Item=row(401 * KB)) == "ValidationException"
    batch = {table: [{"PutRequest": {"Item": row(401 * KB)}}]}
    assert code(dynamodb.batch_write_item, RequestItems=batch) == "ValidationException"
    write = [{"Put": {"TableName": table, "Item": row(401 * KB)}}]
    assert code(dynamodb.transact_write_items, TransactItems=write) in {
        "ValidationException",
        "TransactionCanceledException",
    }


def test_an_update_cannot_grow_an_item_past_400_kb(dynamodb: Client, stack: Stack) -> None:
    table, kept = stack.outputs["Table"], row(300 * KB)
    dynamodb.put_item(TableName=table, Item=kept)
    update: dict[str, Any] = {
        "TableName": table,
        "Key": {"pk": kept["pk"]},
        "UpdateExpression": "SET more = :more",
        "ExpressionAttributeValues": {":more": {"S": "x" * 101 * KB}},
    }
    assert code(dynamodb.update_item, **update) == "ValidationException"


def test_a_transaction_has_100_items_and_4_mb(dynamodb: Client, stack: Stack) -> None:
    table = stack.outputs["Table"]

    def puts(count: int, size: int = 0) -> list[Any]:
        return [{"Put": {"TableName": table, "Item": row(size)}} for _ in range(count)]

    dynamodb.transact_write_items(TransactItems=puts(100))
    assert code(dynamodb.transact_write_items, TransactItems=puts(101)) == "ValidationException"
    assert code(dynamodb.transact_write_items, TransactItems=puts(11, 390 * KB)) == "ValidationException"


def test_a_transaction_names_an_item_once(dynamodb: Client, stack: Stack) -> None:
    write = {"Put": {"TableName": stack.outputs["Table"], "Item": row()}}
    assert code(dynamodb.transact_write_items, TransactItems=[write, write]) == "ValidationException"


def test_batches_have_25_writes_and_100_reads(dynamodb: Client, stack: Stack) -> None:
    table = stack.outputs["Table"]
    writes = {table: [{"PutRequest": {"Item": row()}} for _ in range(26)]}
    assert code(dynamodb.batch_write_item, RequestItems=writes) == "ValidationException"
    keys: Any = {table: {"Keys": [{"pk": row()["pk"]} for _ in range(101)]}}
    assert code(dynamodb.batch_get_item, RequestItems=keys) == "ValidationException"


def test_a_key_of_an_item_has_2048_bytes(dynamodb: Client, stack: Stack) -> None:
    table = stack.outputs["Table"]
    dynamodb.put_item(TableName=table, Item={"pk": {"S": "x" * 2_048}})
    assert code(dynamodb.put_item, TableName=table, Item={"pk": {"S": "x" * 2_049}}) == "ValidationException"


def test_a_message_has_a_megabyte_and_a_batch_ten(cloud: Cloud, stack: Stack) -> None:
    sqs, queue = cloud.session.client("sqs", endpoint_url=cloud.url), stack.outputs["DeadLetters"]
    assert code(sqs.send_message, QueueUrl=queue, MessageBody="x" * (KB * KB + 1)) == "InvalidParameterValue"
    entries: Any = [{"Id": str(number), "MessageBody": "x"} for number in range(11)]
    assert code(sqs.send_message_batch, QueueUrl=queue, Entries=entries).endswith(
        "TooManyEntriesInBatchRequest"
    )
