"""Let a REST API word its own refusals: LocalStack keeps gateway responses but does not import or render them."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.http import Response
from localstack.services.apigateway.legacy import provider
from localstack.services.apigateway.models import apigateway_stores
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    BaseGatewayException,
    build_gateway_response,
    get_gateway_response_or_default,
)
from localstack.services.apigateway.next_gen.execute_api.handlers.gateway_exception import (
    GatewayExceptionHandler,
)
from localstack.utils.patch import patch
from moto.apigateway.models import RestAPI as MotoRestAPI

EXTENSION = "x-amazon-apigateway-gateway-responses"
HEADER = "gatewayresponse.header."
VARIABLE = re.compile(r"\$context\.(error\.messageString|error\.message|error\.responseType|requestId)\b")


def apply_patches() -> None:
    """Change the classes in place, once per process."""
    _import_from_definitions()
    _render()


def _import_from_definitions() -> None:
    original = provider.import_api_from_openapi_spec

    def import_api(
        rest_api: MotoRestAPI, context: RequestContext, open_api_spec: Mapping[str, Any], **options: object
    ) -> object:
        container = apigateway_stores[context.account_id][context.region].rest_apis[rest_api.id]
        for kind, response in (open_api_spec.get(EXTENSION) or {}).items():
            container.gateway_responses[kind] = build_gateway_response(
                kind,
                status_code=str(response["statusCode"]) if "statusCode" in response else None,
                response_parameters=response.get("responseParameters"),
                response_templates=response.get("responseTemplates"),
                default_response=False,
            )
        return original(rest_api, context=context, open_api_spec=open_api_spec, **options)

    provider.import_api_from_openapi_spec = import_api


def _render() -> None:
    @patch(target=GatewayExceptionHandler.create_exception_response)
    def create_exception_response(
        original: Callable[..., Response],
        handler: GatewayExceptionHandler,
        exception: BaseGatewayException,
        context: RestApiInvocationContext,
    ) -> Response:
        answer = original(handler, exception, context)
        chosen = get_gateway_response_or_default(
            exception.type, context.deployment.rest_api.gateway_responses
        )
        for name, value in headers_of(chosen.get("responseParameters") or {}).items():
            answer.headers[name] = value
        template = (chosen.get("responseTemplates") or {}).get("application/json")
        if template and not chosen.get("defaultResponse"):
            answer.set_response(render(template, exception, context.context_variables.get("requestId", "")))
        return answer


def headers_of(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return the headers with a fixed value; those mapped from the request are left out."""
    return {
        name.removeprefix(HEADER): value[1:-1]
        for name, value in parameters.items()
        if name.startswith(HEADER) and value.startswith("'")
    }


def render(template: str, exception: BaseGatewayException, request_id: str) -> str:
    """Fill in the variables that AWS documents for gateway responses."""
    values = {
        "error.messageString": json.dumps(exception.message),
        "error.message": str(exception.message),
        "error.responseType": str(exception.type),
        "requestId": request_id,
    }
    return VARIABLE.sub(lambda match: values[match[1]], template)
