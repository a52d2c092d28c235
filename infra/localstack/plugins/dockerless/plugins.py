"""Name the plugins for LocalStack; each imports what it needs only when LocalStack asks for it."""

from localstack.runtime import hooks
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.plugins import Service, aws_provider


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    """Select with ``LAMBDA_RUNTIME_EXECUTOR=process``."""

    name = "process"

    def load(self, *_args: object, **_kwargs: object) -> type:
        """Patch the Lambda service and return the executor."""
        from . import invocations, longevity
        from .executor import ProcessExecutor

        for part in (invocations, longevity):
            part.apply_patches()
        return ProcessExecutor


@aws_provider(api="dynamodb", name="in_process")
def dynamodb_in_process() -> Service:
    """Select with ``PROVIDER_OVERRIDE_DYNAMODB=in_process``."""
    from .dynamodb import create_service

    return create_service()


@hooks.on_infra_start()
def patch_the_gateways() -> None:
    """Patch the server and the REST APIs' data plane; active as soon as this package is installed."""
    from . import apigateway, gateway_responses, gateway_wire, listening

    for part in (listening, apigateway, gateway_responses, gateway_wire):
        part.apply_patches()
