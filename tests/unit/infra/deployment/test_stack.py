"""What a stack makes of CloudFormation's answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError

from infra.deployment.stack import DeploymentFailedError, Stack

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

URL = "https://artifacts/template.json"


class FakeCloudFormation:
    """CloudFormation with one stack, which takes a state at each change and shows events of it."""

    def __init__(self, status: str = "", *, becomes: str = "CREATE_COMPLETE") -> None:
        self.status = status
        self.becomes = becomes
        self.calls: list[tuple[str, dict[str, object]]] = []
        self.events: list[dict[str, Any]] = []

    def describe_stacks(self, StackName: str) -> dict[str, Any]:  # noqa: N803  # boto3's names
        if not self.status:
            raise refusal("ValidationError", f"Stack with id {StackName} does not exist")
        outputs = [{"OutputKey": "Table", "OutputValue": "t"}]
        parameters = [{"ParameterKey": "ImageUrlKey", "ParameterValue": "****"}]
        return {"Stacks": [{"StackStatus": self.status, "Outputs": outputs, "Parameters": parameters}]}

    def create_stack(self, **given: object) -> None:
        self._change("create", given)

    def update_stack(self, **given: object) -> None:
        if self.becomes == "unchanged":
            raise refusal("ValidationError", "No updates are to be performed.")
        self._change("update", given)

    def delete_stack(self, **given: object) -> None:
        self._change("delete", given)
        self.status = ""

    def get_paginator(self, name: str) -> "FakeCloudFormation":
        assert name == "describe_stack_events"
        return self

    def paginate(self, StackName: str) -> Iterator[dict[str, Any]]:  # noqa: N803  # boto3's names
        assert StackName
        yield {"StackEvents": self.events}

    def _change(self, verb: str, given: dict[str, object]) -> None:
        self.calls.append((verb, given))
        self.status = self.becomes


def refusal(code: str, message: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "Operation")


def stack(client: FakeCloudFormation) -> Stack:
    return Stack(cast("CloudFormationClient", client), "stack")


def test_a_first_deployment_creates() -> None:
    client = FakeCloudFormation()
    assert stack(client).deploy(URL, {"Key": "value"}) == {"Table": "t"}
    [(verb, given)] = client.calls
    assert verb == "create"
    assert given["Parameters"] == [{"ParameterKey": "Key", "ParameterValue": "value"}]


def test_a_later_one_updates_and_keeps_what_is_not_given() -> None:
    client = FakeCloudFormation("CREATE_COMPLETE", becomes="UPDATE_COMPLETE")
    stack(client).deploy(URL, {"Key": None})
    [(verb, given)] = client.calls
    assert verb == "update"
    assert given["Parameters"] == [{"ParameterKey": "Key", "UsePreviousValue": True}]


def test_nothing_to_update_is_no_failure() -> None:
    client = FakeCloudFormation("CREATE_COMPLETE", becomes="unchanged")
    assert stack(client).deploy(URL, {}) == {"Table": "t"}


def test_a_failure_tells_its_causes_the_first_one_first() -> None:
    client = FakeCloudFormation(becomes="ROLLBACK_COMPLETE")
    now = datetime.now(UTC) + timedelta(seconds=1)
    failed = {"ResourceStatus": "CREATE_FAILED", "Timestamp": now}
    client.events = [
        failed | {"LogicalResourceId": "Later", "ResourceStatusReason": "cancelled"},
        failed | {"LogicalResourceId": "First", "ResourceStatusReason": "the cause"},
        failed | {"LogicalResourceId": "Old", "Timestamp": now - timedelta(days=1)},
        {"LogicalResourceId": "Good", "ResourceStatus": "CREATE_COMPLETE", "Timestamp": now},
    ]
    with pytest.raises(DeploymentFailedError) as raised:
        stack(client).deploy(URL, {})
    assert str(raised.value) == "stack is ROLLBACK_COMPLETE:\n  First: the cause\n  Later: cancelled"


@pytest.mark.parametrize(
    ("status", "calls"), [("ROLLBACK_COMPLETE", ["delete"]), ("UPDATE_COMPLETE", []), ("", [])]
)
def test_only_what_a_failed_creation_left_is_discarded(status: str, calls: list[str]) -> None:
    client = FakeCloudFormation(status)
    stack(client).discard_failed()
    assert [verb for verb, _ in client.calls] == calls


@pytest.mark.parametrize("status", ["", "ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"])
def test_a_stack_in_no_good_state_has_no_outputs(status: str) -> None:
    assert stack(FakeCloudFormation(status)).outputs() == {}


def test_parameters_are_known_by_name() -> None:
    assert stack(FakeCloudFormation("CREATE_COMPLETE")).parameters() == {"ImageUrlKey"}
    assert stack(FakeCloudFormation()).parameters() == frozenset()


def test_an_error_that_is_no_answer_flies() -> None:
    class Denied(FakeCloudFormation):
        def describe_stacks(self, StackName: str) -> dict[str, Any]:  # noqa: N803  # boto3's names
            raise refusal("AccessDenied", f"not {StackName}")

    with pytest.raises(ClientError, match="AccessDenied"):
        stack(Denied()).exists()
