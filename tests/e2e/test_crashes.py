"""Functions and the emulated cloud that die: clean answers, and nothing left behind."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from infra.service import Service
from tests.deployed import Http, eventually, photo
from tests.instance import run_verb, session_folder

pytestmark = pytest.mark.disruptive


def processes(folder: Path) -> Iterator[psutil.Process]:
    """Yield every process that works in the instance's folder: the emulated cloud, front door and functions."""
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(folder):
                yield process
        except psutil.Error:
            continue


def kill_functions(name: str, stop: threading.Event) -> int:
    """Kill every process of a function that appears until told to stop; returns how many."""
    killed = set()
    while not stop.is_set():
        for process in processes(session_folder()):
            if name in process.cwd():
                process.kill()
                killed.add(process.pid)
        time.sleep(0.02)
    return len(killed)


def test_a_function_killed_in_the_middle_of_a_request_is_a_clean_5xx(
    admin: Http, anyone: Http, item: str
) -> None:
    path = f"/Items/{item}/Images/Primary"
    assert admin.upload(path, photo()).status_code == 204
    stop = threading.Event()
    with ThreadPoolExecutor() as pool:
        killer = pool.submit(kill_functions, "APIHandler", stop)
        time.sleep(0.1)
        answer = anyone.get(f"{path}?maxWidth=77")
        stop.set()
    assert killer.result() >= 1
    assert answer.status_code in {500, 502, 503, 504}
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["detail"]
    assert anyone.get(f"{path}?maxWidth=77").status_code == 200


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
