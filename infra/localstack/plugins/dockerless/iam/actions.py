"""Say which actions on which resources a call needs.

An operation of the API is not always the action of its name: see "Actions, resources, and condition keys" for each
service in AWS's Service Authorization Reference.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .policies import Access
from .s3_actions import s3_accesses

type Parameters = Mapping[str, Any]

_BATCHES = {
    "SendMessageBatch": "SendMessage",
    "DeleteMessageBatch": "DeleteMessage",
    "ChangeMessageVisibilityBatch": "ChangeMessageVisibility",
}
_PARTS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
    "Get": "GetItem",
}


@dataclass(frozen=True)
class Call:
    """One call of an AWS API; `parameters` are named as in its specification."""

    service: str
    operation: str
    parameters: Parameters
    account: str
    region: str
    partition: str = "aws"

    def arn(self, resource: str) -> str:
        """Name a resource of the call's service, account and region."""
        return f"arn:{self.partition}:{self.service}:{self.region}:{self.account}:{resource}"


def accesses(call: Call) -> Iterator[Access]:
    """Yield what the caller must be allowed, all of it; nothing for what everybody may."""
    if call.service == "sts" and call.operation == "GetCallerIdentity":
        return
    yield from _SERVICES.get(call.service, _plain)(call)


def _plain(call: Call) -> Iterator[Access]:
    """Take the operation for the action and any resource for its own, as services without resources do."""
    yield Access(f"{call.service}:{call.operation}", "*")


def _s3(call: Call) -> Iterator[Access]:
    yield from s3_accesses(call.operation, call.parameters, call.partition)


def _dynamodb(call: Call) -> Iterator[Access]:
    match call.operation:
        case "TransactWriteItems" | "TransactGetItems":
            for item in call.parameters["TransactItems"]:
                for part, detail in item.items():
                    yield Access(f"dynamodb:{_PARTS[part]}", _table(call, detail["TableName"]))
        case "BatchGetItem" | "BatchWriteItem":
            for name in call.parameters["RequestItems"]:
                yield Access(f"dynamodb:{call.operation}", _table(call, name))
        case "ListTables":
            yield Access("dynamodb:ListTables", "*")
        case _:
            index = call.parameters.get("IndexName")
            table = _table(call, call.parameters["TableName"])
            yield Access(f"dynamodb:{call.operation}", f"{table}/index/{index}" if index else table)


def _table(call: Call, name: str) -> str:
    return name if name.startswith("arn:") else call.arn(f"table/{name}")


def _sqs(call: Call) -> Iterator[Access]:
    action = _BATCHES.get(call.operation, call.operation)
    if "SourceArn" in call.parameters:
        yield from _move(action, call.parameters)
        return
    name = call.parameters.get("QueueName") or call.parameters.get("QueueUrl", "*").rpartition("/")[2]
    yield Access(f"sqs:{action}", call.arn(name))


def _move(action: str, parameters: Parameters) -> Iterator[Access]:
    """Yield what moving messages takes: to receive, delete and send them too."""
    yield Access(f"sqs:{action}", parameters["SourceArn"])
    if action == "StartMessageMoveTask":
        yield Access("sqs:ReceiveMessage", parameters["SourceArn"])
        yield Access("sqs:DeleteMessage", parameters["SourceArn"])
        if target := parameters.get("DestinationArn"):
            yield Access("sqs:SendMessage", target)


def _logs(call: Call) -> Iterator[Access]:
    group = call.parameters.get("logGroupName", "*")
    stream = call.parameters.get("logStreamName")
    resource = f"log-group:{group}:log-stream:{stream}" if stream else f"log-group:{group}"
    yield Access(f"logs:{call.operation}", call.arn(resource))


def _lambda(call: Call) -> Iterator[Access]:
    action = "InvokeFunction" if call.operation == "Invoke" else call.operation
    name = call.parameters.get("FunctionName", "*")
    yield Access(f"lambda:{action}", name if name.startswith("arn:") else call.arn(f"function:{name}"))


def _cloudformation(call: Call) -> Iterator[Access]:
    name = call.parameters.get("StackName", "*")
    yield Access(
        f"cloudformation:{call.operation}", name if name.startswith("arn:") else call.arn(f"stack/{name}/*")
    )


_SERVICES: Mapping[str, Callable[[Call], Iterator[Access]]] = {
    "s3": _s3,
    "dynamodb": _dynamodb,
    "sqs": _sqs,
    "logs": _logs,
    "lambda": _lambda,
    "cloudformation": _cloudformation,
}
