"""Fixtures of all tests, and the instance of the service that the session runs where a test needs one."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from chalicelib.container import override_container
from infra.local.service import Service
from tests.support.fakes.world import World
from tests.support.instance import KEEP, begin_session, end_session, started_service

DEPLOYED = {"browser", "clients", "e2e", "localstack"}
"""Folders whose tests begin with what takes long to make; one worker runs all tests of a file."""
OWN_CLOUD = {"localstack"}
"""Folders whose tests share an emulated cloud of their own, without the service in it."""

settings.register_profile("project", deadline=None)  # a loaded machine must not fail a test
settings.load_profile("project")


def _is_controller(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """Name the session before xdist starts its workers."""
    if _is_controller(config):
        begin_session(config.rootpath)


def pytest_sessionfinish(exitstatus: int) -> None:
    """Let nothing run on after Ctrl-C."""
    if exitstatus == pytest.ExitCode.INTERRUPTED:
        os.environ.pop(KEEP, None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the instance when the last worker is done."""
    if _is_controller(config):
        end_session()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Let one worker run what shares a costly fixture, and give the emulated cloud to what is marked as needing it.

    The groups are there before xdist reads them, the marks once every folder has set its own.
    """
    for item in items:
        folder = item.path.parent.name
        if folder in DEPLOYED and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(folder if folder in OWN_CLOUD else item.path.name))
    yield
    for item in items:
        needs_service = item.get_closest_marker("emulator") and item.path.parent.name not in OWN_CLOUD
        if needs_service and isinstance(item, pytest.Function):
            item.fixturenames = ["service", *item.fixturenames]  # a copy: parameters of a test share the list


@pytest.fixture(scope="session")
def service() -> Service:
    """Return the deployed service of this session; AWS clients of this process lead to its cloud."""
    return started_service()


@pytest.fixture
def world() -> Iterator[World]:
    """Put an application over fakes in force."""
    made = World()
    with override_container(made.container):
        yield made
