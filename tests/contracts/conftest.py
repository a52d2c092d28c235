"""The table that the contracts of the DynamoDB adapters run against: a fresh one in the emulated cloud."""

import os
import uuid
from collections.abc import Iterator

import boto3
import pytest

from chalicelib.adapters.dynamodb.models import bind


@pytest.fixture
def table() -> Iterator[str]:
    """Create a table with the keys of the real one, bind the rows to it, and drop it afterwards."""
    assert os.environ.get("AWS_ENDPOINT_URL"), "a test marked `emulator` needs the emulated cloud"
    client, name = boto3.client("dynamodb"), f"contract-{uuid.uuid4().hex}"
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    )
    bind(name)
    yield name
    client.delete_table(TableName=name)
