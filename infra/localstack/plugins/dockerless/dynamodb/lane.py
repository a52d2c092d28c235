"""Answer the frequent operations of DynamoDB without LocalStack's chain of handlers.

Every request of a client makes several, and the chain, which reads and words each for any service of AWS, cost
more than the operation. Policies, quotas and the lock of all operations hold here as they do there. Whatever is
not as the SDKs send it goes through the chain.
"""

import json
import logging
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any, Self
from uuid import uuid4

from boto3.session import Session
from localstack.aws.accounts import get_account_id_from_access_key_id
from localstack.aws.api import CommonServiceException
from localstack.runtime import events
from localstack.services.plugins import SERVICE_PLUGINS
from moto.core.utils import camelcase_to_underscores
from moto.dynamodb.responses import DynamoHandler
from werkzeug.exceptions import HTTPException

from .. import quotas
from ..iam import enforcement
from ..iam.actions import Call
from ..serving.wire import Headers, Request, Wire
from .service import LOCK

LOG = logging.getLogger(__name__)
TARGET = "DynamoDB_20120810."
MEMBERS: Mapping[str, frozenset[str]] = {
    "BatchGetItem": frozenset({"RequestItems"}),
    "BatchWriteItem": frozenset({"RequestItems"}),
    "DeleteItem": frozenset({"TableName", "Key"}),
    "GetItem": frozenset({"TableName", "Key"}),
    "PutItem": frozenset({"TableName", "Item"}),
    "Query": frozenset({"TableName"}),
    "Scan": frozenset({"TableName"}),
    "TransactGetItems": frozenset({"TransactItems"}),
    "TransactWriteItems": frozenset({"TransactItems"}),
    "UpdateItem": frozenset({"TableName", "Key"}),
}
"""The operations that are answered here, and which parameters of each are required."""
_CREDENTIAL = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/,]+)/[^/,]+/([^/,]+)/dynamodb/")


@dataclass(frozen=True)
class Answer:
    """A status with its reason, and the JSON of an answer."""

    status: str
    body: bytes

    @classmethod
    def of(cls, status: int, body: str) -> Self:
        """Take a status by its number."""
        return cls(f"{status} {HTTPStatus(status).phrase}", body.encode())

    @classmethod
    def refusal(cls, code: str, message: str, status: int) -> Self:
        """Say why an operation is not done."""
        return cls.of(status, json.dumps({"__type": code, "message": message}))

    @property
    def headers(self) -> Headers:
        """Return what the SDKs look at."""
        return (
            ("Content-Type", "application/x-amz-json-1.0"),
            ("Content-Length", str(len(self.body))),
            ("x-amzn-RequestId", str(uuid4())),
            ("x-amz-crc32", str(zlib.crc32(self.body))),
        )


class _Handler(DynamoHandler):
    """Moto's handler of one call, told what it would read out of a request."""

    def __init__(self, call: Call) -> None:
        super().__init__()
        self.body = call.parameters
        self.current_account, self.region = call.account, call.region
        self.response_headers: dict[str, str] = {}


def serve(wire: Wire, request: Request) -> bool:
    """Answer a request that is for here; tell whether it was."""
    operation = _operation(request)
    credential = _CREDENTIAL.match(request.header("authorization")) if operation else None
    if credential is None or credential[2] not in _regions():
        return False
    key, region = credential.groups()
    answer = _answer(key, region, operation, request.body.read())
    wire.answer(request, answer.status, answer.headers, (answer.body,))
    return True


def _operation(request: Request) -> str:
    """Return the operation's name; empty where it is none of these, or not sent as the SDKs do."""
    target = request.header("x-amz-target")
    if request.method != "POST" or not target.startswith(TARGET) or request.header("content-encoding"):
        return ""
    name = target.removeprefix(TARGET)
    return name if name in MEMBERS else ""


@cache
def _regions() -> frozenset[str]:
    """Return the regions that LocalStack leaves as they are."""
    return frozenset(Session().get_available_regions("s3", "aws"))


def _answer(key: str, region: str, operation: str, body: bytes) -> Answer:
    try:
        call = Call("dynamodb", operation, _parameters(body), get_account_id_from_access_key_id(key), region)
        return _done(key, call)
    except CommonServiceException as error:
        return Answer.refusal(error.code, error.message, error.status_code)
    except NotImplementedError as error:  # moto's, of what it does not serve
        return Answer.refusal("InternalFailure", f"{operation} is not served like this: {error}", 501)
    except HTTPException as error:  # moto's own, worded as AWS words them
        return Answer.of(error.code or 400, str(error.description))
    except Exception as error:
        LOG.exception("DynamoDB could not do %s.", operation)
        return Answer.refusal("InternalServerError", f"{type(error).__name__}: {error}", 500)


def _parameters(body: bytes) -> Mapping[str, Any]:
    try:
        parameters = json.loads(body)
    except ValueError as error:
        raise CommonServiceException("SerializationException", "The body is no JSON.", 400) from error
    if not isinstance(parameters, dict):
        raise CommonServiceException("SerializationException", "The body is no structure.", 400)
    return parameters


def _done(key: str, call: Call) -> Answer:
    if missing := sorted(MEMBERS[call.operation] - call.parameters.keys()):
        message = f"Value null at '{missing[0]}' failed to satisfy constraint: Member must not be null"
        raise CommonServiceException("ValidationException", message, 400)
    _begin_service()
    if enforcement.is_on():
        enforcement.require(key, call)
    quotas.check_dynamodb(call.operation, call.parameters)
    # By name: moto's methods are replaced when the service is loaded.
    method = getattr(_Handler(call), camelcase_to_underscores(call.operation))
    with LOCK:
        # The last snapshot takes this lock too: what is written after it would be lost.
        if events.infra_stopping.is_set():
            raise CommonServiceException("ServiceUnavailable", "The emulator is about to end.", 503)
        answer = method()
    if isinstance(answer, str):
        return Answer.of(200, answer)
    status, _, body = answer
    return Answer.of(int(status), body)


@cache
def _begin_service() -> None:
    """Load the service as its first request through the chain would."""
    SERVICE_PLUGINS.require("dynamodb")
