"""DynamoDB serves what the service relies on, also to many callers at once."""

import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.localstack.cloud import Cloud

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

pytestmark = pytest.mark.emulator

CALLERS = 20
KEY = {"pk": {"S": "counter"}, "sk": {"S": "1"}}


@pytest.fixture(scope="module")
def dynamodb(cloud: Cloud) -> "DynamoDBClient":
    return cloud.session.client("dynamodb", endpoint_url=cloud.url)


@pytest.fixture
def table(dynamodb: "DynamoDBClient") -> str:
    name = f"table-{uuid.uuid4().hex[:8]}"
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": attribute, "AttributeType": "S"} for attribute in ("pk", "sk", "name")
        ],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-name",
                "KeySchema": [{"AttributeName": "name", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    return name


def item(number: int, **attributes: str) -> dict[str, Mapping[str, Any]]:
    return {
        "pk": {"S": f"item-{number}"},
        "sk": {"S": "1"},
        **{name: {"S": value} for name, value in attributes.items()},
    }


def code_of(error: ClientError) -> str:
    return error.response["Error"]["Code"]


def test_a_condition_that_does_not_hold_changes_nothing(dynamodb: "DynamoDBClient", table: str) -> None:
    dynamodb.put_item(TableName=table, Item=item(1, name="first"))
    with pytest.raises(ClientError) as refusal:
        dynamodb.put_item(
            TableName=table, Item=item(1, name="second"), ConditionExpression="attribute_not_exists(pk)"
        )
    assert code_of(refusal.value) == "ConditionalCheckFailedException"
    kept = dynamodb.get_item(TableName=table, Key={"pk": {"S": "item-1"}, "sk": {"S": "1"}})["Item"]
    assert kept["name"] == {"S": "first"}


def test_versioned_increments_by_many_callers_lose_nothing(dynamodb: "DynamoDBClient", table: str) -> None:
    # A large item keeps moto busy between its look at the condition and its write.
    ballast = {"L": [{"S": str(number)} for number in range(2000)]}
    dynamodb.put_item(TableName=table, Item={**KEY, "version": {"N": "0"}, "ballast": ballast})

    def current() -> str:
        row = dynamodb.get_item(TableName=table, Key=KEY, ProjectionExpression="version")["Item"]
        return row["version"]["N"]

    def increment(_caller: int) -> None:
        while True:
            version = current()
            try:
                dynamodb.update_item(
                    TableName=table,
                    Key=KEY,
                    UpdateExpression="SET version = :next",
                    ConditionExpression="version = :seen",
                    ExpressionAttributeValues={
                        ":seen": {"N": version},
                        ":next": {"N": str(int(version) + 1)},
                    },
                )
            except dynamodb.exceptions.ConditionalCheckFailedException:
                continue
            return

    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(increment, range(CALLERS)))
    assert current() == str(CALLERS)


def test_only_one_of_many_callers_creates_an_item(dynamodb: "DynamoDBClient", table: str) -> None:
    def create(caller: int) -> bool:
        try:
            dynamodb.put_item(
                TableName=table,
                Item={**KEY, "owner": {"N": str(caller)}},
                ConditionExpression="attribute_not_exists(pk)",
            )
        except dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    with ThreadPoolExecutor(CALLERS) as callers:
        assert sum(callers.map(create, range(CALLERS))) == 1


def test_only_one_of_many_transactions_gets_both_rows(dynamodb: "DynamoDBClient", table: str) -> None:
    def claim(caller: int) -> bool:
        put = {"TableName": table, "ConditionExpression": "attribute_not_exists(pk)"}
        rows = [
            {"Put": {**put, "Item": item(1, owner=str(caller))}},
            {"Put": {**put, "Item": item(2, owner=str(caller))}},
        ]
        try:
            dynamodb.transact_write_items(TransactItems=rows)  # type: ignore[arg-type]
        except dynamodb.exceptions.TransactionCanceledException:
            return False
        return True

    with ThreadPoolExecutor(CALLERS) as callers:
        assert sum(callers.map(claim, range(CALLERS))) == 1
    rows = dynamodb.scan(TableName=table)["Items"]
    assert len({row["owner"]["S"] for row in rows}) == 1


def test_a_cancelled_transaction_leaves_every_row_as_it_was(dynamodb: "DynamoDBClient", table: str) -> None:
    dynamodb.put_item(TableName=table, Item=item(1, name="before"))
    before = dynamodb.scan(TableName=table)["Items"]
    with pytest.raises(ClientError) as refusal:
        dynamodb.transact_write_items(
            TransactItems=[
                {
                    "Update": {
                        "TableName": table,
                        "Key": {"pk": {"S": "item-1"}, "sk": {"S": "1"}},
                        "UpdateExpression": "SET #name = :name",
                        "ExpressionAttributeNames": {"#name": "name"},
                        "ExpressionAttributeValues": {":name": {"S": "after"}},
                    }
                },
                {"Put": {"TableName": table, "Item": item(2)}},
                {"Put": {"TableName": table, "Item": {**item(1), "sk": {"S": "2"}}}},
                {
                    "ConditionCheck": {
                        "TableName": table,
                        "Key": {"pk": {"S": "item-3"}, "sk": {"S": "1"}},
                        "ConditionExpression": "attribute_exists(pk)",
                    }
                },
            ]
        )
    reasons = refusal.value.response["CancellationReasons"]
    assert [reason["Code"] for reason in reasons] == [*["None"] * 3, "ConditionalCheckFailed"]
    assert dynamodb.scan(TableName=table)["Items"] == before


def test_an_index_finds_items(dynamodb: "DynamoDBClient", table: str) -> None:
    for number in range(3):
        dynamodb.put_item(TableName=table, Item=item(number, name="odd" if number % 2 else "even"))
    found = dynamodb.query(
        TableName=table,
        IndexName="by-name",
        KeyConditionExpression="#name = :name",
        ExpressionAttributeNames={"#name": "name"},
        ExpressionAttributeValues={":name": {"S": "even"}},
    )
    assert {row["pk"]["S"] for row in found["Items"]} == {"item-0", "item-2"}


def test_expiry_and_recovery_can_be_switched_on(dynamodb: "DynamoDBClient", table: str) -> None:
    dynamodb.update_time_to_live(
        TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
    )
    dynamodb.update_continuous_backups(
        TableName=table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    expiry = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    assert (expiry["TimeToLiveStatus"], expiry["AttributeName"]) == ("ENABLED", "expires")
    backups = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"


def test_a_query_finds_a_partition_of_the_table_and_of_an_index_page_by_page(
    dynamodb: "DynamoDBClient", table: str
) -> None:
    for number in range(6):
        row = item(number // 3, name="even" if number % 2 == 0 else "odd", extra="x")
        dynamodb.put_item(TableName=table, Item=row | {"sk": {"S": str(number)}})
    dynamodb.put_item(TableName=table, Item=item(9))

    def found(**options: Any) -> list[str]:  # noqa: ANN401  # of the client
        pages = dynamodb.get_paginator("query").paginate(
            TableName=table, PaginationConfig={"PageSize": 2}, **options
        )
        return [row["sk"]["S"] for page in pages for row in page["Items"]]

    of_table = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": "item-1"}}}
    assert found(**of_table) == ["3", "4", "5"]
    assert found(**of_table, ScanIndexForward=False) == ["5", "4", "3"]
    by_name = {
        "IndexName": "by-name",
        "KeyConditionExpression": "#name = :name",
        "ExpressionAttributeNames": {"#name": "name"},
        "ExpressionAttributeValues": {":name": {"S": "odd"}},
    }
    assert sorted(found(**by_name)) == ["1", "3", "5"]
    nothing = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": "none"}}}
    assert found(**nothing) == []


@pytest.mark.parametrize(
    ("projection", "expected"),
    [
        ("pk", {"pk": {"S": "item-1"}}),
        ("pk, nothing", {"pk": {"S": "item-1"}}),
        ("nested.one", {"nested": {"M": {"one": {"N": "1"}}}}),
        ("letters[1]", {"letters": {"L": [{"S": "b"}]}}),
        ("nothing", {}),
    ],
)
def test_a_projection_has_what_it_names(
    dynamodb: "DynamoDBClient", table: str, projection: str, expected: dict[str, Any]
) -> None:
    row: dict[str, Any] = item(1) | {
        "nested": {"M": {"one": {"N": "1"}, "two": {"N": "2"}}},
        "letters": {"L": [{"S": "a"}, {"S": "b"}]},
    }
    dynamodb.put_item(TableName=table, Item=row)
    key = {name: row[name] for name in ("pk", "sk")}
    got = dynamodb.get_item(TableName=table, Key=key, ProjectionExpression=projection)
    assert got.get("Item", {}) == expected
    assert dynamodb.get_item(TableName=table, Key=key)["Item"] == row
