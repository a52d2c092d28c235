"""What is answered without LocalStack's chain of handlers is answered as with it."""

import json
import uuid
import zlib
from collections.abc import Mapping
from typing import Any

import pytest
import requests

from tests.localstack.cloud import REGION, Cloud

pytestmark = pytest.mark.emulator

type Call = tuple[str, dict[str, Any]]
"""An operation and its parameters, but the table's name."""

CREDENTIAL = f"AWS4-HMAC-SHA256 Credential=test/20261126/{REGION}/dynamodb/aws4_request, Signature=0"
THROUGH_THE_CHAIN = {"Content-Encoding": "identity"}
"""No SDK sends it; it means nothing."""
KEY = {"pk": {"S": "a"}, "sk": {"S": "1"}}
ROW = KEY | {
    "name": {"S": "Ünïcode"},
    "size": {"N": "12.50"},
    "flag": {"BOOL": False},
    "nothing": {"NULL": True},
    "data": {"B": "AAEC"},
    "tags": {"SS": ["x", "y"]},
    "numbers": {"NS": ["1", "2"]},
    "list": {"L": [{"S": "one"}, {"M": {"deep": {"L": [{"N": "3"}, {"M": {}}]}}}]},
    "map": {"M": {"in": {"M": {"ner": {"S": "v"}}}, "list": {"L": []}}},
}
OTHER = ROW | {"sk": {"S": "2"}}
NAMED = {"ExpressionAttributeNames": {"#n": "name"}, "ExpressionAttributeValues": {":n": {"S": "new"}}}
CALLS: tuple[Call, ...] = (
    ("PutItem", {"Item": ROW}),
    ("PutItem", {"Item": OTHER, "ReturnConsumedCapacity": "TOTAL"}),
    ("PutItem", {"Item": ROW, "ConditionExpression": "attribute_not_exists(pk)"}),
    ("PutItem", {"Item": ROW | {"map": {"M": {"more": {"S": "1"}}}}, "ReturnValues": "ALL_OLD"}),
    ("PutItem", {"Item": {"pk": {"S": "a"}}}),
    ("PutItem", {"Item": ROW | {"size": {"N": "x" * 500}}}),
    ("PutItem", {"Item": ROW | {"large": {"S": "x" * 500_000}}}),
    ("GetItem", {"Key": KEY}),
    ("GetItem", {"Key": KEY, "ConsistentRead": True, "ReturnConsumedCapacity": "INDEXES"}),
    (
        "GetItem",
        {"Key": KEY, "ProjectionExpression": "#n, map.more", "ExpressionAttributeNames": {"#n": "name"}},
    ),
    ("GetItem", {"Key": KEY | {"sk": {"S": "none"}}}),
    ("GetItem", {"Key": {"pk": {"S": "a"}}}),
    ("GetItem", {"Key": KEY, "TableName": "nowhere"}),
    ("UpdateItem", {"Key": KEY, "UpdateExpression": "SET #n = :n", "ReturnValues": "ALL_NEW", **NAMED}),
    (
        "UpdateItem",
        {"Key": KEY, "UpdateExpression": "SET #n = :n", "ConditionExpression": "#n <> :n", **NAMED},
    ),
    (
        "UpdateItem",
        {
            "Key": KEY | {"sk": {"S": "made"}},
            "UpdateExpression": "SET #l = list_append(if_not_exists(#l, :e), :l) ADD seen :one REMOVE gone",
            "ExpressionAttributeNames": {"#l": "list"},
            "ExpressionAttributeValues": {":e": {"L": []}, ":l": {"L": [{"S": "x"}]}, ":one": {"N": "1"}},
            "ReturnValues": "UPDATED_NEW",
        },
    ),
    ("UpdateItem", {"Key": KEY, "UpdateExpression": "SET name"}),
    ("UpdateItem", {"Key": KEY, "UpdateExpression": "SET #n = :n", **NAMED, "ReturnValues": "SOME"}),
    ("Query", {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "a"}}}),
    (
        "Query",
        {
            "KeyConditionExpression": "pk = :p AND begins_with(sk, :s)",
            "FilterExpression": "size(tags) = :two AND NOT (#n IN (:n))",
            "ExpressionAttributeNames": {"#n": "name"},
            "ExpressionAttributeValues": {
                ":p": {"S": "a"},
                ":s": {"S": "2"},
                ":two": {"N": "2"},
                ":n": {"S": "new"},
            },
            "ReturnConsumedCapacity": "TOTAL",
        },
    ),
    (
        "Query",
        {
            "KeyConditionExpression": "pk = :p",
            "ExpressionAttributeValues": {":p": {"S": "a"}},
            "Limit": 1,
            "ScanIndexForward": False,
        },
    ),
    ("Query", {"KeyConditionExpression": "pk = :p"}),
    ("Scan", {"FilterExpression": "attribute_exists(#n)", "ExpressionAttributeNames": {"#n": "name"}}),
    ("Scan", {"Select": "COUNT", "Segment": 0, "TotalSegments": 1}),
    (
        "TransactWriteItems",
        {
            "TransactItems": [
                {"Put": {"Item": ROW | {"sk": {"S": "3"}}}},
                {"Update": {"Key": KEY, "UpdateExpression": "SET map.more = :n REMOVE #n", **NAMED}},
                {"Delete": {"Key": KEY | {"sk": {"S": "2"}}}},
            ]
        },
    ),
    (
        "TransactWriteItems",
        {
            "TransactItems": [
                {"Update": {"Key": KEY, "UpdateExpression": "SET map.more = :n, #n = :n", **NAMED}},
                {"Delete": {"Key": KEY | {"sk": {"S": "3"}}}},
                {
                    "ConditionCheck": {
                        "Key": KEY | {"sk": {"S": "none"}},
                        "ConditionExpression": "attribute_exists(pk)",
                    }
                },
            ]
        },
    ),
    ("TransactWriteItems", {"TransactItems": [{"Put": {"Item": {"pk": {"S": "only"}}}}]}),
    (
        "TransactGetItems",
        {"TransactItems": [{"Get": {"Key": KEY}}, {"Get": {"Key": KEY | {"sk": {"S": "3"}}}}]},
    ),
    ("DeleteItem", {"Key": KEY, "ReturnValues": "ALL_OLD"}),
    ("DeleteItem", {"Key": KEY, "ConditionExpression": "attribute_exists(pk)"}),
    ("Scan", {}),
)


@pytest.fixture(scope="module")
def tables(cloud: Cloud) -> list[str]:
    """Make a table for each of the ways."""
    dynamodb = cloud.session.client("dynamodb", endpoint_url=cloud.url)
    names = [f"way-{uuid.uuid4().hex[:12]}" for _ in range(2)]
    for name in names:
        dynamodb.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("pk", "sk")],
            KeySchema=[
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
        )
    return names


def asked(cloud: Cloud, operation: str, body: bytes, **headers: str) -> requests.Response:
    meant = {"Authorization": CREDENTIAL, "X-Amz-Target": f"DynamoDB_20120810.{operation}"}
    return requests.post(cloud.url, body, headers=meant | headers, timeout=30)


def of_table(parameters: Mapping[str, Any], table: str) -> dict[str, Any]:
    """Name the table, in each part of a transaction too."""
    if "TransactItems" not in parameters:
        return {"TableName": table, **parameters}
    parts = [
        {kind: {"TableName": table, **part} for kind, part in item.items()}
        for item in parameters["TransactItems"]
    ]
    return {"TransactItems": parts}


def comparable(answer: requests.Response, table: str) -> tuple[int, Any]:
    """Return status and body, whatever the table is called and however often the message is spelled."""
    body = {name.lower() if name == "Message" else name: value for name, value in answer.json().items()}
    return answer.status_code, json.loads(json.dumps(body).replace(table, "table"))


def test_both_ways_give_the_same_answers_one_after_another(cloud: Cloud, tables: list[str]) -> None:
    statuses = set()
    for operation, parameters in CALLS:
        seen = []
        for table, headers in zip(tables, ({}, THROUGH_THE_CHAIN), strict=True):
            body = json.dumps(of_table(parameters, table)).encode()
            answer = asked(cloud, operation, body, **headers)
            assert ("x-localstack" in answer.headers) == bool(headers), "went the other way"
            assert int(answer.headers["x-amz-crc32"]) == zlib.crc32(answer.content)
            seen.append(comparable(answer, table))
        assert seen[0] == seen[1], (operation, parameters)
        statuses.add(seen[0][0])
    assert statuses == {200, 400}


def test_batches_give_the_same_answers(cloud: Cloud, tables: list[str]) -> None:
    seen = []
    for table, headers in zip(tables, ({}, THROUGH_THE_CHAIN), strict=True):
        puts = [{"PutRequest": {"Item": ROW | {"sk": {"S": str(n)}}}} for n in range(26)]
        for operation, requested in (
            ("BatchWriteItem", puts[:25]),
            ("BatchWriteItem", puts),
            ("BatchGetItem", {"Keys": [KEY, KEY | {"sk": {"S": "7"}}], "ConsistentRead": True}),
        ):
            body = json.dumps({"RequestItems": {table: requested}}).encode()
            seen.append(comparable(asked(cloud, operation, body, **headers), table))
    assert seen[:3] == seen[3:]
    assert [status for status, _ in seen[:3]] == [200, 400, 200]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", b"\xff"])
def test_a_body_that_is_no_structure_is_refused(cloud: Cloud, body: bytes) -> None:
    answer = asked(cloud, "GetItem", body)
    assert (answer.status_code, answer.json()["__type"]) == (400, "SerializationException")


@pytest.mark.parametrize(
    ("operation", "parameters", "member"),
    [
        ("GetItem", {}, "Key"),
        ("PutItem", {"Item": ROW}, "TableName"),
        ("TransactWriteItems", {}, "TransactItems"),
        ("BatchGetItem", {}, "RequestItems"),
    ],
)
def test_what_is_required_is_named(
    cloud: Cloud, operation: str, parameters: dict[str, Any], member: str
) -> None:
    answer = asked(cloud, operation, json.dumps(parameters).encode())
    assert (answer.status_code, answer.json()["__type"]) == (400, "ValidationException")
    assert f"'{member}'" in answer.json()["message"]


def test_a_region_that_localstack_takes_for_another_goes_through_the_chain(
    cloud: Cloud, tables: list[str]
) -> None:
    body = json.dumps({"TableName": tables[0], "Key": KEY}).encode()
    elsewhere = CREDENTIAL.replace(REGION, "cn-north-1")
    assert "x-localstack" in asked(cloud, "GetItem", body, Authorization=elsewhere).headers


@pytest.mark.parametrize("is_by_arn", [False, True])
def test_a_row_that_a_cancelled_transaction_names_twice_is_as_it_was(
    cloud: Cloud, tables: list[str], *, is_by_arn: bool
) -> None:
    """AWS refuses the second name of a row; moto takes a key in another order for another row."""
    name = f"arn:aws:dynamodb:{REGION}:000000000000:table/{tables[0]}" if is_by_arn else tables[0]
    dynamodb = cloud.session.client("dynamodb", endpoint_url=cloud.url)
    key = {"pk": {"S": "twice"}, "sk": {"S": "1"}}
    dynamodb.put_item(TableName=tables[0], Item=key | {"n": {"N": "1"}})
    update = {
        "TableName": name,
        "Key": key,
        "UpdateExpression": "SET n = :n",
        "ExpressionAttributeValues": {":n": {"N": "99"}},
    }
    again = {"TableName": name, "Key": dict(reversed(key.items()))}
    check = again | {"ConditionExpression": "attribute_not_exists(pk)"}
    for items in (
        [{"Update": update}, {"ConditionCheck": check}],
        [{"Delete": again}, {"ConditionCheck": check}],
    ):
        parameters = {"TransactItems": items}
        assert asked(cloud, "TransactWriteItems", json.dumps(parameters).encode()).status_code == 400
        kept = dynamodb.get_item(TableName=tables[0], Key=key)["Item"]
        assert kept == key | {"n": {"N": "1"}}
