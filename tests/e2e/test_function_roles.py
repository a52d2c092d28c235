"""What the roles of the functions are for, where no other test would notice their absence."""

import json
import time
import uuid
from typing import TYPE_CHECKING, Any

import boto3
import botocore.session
import pytest
import requests
from botocore.exceptions import ClientError

from chalicelib.adapters.aws.clients import s3_client
from chalicelib.adapters.aws.s3 import S3BlobStore
from infra.deployment.cloud import REGION
from infra.local.service import Service
from tests.support.deployed_service import Http, Stores, eventually, function_named, photo
from tests.support.notifications import HOUR
from tests.support.roles import role_credentials

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MEGABYTE = 1024 * 1024
HARMLESS: dict[str, Any] = {"Sweep": HOUR, "Originals": {"Records": []}, "APIHandler": {}}
"""Events that change nothing, by function."""


@pytest.mark.parametrize("function", HARMLESS)
def test_a_new_environment_of_a_function_writes_a_log_of_its_own(service: Service, function: str) -> None:
    name, client, logs = function_named(service, function), boto3.client("lambda"), boto3.client("logs")
    client.update_function_configuration(FunctionName=name, Description=uuid.uuid4().hex)
    client.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    start = int(time.time() * 1000)
    answer = client.invoke(FunctionName=name, Payload=json.dumps(HARMLESS[function]))
    request = answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]

    def found() -> bool:
        events = logs.filter_log_events(logGroupName=f"/aws/lambda/{name}", startTime=start)["events"]
        return any(request in event["message"] for event in events)

    assert eventually(found, 40)


def test_lambda_may_read_the_queue_for_the_worker(service: Service) -> None:
    """AWS's poller makes these calls by the function's role: it looks at the queue, receives and deletes."""
    key, secret, token = role_credentials(service, "Originals").values()
    client, url = boto3.Session(key, secret, token, REGION).client("sqs"), service.queue_url
    assert client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    client.receive_message(QueueUrl=url, MaxNumberOfMessages=1, VisibilityTimeout=0)
    with pytest.raises(ClientError, match="ReceiptHandleIsInvalid"):
        client.delete_message(QueueUrl=url, ReceiptHandle="of no message")


def test_the_state_of_the_service_counts_its_events_and_rows(admin: Http) -> None:
    answer = admin.get("/System/Status")
    assert answer.ok, answer.text
    assert min(answer.json()["Queue"].values()) >= 0


def test_an_image_whose_file_is_gone_is_a_404(
    admin: Http, item: str, stores: Stores, service: Service
) -> None:
    path = f"/Items/{item}/Images/Primary"
    assert admin.upload(path, photo()).ok
    (key,) = stores.original(admin.get(f"/Items/{item}/Images").json()[0]["ImageTag"])
    boto3.client("s3").delete_object(Bucket=service.originals_bucket, Key=key)
    assert admin.get(path).status_code == requests.codes.not_found
    assert admin.call("DELETE", path).ok


def test_what_is_popular_is_there_before_anybody_asks(admin: Http, item: str, stores: Stores) -> None:
    assert admin.upload(f"/Items/{item}/Images/Primary", photo(1000, 1500)).ok
    tag = admin.get(f"/Items/{item}/Images").json()[0]["ImageTag"]
    assert eventually(lambda: any(key.startswith("variants/") for key in stores.variants(tag)))


def test_what_a_ticket_replaces_is_removed(admin: Http, item: str, stores: Stores, service: Service) -> None:
    path, data = f"/Items/{item}/Images/Primary", photo()
    assert admin.upload(path, photo()).ok
    tag = admin.get(f"/Items/{item}/Images").json()[0]["ImageTag"]
    ticket = admin.call("POST", f"{path}/Upload?size={len(data)}&contentType=image/jpeg").json()
    assert requests.post(ticket["Url"], ticket["Fields"], files={"file": data}, timeout=60).ok
    assert eventually(lambda: not stores.original(tag), 90)
    sent = {"Bucket": service.originals_bucket, "Prefix": ticket["Fields"]["key"]}
    assert eventually(lambda: not boto3.client("s3").list_objects_v2(**sent).get("Contents"))


def test_a_copy_that_fails_half_way_leaves_no_parts(service: Service) -> None:
    """Parts of an upload that nobody ends cost as much as any object."""
    client = _client_of_originals(service)
    root = boto3.client("s3")

    def fail(**_: object) -> None:
        raise ClientError({"Error": {"Code": "InternalError"}}, "UploadPartCopy")

    client.meta.events.register("before-call.s3.UploadPartCopy", fail)
    source, target = (f"{prefix}/{uuid.uuid4().hex}/" for prefix in ("inbox", "refused"))  # folders: no drops
    root.put_object(Bucket=service.originals_bucket, Key=source, Body=b"x" * 17 * MEGABYTE)
    with pytest.raises(ClientError, match="InternalError"):
        S3BlobStore(client, service.originals_bucket).copy(source, target, {})
    unfinished = root.list_multipart_uploads(Bucket=service.originals_bucket, Prefix=target)
    assert not unfinished.get("Uploads")
    root.delete_object(Bucket=service.originals_bucket, Key=source)


def _client_of_originals(service: Service) -> "S3Client":
    session = botocore.session.get_session()
    keys = role_credentials(service, "Originals")
    session.set_credentials(*keys.values())
    return s3_client(session)
