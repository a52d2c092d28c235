"""The table that the contracts of the DynamoDB adapters run against: a fresh one in the emulated cloud."""

import os
import uuid
from collections.abc import Iterator

import pytest
from mypy_boto3_dynamodb.type_defs import KeySchemaElementTypeDef

from chalicelib.adapters.dynamodb.table.models import bind
from tests.support import aws

KEYS = ("", "gsi1", "gsi2")
"""What the names of the keys begin with: in the table itself and in its indexes."""
NAME = f"contract-{uuid.uuid4().hex}"
"""The name of every table of this process, one after another: rows are connected once to a name."""


@pytest.fixture
def table() -> Iterator[str]:
    """Create a table with the keys of the real one, bind the rows to it, and drop it afterwards."""
    assert os.environ.get("AWS_ENDPOINT_URL"), "a test marked `emulator` needs the emulated cloud"
    client = aws.client("dynamodb")
    client.create_table(
        TableName=NAME,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": f"{prefix}{key}", "AttributeType": "S"}
            for prefix in KEYS
            for key in ("pk", "sk")
        ],
        KeySchema=_keys(""),
        GlobalSecondaryIndexes=[
            {"IndexName": index, "KeySchema": _keys(index), "Projection": {"ProjectionType": "ALL"}}
            for index in KEYS[1:]
        ],
    )
    bind(NAME)
    yield NAME
    client.delete_table(TableName=NAME)


def _keys(prefix: str) -> list[KeySchemaElementTypeDef]:
    return [
        {"AttributeName": f"{prefix}pk", "KeyType": "HASH"},
        {"AttributeName": f"{prefix}sk", "KeyType": "RANGE"},
    ]
