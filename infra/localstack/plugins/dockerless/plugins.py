"""Name the plugins for LocalStack; each imports what it needs only when LocalStack asks for it."""

import os
from functools import cache

from localstack.runtime import hooks
from localstack.runtime.server.core import RuntimeServer, RuntimeServerPlugin
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.plugins import Service, aws_provider


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    """Select with ``LAMBDA_RUNTIME_EXECUTOR=process``."""

    name = "process"

    def load(self, *_args: object, **_kwargs: object) -> type:
        """Patch the Lambda service and return the executor; LocalStack asks once for each version of a function."""
        from .functions.executor import ProcessExecutor

        _patch_lambda()
        return ProcessExecutor


@cache
def _patch_lambda() -> None:
    from . import longevity
    from .functions import invocations, log_delivery

    for part in (invocations, log_delivery, longevity):
        part.apply_patches()


class ThreadsServerPlugin(RuntimeServerPlugin):
    """Select with ``GATEWAY_SERVER=threads``."""

    name = "threads"

    def load(self, *_args: object, **_kwargs: object) -> RuntimeServer:
        """Return the server; it answers DynamoDB's requests by itself where DynamoDB is the one of this process."""
        from .serving.gateway import ThreadsServer

        if os.environ.get("PROVIDER_OVERRIDE_DYNAMODB") != "in_process":
            return ThreadsServer()
        from .dynamodb import lane

        return ThreadsServer(lane.serve)


@aws_provider(api="dynamodb", name="in_process")
def dynamodb_in_process() -> Service:
    """Select with ``PROVIDER_OVERRIDE_DYNAMODB=in_process``."""
    from .dynamodb.service import create_service

    return create_service()


@aws_provider(api="s3", name="kept")
def s3_kept() -> Service:
    """Select with ``PROVIDER_OVERRIDE_S3=kept``; ``DATA_DIR`` says where the objects lie."""
    from .persistence.objects import create_service
    from .settings import current_settings

    folder = current_settings().data
    if folder is None:
        raise ValueError("PROVIDER_OVERRIDE_S3=kept needs DATA_DIR.")
    return create_service(folder / "objects")


@hooks.on_infra_start(should_load=lambda: "DATA_DIR" in os.environ)
def serve_the_data() -> None:
    """Answer at /_localstack/data; see :mod:`.persistence.keeper`."""
    from .persistence import keeper

    keeper.serve()


@hooks.on_infra_shutdown(should_load=lambda: "DATA_DIR" in os.environ)
def keep_the_data() -> None:
    """Take the last snapshot."""
    from .persistence import keeper

    keeper.end()


@hooks.on_infra_start()
def patch_the_gateways() -> None:
    """Patch what LocalStack is made of, from its handler chain to IAM; active once this package is installed."""
    from . import deployments, quiet, quotas, s3_signatures, service_descriptions
    from .gateway import apigateway, invocation, responses, wire
    from .iam import enforcement

    checks = (s3_signatures, enforcement) if enforcement.is_on() else ()
    for part in (
        service_descriptions,
        quiet,
        deployments,
        apigateway,
        invocation,
        responses,
        wire,
        *checks,
        quotas,
    ):
        part.apply_patches()
