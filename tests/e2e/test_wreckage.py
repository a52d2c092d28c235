"""The emulated cloud, killed. It comes last of all tests, by its name: nothing that needs the cloud can follow."""

import socket
from urllib.parse import urlsplit

import psutil
import pytest

from infra.local.service import Service
from tests.support.deployed_service import eventually
from tests.support.instance import processes, run_verb, session_folder

pytestmark = pytest.mark.disruptive


def test_nothing_is_left_after_the_emulated_cloud_was_killed(service: Service) -> None:
    folder = session_folder()
    cloud = int((folder / "localstack.pid").read_text().split()[0])
    psutil.Process(cloud).kill()
    run_verb("down")
    assert eventually(lambda: not list(processes(folder)), 10)
    assert not any(listens(url) for url in (service.base_url, service.endpoint_url))


def listens(url: str) -> bool:
    """Tell whether somebody answers at a URL's port."""
    address = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((address.hostname or "", address.port or 0)) == 0
