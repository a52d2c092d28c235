"""Refuse, as AWS does, what a caller's policies do not allow: a handler before every service of LocalStack."""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from localstack.aws import handlers
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.s3.models import S3Object, s3_stores
from localstack.utils.aws.request_context import extract_access_key_id_from_auth_header
from moto.logs.models import logs_backends

from .actions import Call, accesses
from .callers import Caller, caller
from .policies import Access, Decision, decide
from .recording import Recorder

ANONYMOUS = "injectedaccesskey"
"""LocalStack's name for a caller that shows no key."""
ENFORCED = "IAM_ENFORCED"
RECORD = "IAM_RECORD"
CONTEXT = {"aws:securetransport": "true"}
"""Keys of conditions; the loopback stands for the TLS that AWS's endpoints speak."""
READS_OF_OBJECTS = frozenset({"GetObject", "HeadObject"})
JSON_REFUSALS = frozenset({"dynamodb", "logs"})
"""Services whose refusals have status 400 and a longer name."""


def is_on() -> bool:
    """Tell whether this emulator refuses what policies and signatures do not allow."""
    return os.environ.get(ENFORCED) != "0"


def apply_patches() -> None:
    """Put the check into the chain, once per process."""
    handlers.serve_custom_service_request_handlers.append(authorise)


def authorise(_chain: HandlerChain, context: RequestContext, _response: Response) -> None:
    """Let a call pass, or raise the refusal."""
    if context.operation is None or context.service is None:
        return
    key = _access_key(context)
    if key == ANONYMOUS and context.service.service_name == "s3":
        raise CommonServiceException("AccessDenied", "Access Denied", 403, sender_fault=True)
    if not _is_log_group_of_lambda(context):
        _require(key, context.service.service_name, context.account_id, _accesses(context))


def require(key: str, call: Call) -> None:
    """Let a call with an access key pass, or raise the refusal."""
    _require(key, call.service, call.account, accesses(call))


def _require(key: str, service: str, account: str, wanted: Iterable[Access]) -> None:
    found = caller(account, key)
    if found is None:
        return
    for access in wanted:
        if not _decide(found, access).is_allowed:
            raise _refusal(service, found, access)


def _access_key(context: RequestContext) -> str:
    form = context.request.form if _is_post(context) else {}
    if credential := form.get("x-amz-credential") or form.get("X-Amz-Credential"):
        return str(credential).partition("/")[0]
    if _is_post(context):
        return ANONYMOUS
    return extract_access_key_id_from_auth_header(context.request.headers) or ANONYMOUS


def _is_post(context: RequestContext) -> bool:
    return bool(context.operation and context.operation.name == "PostObject")


def _accesses(context: RequestContext) -> Iterator[Access]:
    parameters = dict(context.service_request or {})
    if _is_post(context):
        parameters["Key"] = context.request.form.get("key", "")
    service, operation = context.service.service_name, context.operation.name
    yield from accesses(
        Call(service, operation, parameters, account=context.account_id, region=context.region)
    )
    if service == "s3" and operation in READS_OF_OBJECTS and _is_missing(context, parameters):
        # Only who may list a bucket learns that a key is free; for others S3 refuses rather than says 404.
        yield Access("s3:ListBucket", f"arn:aws:s3:::{parameters['Bucket']}")


def _is_missing(context: RequestContext, parameters: Mapping[str, Any]) -> bool:
    bucket = s3_stores[context.account_id][context.region].buckets.get(parameters["Bucket"])
    return bucket is not None and not isinstance(bucket.objects.get(parameters["Key"]), S3Object)


def _decide(who: Caller, access: Access) -> Decision:
    decision = decide(who.documents, access, CONTEXT)
    if recorder := _recorder():
        recorder.note(who.name, access, (decision.sid or "") if decision.is_allowed else None)
    return decision


@cache
def _recorder() -> Recorder | None:
    path = os.environ.get(RECORD)
    return Recorder(Path(path)) if path else None


def _is_log_group_of_lambda(context: RequestContext) -> bool:
    """Tell whether Lambda's log sender asks for a group that exists: AWS's does not ask."""
    if context.service.service_name != "logs" or context.operation.name != "CreateLogGroup":
        return False
    return (context.service_request or {}).get("logGroupName") in logs_backends[context.account_id][
        context.region
    ].groups


def _refusal(service: str, who: Caller, access: Access) -> CommonServiceException:
    message = _words(who, access)
    if service in JSON_REFUSALS:
        return CommonServiceException("AccessDeniedException", message, 400, sender_fault=True)
    if service == "lambda":
        return CommonServiceException("AccessDeniedException", message, 403, sender_fault=True)
    return CommonServiceException("AccessDenied", message, 403, sender_fault=True)


def _words(who: Caller, access: Access) -> str:
    return (
        f"User: {who.arn} is not authorized to perform: {access.action} on resource: {access.resource} "
        f"because no identity-based policy allows the {access.action} action"
    )
