"""An emulator of the tests' own: other ports, other folder, limits low enough to be reached."""

from collections.abc import Iterator

import pytest

from infra.localstack import emulator
from tests.localstack.cloud import Cloud, private_settings
from tests.localstack.stack import Stack, create_stack

MAX_ENVIRONMENTS = 3
MAX_PROCESSES = 6
GATEWAY_SECONDS = 2


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """Run one emulator for all tests of the session."""
    settings = private_settings(
        tmp_path_factory.mktemp("cloud"),
        LAMBDA_MAX_ENVIRONMENTS=str(MAX_ENVIRONMENTS),
        GATEWAY_TIMEOUT_SECONDS=str(GATEWAY_SECONDS),
    )
    emulator.start(settings)
    yield Cloud(settings)
    emulator.stop(settings)


@pytest.fixture(scope="session")
def stack(cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """Create, once, a stack of what the service is made of."""
    return create_stack(cloud, tmp_path_factory.mktemp("records"))
