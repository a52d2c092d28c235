"""Let an integration call Lambda's operation Invoke without HTTP: both services are parts of this process."""

from functools import cache
from typing import Any
from uuid import uuid4

from localstack.aws.api.lambda_ import InvocationType
from localstack.services.apigateway.next_gen.execute_api.integrations.aws import RestApiAwsProxyIntegration
from localstack.services.lambda_.api_utils import function_locators_from_arn
from localstack.services.plugins import SERVICE_PLUGINS


def apply_patches() -> None:
    """Change the class in place, once per process."""
    original = RestApiAwsProxyIntegration.call_lambda

    def call_lambda(
        function_arn: str, event: bytes, source_arn: str, credentials: str | None = None
    ) -> bytes:
        if credentials:  # a role of the integration's own, which IAM has to look at
            payload: bytes = original(function_arn, event, source_arn, credentials)
            return payload
        return _invoke(function_arn, event)

    RestApiAwsProxyIntegration.call_lambda = staticmethod(call_lambda)


def _invoke(function_arn: str, event: bytes) -> bytes:
    name, qualifier, account, region = _located(function_arn)
    result = _lambda_service().invoke(
        function_name=name,
        qualifier=qualifier,
        region=region,
        account_id=account,
        invocation_type=InvocationType.RequestResponse,
        client_context=None,
        request_id=str(uuid4()),
        payload=event,
    )
    return bytes(result.payload)


@cache
def _located(function_arn: str) -> tuple[str, str | None, str, str]:
    """Return name, qualifier, account and region."""
    found: tuple[str, str | None, str, str] = function_locators_from_arn(function_arn)
    return found


@cache
def _lambda_service() -> Any:  # noqa: ANN401  # LocalStack's
    return SERVICE_PLUGINS.require("lambda")._provider.lambda_service  # noqa: SLF001  # there is no public name
