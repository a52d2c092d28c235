"""`make run` beside a service that runs already."""

import signal
import subprocess

import pytest
import requests

from infra.local.service import Service
from tests.support.instance import command_of, environment_of, session_folder

pytestmark = pytest.mark.emulator


def test_ctrl_c_leaves_a_service_running_that_ran_before(service: Service) -> None:
    with subprocess.Popen(  # noqa: S603  # our own program
        command_of("run"), env=environment_of(session_folder()), stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        told = next(line for line in running.stdout if "Ctrl-C" in line)
        running.send_signal(signal.SIGINT)
        said = running.stdout.read()
    assert (running.returncode, told) == (0, "It was already running; Ctrl-C leaves it running.\n")
    assert "make down" in said
    assert requests.get(f"{service.base_url}/System/Ping", timeout=10).ok
