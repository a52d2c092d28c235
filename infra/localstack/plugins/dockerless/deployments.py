"""Look after what CloudFormation is making fifty times a second: LocalStack does each second, but for the first."""

from collections.abc import Callable

from localstack import config
from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor
from localstack.utils.patch import patch

SECONDS = 0.02


def apply_patches() -> None:
    """Change the class in place, once per process."""
    config.CFN_NO_WAIT_ITERATIONS = 0

    @patch(target=ResourceProviderExecutor.deploy_loop)
    def deploy_loop(
        original: Callable[..., object], executor: ResourceProviderExecutor, *args: object, **options: object
    ) -> object:
        return original(executor, *args, **{"sleep_time": SECONDS, **options})
