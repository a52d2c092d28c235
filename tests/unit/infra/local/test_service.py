"""What is looked at before the service starts."""

import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from infra.local.lifecycle import as_started, check_ports, is_up
from infra.local.service import Service
from infra.localstack.daemon import StartError
from infra.localstack.settings import Settings
from tests.support.ports import free_port


def cloud(folder: Path, emulator_port: int, front_door_port: int) -> Settings:
    settings = Settings.from_environment({"RUN_DIR": str(folder)})
    return replace(settings, emulator_port=emulator_port, front_door_port=front_door_port)


@pytest.fixture
def running(tmp_path: Path) -> Path:
    """Return the folder of a service at the ports 1 and 2."""
    texts = dict.fromkeys(
        ("api_url", "region", "stack", "admin_api_key", "originals_bucket", "variants_bucket", "table"), ""
    )
    Service(
        base_url="http://127.0.0.1:2",
        endpoint_url="http://127.0.0.1:1",
        queue_url="",
        dead_letter_queue_url="",
        demo_items={},
        **texts,
    ).write(tmp_path)
    (tmp_path / "localstack.pid").write_text(f"{os.getpid()} -m localstack")
    return tmp_path


def test_a_service_at_other_ports_is_not_ended(running: Path) -> None:
    with pytest.raises(StartError, match="EMULATOR_PORT=1 FRONT_DOOR_PORT=2"):
        check_ports(cloud(running, 3, free_port()))


def test_a_service_at_these_ports_may_start_again(running: Path) -> None:
    check_ports(cloud(running, 1, free_port()))


def test_a_service_is_saved_at_the_ports_at_which_it_runs(running: Path) -> None:
    assert as_started(cloud(running, 3, 4)) == cloud(running, 1, 2)


def test_where_nothing_runs_the_ports_are_those_that_are_set(tmp_path: Path) -> None:
    assert as_started(cloud(tmp_path, 3, 4)) == cloud(tmp_path, 3, 4)


def test_a_service_that_has_ended_does_not_count(running: Path) -> None:
    (running / "localstack.pid").unlink()
    check_ports(cloud(running, 3, free_port()))


def test_a_service_is_up_while_its_cloud_is(running: Path) -> None:
    here = cloud(running, 1, free_port())
    assert is_up(here)
    (running / "localstack.pid").unlink()
    assert not is_up(here)


def test_beside_another_cloud_a_service_is_up_while_its_front_door_is(running: Path) -> None:
    assert not is_up(replace(cloud(running, 1, free_port()), endpoint_url="http://127.0.0.1:1"))


def test_a_front_door_that_is_taken_is_told_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(StartError, match="FRONT_DOOR_PORT"):
        check_ports(cloud(tmp_path, 1, server.getsockname()[1]))
