"""Which failures of AWS are worth another attempt, with its answers put in place of the network."""

import json
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any, Literal

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from botocore.session import Session
from pynamodb.connection import Connection
from pynamodb.connection.base import MetaTable
from urllib3.response import HTTPResponse

from chalicelib.adapters.aws.clients import s3_client, sqs_client
from chalicelib.adapters.aws.outages import raise_busy_errors
from chalicelib.adapters.aws.s3 import S3BlobStore
from chalicelib.errors import BusyError, UnavailableError
from chalicelib.services.ports import Blob

ENDPOINT = "https://aws.test"
KEY: dict[str, Any] = {"pk": {"S": "a"}, "sk": {"S": "b"}}

type Answer = Callable[..., AWSResponse]


def client_of(service: Literal["dynamodb", "s3", "sqs"], answer: Answer) -> Any:  # noqa: ANN401  # boto3's client
    config = Config(retries={"total_max_attempts": 1, "mode": "standard"})
    client: Any = _session().client(service, config=config)
    client.meta.events.register("before-send", answer)
    return raise_busy_errors(client)


@cache
def _session() -> boto3.Session:
    """Return the session of all clients here: each new one would read the services' models again."""
    return boto3.Session("id", "secret", region_name="eu-central-1")


def answering(status: int, body: str) -> Answer:
    raw = HTTPResponse(BytesIO(body.encode()), preload_content=False)
    return lambda **_: AWSResponse(ENDPOINT, status, HTTPHeaders(), raw)


def failing(error: Exception) -> Answer:
    def fail(**_: object) -> AWSResponse:
        raise error

    return fail


def dynamodb(status: int, code: str, **more: object) -> Any:  # noqa: ANN401  # boto3's client
    body = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", **more}
    return client_of("dynamodb", answering(status, json.dumps(body)))


def s3(status: int, code: str) -> S3BlobStore:
    body = f"<Error><Code>{code}</Code><Message>made up</Message></Error>"
    return S3BlobStore(client_of("s3", answering(status, body)), "bucket")


def cancelled(*codes: str) -> Any:  # noqa: ANN401  # boto3's client
    reasons = [{"Code": code} for code in codes]
    return dynamodb(400, "TransactionCanceledException", CancellationReasons=reasons)


def transact(client: Any) -> None:  # noqa: ANN401  # boto3's client
    client.transact_write_items(TransactItems=[{"Put": {"TableName": "t", "Item": KEY}}])


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "ProvisionedThroughputExceededException"),
        (400, "ThrottlingException"),
        (400, "RequestLimitExceeded"),
        (400, "TransactionConflictException"),
        (500, "InternalServerError"),
        (503, "ServiceUnavailable"),
    ],
)
def test_a_busy_table_is_unavailable(status: int, code: str) -> None:
    with pytest.raises(BusyError, match=f"PutItem of dynamodb is not available at the moment: {code}"):
        dynamodb(status, code).put_item(TableName="t", Item=KEY)


@pytest.mark.parametrize(
    ("status", "code"),
    [(503, "SlowDown"), (500, "InternalError"), (400, "RequestTimeout"), (409, "OperationAborted")],
)
def test_a_busy_store_is_unavailable(status: int, code: str) -> None:
    with pytest.raises(BusyError, match=code):
        s3(status, code).put("key", Blob(b"data", "image/jpeg"))


def test_a_busy_queue_is_unavailable() -> None:
    body = json.dumps({"__type": "com.amazonaws.sqs#OverLimit"})
    with pytest.raises(UnavailableError, match="OverLimit"):
        client_of("sqs", answering(400, body)).send_message(QueueUrl=ENDPOINT, MessageBody="body")


def test_what_a_store_never_does_stays_the_vendors_own_error() -> None:
    with pytest.raises(ClientError, match="NotImplemented"):
        s3(501, "NotImplemented").put("key", Blob(b"data", "image/jpeg"))


def test_an_answer_without_a_body_tells_by_its_status() -> None:
    with pytest.raises(UnavailableError, match="503"):
        s3(503, "").info("key")


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url=ENDPOINT),
        ConnectTimeoutError(endpoint_url=ENDPOINT),
        ReadTimeoutError(endpoint_url=ENDPOINT),
    ],
)
def test_no_answer_at_all_is_unavailable(error: Exception) -> None:
    with pytest.raises(
        BusyError, match=f"SendMessage of sqs .*{type(error).__name__}: .*{ENDPOINT}"
    ) as raised:
        client_of("sqs", failing(error)).send_message(QueueUrl=ENDPOINT, MessageBody="body")
    assert raised.value.__cause__ is error


@pytest.mark.parametrize(
    "code", ["ConditionalCheckFailedException", "ValidationException", "AccessDeniedException"]
)
def test_a_refusal_stays_the_vendors_own_error(code: str) -> None:
    with pytest.raises(ClientError, match=code):
        dynamodb(400, code).put_item(TableName="t", Item=KEY)


def test_a_missing_blob_is_none() -> None:
    assert s3(404, "NoSuchKey").open("key") is None


@pytest.mark.parametrize("other", ["None", "TransactionConflict"])
@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_without_capacity_is_unavailable(code: str, other: str) -> None:
    with pytest.raises(BusyError, match=f"TransactWriteItems of dynamodb .*{code}"):
        transact(cancelled(other, code))


@pytest.mark.parametrize(
    "code", ["ConditionalCheckFailed", "ValidationError", "ItemCollectionSizeLimitExceeded"]
)
def test_a_transaction_that_another_attempt_would_not_help_was_refused_whatever_else(code: str) -> None:
    with pytest.raises(ClientError):
        transact(cancelled(code, "ThrottlingError", "None"))


def test_a_transaction_that_met_another_alone_was_refused() -> None:
    with pytest.raises(ClientError):
        transact(cancelled("TransactionConflict", "None"))


@pytest.fixture
def pynamodb() -> Connection:
    """Return PynamoDB's connection to a table that is always too busy."""
    connection = Connection(region="eu-central-1", max_retry_attempts=0)
    connection.session.set_credentials("id", "secret")
    keys = [{"AttributeName": "pk", "KeyType": "HASH"}]
    types = [{"AttributeName": "pk", "AttributeType": "S"}]
    connection.add_meta_table(MetaTable({"TableName": "t", "KeySchema": keys, "AttributeDefinitions": types}))
    client: Any = connection.client
    body = '{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException"}'
    client.meta.events.register("before-send", answering(400, body))
    raise_busy_errors(client)
    return connection


def test_pynamodb_makes_no_error_of_its_own_of_it(pynamodb: Connection) -> None:
    with pytest.raises(UnavailableError, match="ThrottlingException"):
        pynamodb.put_item("t", "a", attributes={})


@pytest.mark.parametrize("make", [s3_client, sqs_client])
def test_the_clients_of_the_service_tell(make: Callable[[Session], Any]) -> None:
    session = Session()
    session.set_credentials("id", "secret")
    session.set_config_variable("region", "eu-central-1")
    client = make(session)
    event = f"after-call-error.{client.meta.service_model.service_id.hyphenize()}.Any"
    with pytest.raises(UnavailableError):
        client.meta.events.emit(event, exception=ReadTimeoutError(endpoint_url=ENDPOINT), context={})
