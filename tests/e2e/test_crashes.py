"""Functions that die in the middle of their work."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.deployed_service import Http, photo
from tests.support.instance import processes, session_folder

pytestmark = pytest.mark.disruptive


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
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["detail"]
    assert anyone.get(f"{path}?maxWidth=77").status_code == 200
