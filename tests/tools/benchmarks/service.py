"""`make bench-service`: how long the service's function takes for a 304, a hit and a miss, and for what; then cold.

The service is the one that runs in RUN_DIR, else one that is started for this and stopped afterwards. Times are
those that the function logs, so API Gateway (and its emulation) is not in them.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import sleep, time
from typing import Any
from uuid import uuid4

import requests

from infra.deployment.cloud import use_cloud
from infra.deployment.deploy import current_bundle
from infra.local.service import Service
from infra.operations.logs import events
from tests.support import aws, instance
from tests.support.pictures import encoded, scene
from tests.tools.benchmarks import cold_start

_ROUNDS = 12
_SECONDS = 60
_LOGS_ARRIVE_SECONDS = 3
_RUN_DIR = Path(os.environ.get("RUN_DIR", ".run"))


def main() -> None:
    """Print both tables."""
    with running() as service:
        use_cloud(service.endpoint_url)
        _print_warm(service)
        print()
        for line in cold_start.table(service, current_bundle().archive):
            print(line, flush=True)


@contextmanager
def running() -> Iterator[Service]:
    """Yield the service that runs, else one of its own."""
    if service := Service.read(_RUN_DIR):
        yield service
        return
    os.environ.setdefault(instance.FOLDER, str(_RUN_DIR.resolve() / "bench"))
    instance.begin_session(Path.cwd())
    try:
        yield instance.started_service()
    finally:
        instance.end_session()


def _print_warm(service: Service) -> None:
    """Ask for each kind of answer, read the log, print the medians."""
    begun = int(time() * 1000)
    item = _ask(service)
    sleep(_LOGS_ARRIVE_SECONDS)
    lines = list(_lines(service, begun, item))
    print("Median milliseconds in the function, with the share of each call.")
    for name, wanted in (
        ("304", {"status": 304}),
        ("hit", {"cache": "hit"}),
        ("miss", {"cache": "miss"}),
        ("stored bytes", {"cache": "original"}),
    ):
        if chosen := [line for line in lines if wanted.items() <= line.items()]:
            print(_row(name, chosen))


def _ask(service: Service) -> str:
    """Make an item with an image and ask for it in every way; return its id."""
    with requests.Session() as session:
        session.headers["X-Emby-Token"] = service.admin_api_key
        body = {"Name": f"Bench {uuid4().hex}", "Type": "Movie"}
        made = session.post(f"{service.base_url}/Items", json=body, timeout=_SECONDS)
        made.raise_for_status()
        item = str(made.json()["Id"])
        url = f"{service.base_url}/Items/{item}/Images/Primary"
        picture = encoded(scene(1000, 1500), quality=92)
        session.post(
            url, picture, headers={"Content-Type": "image/jpeg"}, timeout=_SECONDS
        ).raise_for_status()
        session.get(url, timeout=_SECONDS)
        for n in range(_ROUNDS):
            first = session.get(f"{url}?maxWidth={300 + n}", timeout=_SECONDS)
            session.get(f"{url}?maxWidth={300 + n}", timeout=_SECONDS)
            known = {"If-None-Match": first.headers["ETag"]}
            session.get(f"{url}?maxWidth={300 + n}", headers=known, timeout=_SECONDS)
        session.delete(f"{service.base_url}/Items/{item}", timeout=_SECONDS)
    return item


def _lines(service: Service, since_ms: int, item: str) -> Iterator[dict[str, Any]]:
    for _, _, _, message in events(aws.client("logs"), service.stack, since_ms):
        if '"message": "request"' in message and f"/Items/{item}/Images/Primary" in message:
            line = json.loads(message[message.index("{") :])
            if line["method"] == "GET":
                yield line


def _row(name: str, lines: list[dict[str, Any]]) -> str:
    calls = dict.fromkeys(call for line in lines for call in line["spent_ms"])
    spent = {call: median(line["spent_ms"].get(call, 0) for line in lines) for call in calls}
    shares = ", ".join(f"{call} {milliseconds:.1f}" for call, milliseconds in spent.items() if milliseconds)
    return f"{name:12} {median(line['ms'] for line in lines):7.1f} ({len(lines)} calls): {shares}"


if __name__ == "__main__":
    main()
