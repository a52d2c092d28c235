"""Storage, queues and schedules serve what the service relies on."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import requests
from botocore.exceptions import ClientError

from tests.localstack.cloud import Cloud, eventually
from tests.localstack.stack import Stack

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

pytestmark = pytest.mark.emulator


@pytest.fixture(scope="module")
def s3(cloud: Cloud) -> "S3Client":
    return cloud.session.client("s3", endpoint_url=cloud.url)


@pytest.fixture(scope="module")
def sqs(cloud: Cloud) -> "SQSClient":
    return cloud.session.client("sqs", endpoint_url=cloud.url)


@pytest.fixture
def key() -> str:
    return f"some/key+{uuid.uuid4().hex}"


def test_the_template_switches_recovery_and_expiry_on(cloud: Cloud, stack: Stack) -> None:
    dynamodb = cloud.session.client("dynamodb", endpoint_url=cloud.url)
    table = stack.outputs["Table"]
    backups = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    expiry = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    assert expiry["TimeToLiveStatus"] == "ENABLED"
    facts = dynamodb.describe_table(TableName=table)["Table"]
    assert facts["SSEDescription"]["Status"] == "ENABLED"
    assert facts["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"


def test_only_the_first_of_many_writers_creates_an_object(s3: "S3Client", stack: Stack, key: str) -> None:
    def create(writer: int) -> int:
        try:
            s3.put_object(Bucket=stack.outputs["Originals"], Key=key, Body=str(writer), IfNoneMatch="*")
        except ClientError as error:
            return int(error.response["ResponseMetadata"]["HTTPStatusCode"])
        return 200

    with ThreadPoolExecutor(8) as writers:
        statuses = sorted(writers.map(create, range(8)))
    assert statuses[0] == 200
    assert set(statuses[1:]) <= {409, 412}


def test_a_presigned_put_stores_an_object(s3: "S3Client", stack: Stack, key: str) -> None:
    target = {"Bucket": stack.outputs["Originals"], "Key": key, "ContentType": "image/png"}
    url = s3.generate_presigned_url("put_object", Params=target)
    assert requests.put(url, b"picture", headers={"Content-Type": "image/png"}, timeout=10).status_code == 200
    stored = s3.get_object(Bucket=stack.outputs["Originals"], Key=key)
    assert (stored["Body"].read(), stored["ContentType"]) == (b"picture", "image/png")


@pytest.mark.parametrize(("size", "status"), [(100, 204), (101, 400)])
def test_a_presigned_post_keeps_its_limit(
    s3: "S3Client", stack: Stack, key: str, size: int, status: int
) -> None:
    form = s3.generate_presigned_post(
        stack.outputs["Originals"], key, Conditions=[["content-length-range", 1, 100]], ExpiresIn=60
    )
    answer = requests.post(form["url"], form["fields"], files={"file": b"x" * size}, timeout=10)
    assert answer.status_code == status


def test_an_upload_and_a_deletion_reach_the_function(s3: "S3Client", stack: Stack, key: str) -> None:
    def event_names() -> set[str]:
        messages = [json.loads(line) for line in stack.records() if '"Records"' in line]
        found = [record for message in messages for record in message["Records"]]
        return {
            record["eventName"]
            for record in found
            if record["s3"]["object"]["key"] == key.replace("+", "%2B")
        }

    s3.put_object(Bucket=stack.outputs["Originals"], Key=key, Body=b"picture")
    eventually(lambda: "ObjectCreated:Put" in event_names())
    s3.delete_object(Bucket=stack.outputs["Originals"], Key=key)
    eventually(lambda: "ObjectRemoved:DeleteMarkerCreated" in event_names())


def test_a_failed_message_is_repeated_then_set_aside(sqs: "SQSClient", stack: Stack) -> None:
    good, bad = f"good {uuid.uuid4()}", f"poison {uuid.uuid4()}"
    entries = [{"Id": "good", "MessageBody": good}, {"Id": "bad", "MessageBody": bad}]
    sqs.send_message_batch(QueueUrl=stack.outputs["Queue"], Entries=entries)  # type: ignore[arg-type]
    dead: list[str] = []

    def is_set_aside() -> bool:
        messages = sqs.receive_message(QueueUrl=stack.outputs["DeadLetters"]).get("Messages", [])
        dead.extend(message["Body"] for message in messages)
        return bad in dead

    eventually(is_set_aside, seconds=30)
    assert stack.records().count(bad) == 2
    assert stack.records().count(good) == 1


@pytest.mark.usefixtures("stack")
def test_a_schedule_is_created(cloud: Cloud) -> None:
    events = cloud.session.client("events", endpoint_url=cloud.url)
    rules = [
        rule for rule in events.list_rules()["Rules"] if rule.get("ScheduleExpression") == "rate(1 minute)"
    ]
    assert [rule["State"] for rule in rules] == ["ENABLED"]
    (target,) = events.list_targets_by_rule(Rule=rules[0]["Name"])["Targets"]
    assert json.loads(target["Input"]) == {"sweep": True}
