"""Nothing of an emulated cloud outlives it, however it ends; two do not meet."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from infra.localstack import emulator, front_door
from infra.localstack.daemon import StartError, accepts_connections
from infra.localstack.settings import Settings
from tests.localstack.cloud import Cloud, eventually, is_alive, private_settings

pytestmark = pytest.mark.emulator


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    settings = private_settings(tmp_path)
    yield settings
    front_door.stop(settings)
    emulator.stop(settings)


def pid_of(settings: Settings, name: str) -> int:
    return int((settings.run_dir / f"{name}.pid").read_text().split()[0])


def test_a_second_start_changes_nothing(cloud: Cloud) -> None:
    before = pid_of(cloud.settings, "localstack")
    emulator.start(cloud.settings)
    assert pid_of(cloud.settings, "localstack") == before


def test_only_this_machine_can_reach_it(cloud: Cloud) -> None:
    sockets = psutil.Process(pid_of(cloud.settings, "localstack")).net_connections("tcp")
    assert {each.laddr.ip for each in sockets if each.status == psutil.CONN_LISTEN} == {"127.0.0.1"}


def test_another_cloud_on_the_same_port_is_refused(cloud: Cloud, tmp_path: Path) -> None:
    with pytest.raises(StartError, match="set EMULATOR_PORT"):
        emulator.start(replace(cloud.settings, run_dir=tmp_path))


def test_somebody_elses_cloud_is_used(tmp_path: Path) -> None:
    settings = replace(private_settings(tmp_path), endpoint_url="http://elsewhere:4566")
    emulator.start(settings)
    assert settings.url == "http://elsewhere:4566"
    assert not accepts_connections(settings.emulator_port)


def test_neither_a_kill_nor_a_stop_leaves_anything_of_a_busy_cloud_behind(
    cloud: Cloud, settings: Settings
) -> None:
    emulator.start(settings)
    (function, grandchild) = busy_functions(Cloud(settings))
    os.kill(pid_of(settings, "localstack"), signal.SIGKILL)
    eventually(lambda: not is_alive(function), seconds=2)
    emulator.stop(settings)
    assert not is_alive(grandchild)

    emulator.start(settings)
    assert emulator.is_running(settings)
    front_door.start(settings, settings.url)
    processes = [
        pid_of(settings, "localstack"),
        pid_of(settings, "front-door"),
        *busy_functions(Cloud(settings)),
    ]
    emulator.stop(settings)
    front_door.stop(settings)
    assert not any(is_alive(pid) for pid in processes)
    assert not accepts_connections(settings.emulator_port)
    assert not accepts_connections(settings.front_door_port)
    left = {path.name for path in settings.run_dir.iterdir()}
    assert left == {"localstack.log", "front-door.log", "data"}
    assert emulator.is_running(cloud.settings)


def busy_functions(cloud: Cloud) -> list[int]:
    """Start a function that has started a program of its own, and return both process ids."""
    return cloud.invoke(cloud.add_function("handlers.spawn")).value  # type: ignore[no-any-return]
