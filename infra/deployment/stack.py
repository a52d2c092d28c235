"""One CloudFormation stack: read it, create or update it, say what went wrong, delete it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from infra.errors import OperatorError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackEventTypeDef, StackTypeDef

UNUSABLE = frozenset(
    {"ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED", "DELETE_FAILED", "REVIEW_IN_PROGRESS"}
)
"""States after a failed creation: CloudFormation takes no update then, only a deletion."""
GOOD = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE"})


class DeploymentFailedError(OperatorError):
    """Tell in which state CloudFormation gave up, and why."""

    def __init__(self, name: str, status: str, reasons: str) -> None:
        super().__init__(f"{name} is {status}:\n{reasons}")


class Stack:
    """A stack by name; it need not exist yet."""

    def __init__(self, client: CloudFormationClient, name: str) -> None:
        self._client = client
        self.name = name

    def outputs(self) -> dict[str, str]:
        """Return the outputs of a stack that is in a good state; nothing otherwise."""
        found = self._find()
        if found is None or found["StackStatus"] not in GOOD:
            return {}
        return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}

    def parameters(self) -> frozenset[str]:
        """Return the names of the parameters that the stack has; none before its first deployment."""
        found = self._find()
        parameters = found.get("Parameters", []) if found else []
        return frozenset(parameter["ParameterKey"] for parameter in parameters)

    def exists(self) -> bool:
        """Tell whether there is a stack to update."""
        return self._find() is not None

    def discard_failed(self) -> None:
        """Delete what a failed first deployment left."""
        found = self._find()
        if found is not None and found["StackStatus"] in UNUSABLE:
            self.delete()

    def deploy(self, template_url: str, parameters: Mapping[str, str | None]) -> dict[str, str]:
        """Create or update, wait, and return the outputs; a parameter that is None keeps its value.

        Raises DeploymentFailedError with the events that tell why.
        """
        known: list[ParameterTypeDef] = [
            {"ParameterKey": key, "UsePreviousValue": True}
            if value is None
            else {"ParameterKey": key, "ParameterValue": value}
            for key, value in parameters.items()
        ]
        change = self._client.update_stack if self.exists() else self._client.create_stack
        begun = time.time()
        try:
            change(
                StackName=self.name,
                TemplateURL=template_url,
                Parameters=known,
                Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            )
        except ClientError as error:
            if "No updates are to be performed" not in str(error):
                raise
        else:
            self._wait(begun)
        return self.outputs()

    def delete(self) -> None:
        """Delete the stack and wait; resources that hold data stay."""
        begun = time.time()
        self._client.delete_stack(StackName=self.name)
        self._wait(begun)

    def _wait(self, begun: float) -> None:
        while (found := self._find()) and found["StackStatus"].endswith("_IN_PROGRESS"):
            time.sleep(0.5)
        if found and found["StackStatus"] not in GOOD:
            reasons = "\n".join(self._failures(begun)) or found.get("StackStatusReason", "no reason given")
            raise DeploymentFailedError(self.name, found["StackStatus"], reasons)

    def _find(self) -> StackTypeDef | None:
        try:
            return self._client.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            if error.response["Error"]["Code"] == "ValidationError":
                return None
            raise

    def _failures(self, begun: float) -> Iterator[str]:
        """Yield the failed steps since a time, the first and so the cause first."""
        pages = self._client.get_paginator("describe_stack_events").paginate(StackName=self.name)
        events = [event for page in pages for event in page["StackEvents"] if _failed_since(event, begun)]
        for event in reversed(events):
            yield f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"


def _failed_since(event: StackEventTypeDef, begun: float) -> bool:
    return event["Timestamp"].timestamp() >= begun - 1 and event["ResourceStatus"].endswith("_FAILED")
