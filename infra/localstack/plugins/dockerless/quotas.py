"""Refuse what is larger than a service takes, where LocalStack and moto take it.

Sources in AWS's documentation: "Quotas in Amazon DynamoDB", "Working with object metadata", "Creating object key
names", "Authenticating requests: using query parameters". What they refuse by themselves is tested beside this in
tests/localstack/test_quotas.py.
"""

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws import handlers
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

type Parameters = Mapping[str, Any]

KEY_BYTES = 1_024
METADATA_BYTES = 2_048
PRESIGNED_SECONDS = 7 * 86_400
KEYS_OF_A_DELETION = 1_000
TRANSACTION_BYTES = 4 * 1024 * 1024
WRITES_OF_A_BATCH = 25


def apply_patches() -> None:
    """Put the check into the chain, once per process."""
    handlers.serve_custom_service_request_handlers.append(check)


def check(_chain: HandlerChain, context: RequestContext, _response: Response) -> None:
    """Let a call pass, or raise the refusal."""
    if context.operation is None or context.service is None:
        return
    parameters = dict(context.service_request or {})
    if context.service.service_name == "s3":
        _check_expiry(context.request.args)
        if context.operation.name == "PostObject":
            parameters["Key"] = context.request.form.get("key", "")
        _check_object(parameters)
    else:
        check_dynamodb(context.operation.name, parameters)


def check_dynamodb(operation: str, parameters: Parameters) -> None:
    """Let an operation pass, or raise the refusal; binary values are bytes or base64."""
    if rule := _OF_DYNAMODB.get(operation):
        rule(parameters)


def _check_expiry(query: Mapping[str, str]) -> None:
    seconds = query.get("X-Amz-Expires", "0")
    if seconds.isdecimal() and int(seconds) > PRESIGNED_SECONDS:
        raise _refusal(
            "AuthorizationQueryParametersError",
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be "
            f"less than {PRESIGNED_SECONDS} seconds",
        )


def _check_object(parameters: Parameters) -> None:
    if len(str(parameters.get("Key", "")).encode()) > KEY_BYTES:
        raise _refusal("KeyTooLongError", "Your key is too long")
    metadata = parameters.get("Metadata") or {}
    if sum(len(f"{name}{value}".encode()) for name, value in metadata.items()) > METADATA_BYTES:
        raise _refusal("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size")
    if len((parameters.get("Delete") or {}).get("Objects", ())) > KEYS_OF_A_DELETION:
        raise _refusal(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema",
        )


def _check_transaction(parameters: Parameters) -> None:
    parts = (detail for item in parameters["TransactItems"] for detail in item.values())
    if sum(size(part.get("Item", {})) for part in parts) > TRANSACTION_BYTES:
        raise _refusal(
            "ValidationException",
            "Transaction request cannot include items with aggregate size larger than 4MB",
        )


def _check_batch(parameters: Parameters) -> None:
    if sum(map(len, parameters["RequestItems"].values())) > WRITES_OF_A_BATCH:
        raise _refusal("ValidationException", "Too many items requested for the BatchWriteItem call")


_OF_DYNAMODB: Mapping[str, Callable[[Parameters], None]] = {
    "TransactWriteItems": _check_transaction,
    "BatchWriteItem": _check_batch,
}


def size(attributes: Mapping[str, Mapping[str, Any]]) -> int:
    """Return the bytes of an item as DynamoDB counts them: "DynamoDB item sizes and formats"."""
    return sum(len(name.encode()) + _size(value) for name, value in attributes.items())


def _size(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    return _SIZES[kind](content) if kind in _SIZES else 1


def _size_of_set(kind: str) -> Callable[[Any], int]:
    return lambda content: sum(_SIZES[kind](each) for each in content)


_SIZES: dict[str, Callable[[Any], int]] = {
    "S": lambda content: len(content.encode()),
    "N": lambda content: len(content) // 2 + 1,
    "B": lambda content: len(content) if isinstance(content, bytes) else len(b64decode(content)),
    "M": lambda content: 3 + len(content) + size(content),
    "L": lambda content: 3 + sum(1 + _size(each) for each in content),
}
_SIZES |= {f"{kind}S": _size_of_set(kind) for kind in "SNB"}


def _refusal(code: str, message: str) -> CommonServiceException:
    return CommonServiceException(code, message, 400, sender_fault=True)
