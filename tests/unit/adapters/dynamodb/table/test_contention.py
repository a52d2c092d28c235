"""Single writes that meet a transaction, with DynamoDB's answers put in place of the network."""

import json
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.exceptions import ClientError
from urllib3.response import HTTPResponse

from chalicelib.adapters.dynamodb.table.contention import retry_transaction_conflicts

CONFLICT = "TransactionConflictException"
REFUSED = "ConditionalCheckFailedException"
KEY: dict[str, Any] = {"pk": {"S": "a"}, "sk": {"S": "b"}}


class Table:
    """Fails the first calls by given codes, takes all later ones."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        self.calls = 0

    def answer(self, **_: object) -> AWSResponse:
        self.calls += 1
        if not self.codes:
            return _answer(200, {})
        return _answer(400, {"__type": f"com.amazonaws.dynamodb.v20120810#{self.codes.pop(0)}"})


def _answer(status: int, body: dict[str, str]) -> AWSResponse:
    raw = HTTPResponse(BytesIO(json.dumps(body).encode()), preload_content=False)
    return AWSResponse("https://dynamodb.test", status, HTTPHeaders(), raw)


def client_of(table: Table) -> Any:  # noqa: ANN401  # boto3's client
    config = Config(retries={"total_max_attempts": 4, "mode": "standard"})
    client = _session().client("dynamodb", config=config)
    client.meta.events.register("before-send.dynamodb", table.answer)  # type: ignore[arg-type]  # it may answer
    retry_transaction_conflicts(client)
    return client


@cache
def _session() -> boto3.Session:
    """Return the session of all clients here: each new one would read the services' models again."""
    return boto3.Session("id", "secret", region_name="eu-central-1")


WRITES: list[Callable[[Any], object]] = [
    lambda client: client.put_item(TableName="t", Item=KEY),
    lambda client: client.update_item(TableName="t", Key=KEY),
    lambda client: client.delete_item(TableName="t", Key=KEY),
]


@pytest.mark.parametrize("write", WRITES)
def test_a_write_waits_until_a_transaction_has_ended(write: Callable[[Any], object]) -> None:
    table = Table([CONFLICT] * 5)
    write(client_of(table))
    assert table.calls == 6


def test_what_its_condition_refuses_is_not_tried_again() -> None:
    table = Table([CONFLICT, REFUSED])
    with pytest.raises(ClientError, match=REFUSED):
        WRITES[0](client_of(table))
    assert table.calls == 2


def test_patience_ends() -> None:
    table = Table([CONFLICT] * 50)
    with pytest.raises(ClientError, match=CONFLICT):
        WRITES[0](client_of(table))
    assert table.calls == 8
