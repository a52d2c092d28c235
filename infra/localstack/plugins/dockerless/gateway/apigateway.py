"""Give LocalStack's REST APIs AWS's meaning of ``*/*`` in ``binaryMediaTypes``, and AWS's limits."""

import base64
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from localstack.services.apigateway.next_gen.execute_api import helpers
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    IntegrationTimeoutError,
    RequestTooLargeError,
)
from localstack.services.apigateway.next_gen.execute_api.handlers import (
    integration_request,
    integration_response,
    parse,
)
from localstack.services.apigateway.next_gen.execute_api.handlers.parse import InvocationRequestParser
from localstack.services.apigateway.next_gen.execute_api.integrations import aws
from localstack.services.apigateway.next_gen.execute_api.integrations.aws import RestApiAwsProxyIntegration
from localstack.utils.patch import patch

from ..limits import GATEWAY_REQUEST_BYTES, LAMBDA_PAYLOAD_BYTES
from ..settings import current_settings

EVERYTHING = "*/*"

# API Gateway's own words.
REQUEST_TOO_LARGE = f"HTTP content length exceeded {GATEWAY_REQUEST_BYTES} bytes."
EVENT_TOO_LARGE = "Request Too Long"
TIMED_OUT = "Endpoint request timed out"


def apply_patches() -> None:
    """Change the classes in place, once per process."""
    _treat_everything_as_binary()
    _encode_bodies_by_content_type()
    _keep_path_parameters()
    _limit_requests()
    _limit_integration_time()


def _treat_everything_as_binary() -> None:
    original = helpers.mime_type_matches_binary_media_types

    def matches(mime_type: str | None, binary_media_types: list[str]) -> bool:
        return EVERYTHING in (binary_media_types or ()) or original(mime_type, binary_media_types)

    for module in (helpers, aws, integration_request, integration_response):
        module.mime_type_matches_binary_media_types = matches


def _encode_bodies_by_content_type() -> None:
    """Decide on base64 by the request's Content-Type; LocalStack looks whether the bytes happen to be UTF-8."""

    @patch(target=RestApiAwsProxyIntegration.create_lambda_input_event)
    def create_lambda_input_event(
        original: Callable[..., Any],
        integration: RestApiAwsProxyIntegration,
        context: RestApiInvocationContext,
    ) -> object:
        event = original(integration, context)
        body: bytes = context.integration_request["body"]
        if body:
            event["body"], event["isBase64Encoded"] = _encoded(body, is_binary=_is_binary(context))
        _check_event_size(event)
        return event


def _encoded(body: bytes, *, is_binary: bool) -> tuple[str, bool]:
    return (base64.b64encode(body).decode(), True) if is_binary else (body.decode(errors="replace"), False)


def _is_binary(context: RestApiInvocationContext) -> bool:
    media_types = context.deployment.rest_api.rest_api.get("binaryMediaTypes") or []
    content_type = context.invocation_request["headers"].get("Content-Type")
    return bool(helpers.mime_type_matches_binary_media_types(content_type, media_types))


def _check_event_size(event: dict[str, Any]) -> None:
    # Escapes in the JSON text double a body at most, so a small one needs no measuring.
    if len(event["body"] or "") > LAMBDA_PAYLOAD_BYTES // 2 and len(json.dumps(event)) > LAMBDA_PAYLOAD_BYTES:
        raise RequestTooLargeError(EVENT_TOO_LARGE)


def _keep_path_parameters() -> None:
    """Keep what follows a ``;`` in a path: RFC 3986 has no such parameters, and AWS passes them on."""
    parse.urlparse = urlsplit


def _limit_requests() -> None:
    @patch(target=InvocationRequestParser.__call__)
    def parse(
        original: Callable[..., None],
        parser: InvocationRequestParser,
        chain: object,
        context: RestApiInvocationContext,
        response: object,
    ) -> None:
        original(parser, chain, context, response)
        if len(context.invocation_request["body"]) > GATEWAY_REQUEST_BYTES:
            raise RequestTooLargeError(REQUEST_TOO_LARGE)


def _limit_integration_time() -> None:
    waiting = ThreadPoolExecutor(max_workers=256, thread_name_prefix="apigateway-integration")

    @patch(target=RestApiAwsProxyIntegration.invoke)
    def invoke(
        original: Callable[..., Any],
        integration: RestApiAwsProxyIntegration,
        context: RestApiInvocationContext,
    ) -> object:
        try:
            return waiting.submit(original, integration, context).result(timeout=_seconds(context))
        except TimeoutError as error:
            raise IntegrationTimeoutError(TIMED_OUT) from error


def _seconds(context: RestApiInvocationContext) -> float:
    configured = context.integration.get("timeoutInMillis")
    longest = current_settings().gateway_seconds
    return min(longest, int(configured) / 1000) if configured else longest
