"""Fixtures of all tests, and the instance of the service that the session runs where a test needs one."""

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePath

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from chalicelib.container import override_container
from infra.local.service import Service
from tests.support.fakes.world import World
from tests.support.instance import KEEP, begin_session, end_session, started_service

TESTS = Path(__file__).parent
DEPLOYED = ("localstack", "browser", "e2e", "clients")
"""Folders of tests that wait for a service, the longest first: all others use the processor meanwhile."""
OWN_CLOUD = {"localstack"}
"""Folders whose tests share an emulated cloud of their own, without the service in it."""
CONTRACTS = "contracts"
"""Folder of suites that fakes pass, and the real thing too where there is an emulated cloud."""
OVER_FAKES = {"test_page_in_front.py", "test_restricted_page.py"}
"""Files in folders of tests of the service that need no emulated cloud."""
TOGETHER = {"test_reverse_proxies.py": "test_upstream.py", "test_upstream.py": "test_upstream.py"}
"""Files that share a second stack: two workers would each point it at a server of their own."""

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
    """Give the emulated cloud to whatever is marked as needing it; begin with what waits most."""
    for item in items:
        folder, name = _folder(item), item.path.name
        if folder in DEPLOYED and name not in OVER_FAKES:
            item.add_marker(pytest.mark.emulator)
        elif folder != CONTRACTS and item.get_closest_marker("emulator"):
            raise pytest.UsageError(
                f"{item.nodeid} needs the emulated cloud: `make test` asks elsewhere for those."
            )
        needs_service = item.get_closest_marker("emulator") and folder not in OWN_CLOUD
        if needs_service and isinstance(item, pytest.Function):
            item.fixturenames = ["service", *item.fixturenames]  # a copy: parameters of a test share the list
    turns = {folder: turn for turn, folder in enumerate(DEPLOYED)}
    items.sort(key=lambda item: turns.get(_folder(item), len(turns)))


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lives to the end, which it would look through time and again."""
    gc.collect()
    gc.freeze()


def _folder(item: pytest.Item) -> str:
    """Return the folder of `tests` that a test is in, however deep."""
    return _first_part(item.path)


@cache
def _first_part(path: Path) -> str:
    return path.relative_to(TESTS).parts[0]


class OneWorkerAFile(LoadScopeScheduling):  # type: ignore[misc]  # published without types
    """All tests of a file run on one worker, so that what they begin with is made once; of some files together."""

    def _split_scope(self, nodeid: str) -> str:
        path = PurePath(nodeid.partition("::")[0])
        folder = path.parts[1]
        return folder if folder in OWN_CLOUD else TOGETHER.get(path.name, str(path))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Hand the tests out by what they share."""
    return OneWorkerAFile(config, log)


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
