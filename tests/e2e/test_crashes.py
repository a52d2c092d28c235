"""Functions that die in the middle of their work."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from infra.local.service import Service
from infra.operations.queues import depth
from tests.support import aws
from tests.support.deployed_service import Http, eventually, function_named, given_time, photo
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


TIMEOUT = 20
TO_DELETE = 15
"""Seconds beyond its timeout for which a function hides its batch."""
PICTURES = 5
"""As many as a batch has."""


@contextmanager
def paused(function: str) -> Iterator[None]:
    """Let a function take no events, so that those of a block come to it in one batch afterwards."""
    functions = aws.client("lambda")
    (mapping,) = functions.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]

    def switch(state: str) -> None:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=state == "Enabled")
        assert eventually(lambda: functions.get_event_source_mapping(UUID=mapping["UUID"])["State"] == state)

    switch("Disabled")
    try:
        yield
    finally:
        switch("Enabled")


def test_the_messages_of_a_killed_handler_come_back_within_three_minutes(
    service: Service, admin: Http, item: str
) -> None:
    """Kill the function once the first of a batch of large pictures is complete."""
    name = function_named(service, "Originals")
    timeout = aws.client("lambda").get_function_configuration(FunctionName=name)["Timeout"]
    assert timeout + TO_DELETE <= 180

    def complete() -> list[bool]:
        return [bool(image.get("BlurHash")) for image in admin.get(f"/Items/{item}/Images").json()]

    with given_time(name, TIMEOUT):
        with paused(name):
            for picture in [photo(3000, 2000) for _ in range(PICTURES)]:
                assert admin.upload(f"/Items/{item}/Images/Backdrop", picture).status_code == 204
        assert eventually(lambda: any(complete()))
        killed = [process for process in processes(session_folder()) if "Originals" in process.cwd()]
        for process in killed:
            process.kill()
        killed_at = time.monotonic()
        assert killed
        in_hand = depth(aws.client("sqs"), service.queue_url).handled
        assert in_hand > complete().count(True), "nobody was killed with a message in hand"
        assert eventually(lambda: all(complete()), TIMEOUT + TO_DELETE + 60)
        assert len(complete()) == PICTURES
    assert time.monotonic() - killed_at > 5, "the messages were hidden"
