"""Fixtures of all tests, and the instance of the service that the session runs where a test needs one."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from chalicelib.container import override_container
from infra.local.service import Service
from tests.support.fakes.world import World
from tests.support.instance import KEEP, begin_session, end_session, started_service

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the emulated cloud to whatever is marked as needing it, and what shares a costly fixture one worker."""
    for item in items:
        if item.get_closest_marker("emulator") and isinstance(item, pytest.Function):
            folder = item.path.parent.name
            if folder not in OWN_CLOUD:
                item.fixturenames = ["service", *item.fixturenames]  # a copy: parameters of a test share it
            if not item.get_closest_marker("xdist_group"):
                item.add_marker(pytest.mark.xdist_group(folder if folder in OWN_CLOUD else item.path.name))


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
