"""`make bench-peers`: core time of a 304, a hit and a miss in our function and in Thumbor as a server.

Ours is the function of the deployed archive in a process of its own, over the emulated S3 and DynamoDB; what those
take is not counted. Thumbor keeps its pictures and results in files of the same machine. Both make
WebPs of the same photograph, from 1000x1500 pixels, at the same widths.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from time import sleep
from typing import Self
from uuid import uuid4

import requests

from infra.deployment.cloud import use_cloud
from infra.deployment.deploy import current_bundle
from infra.local.service import Service
from tests.support.gateway import event
from tests.tools.benchmarks.cold_start import function_environment, worker_command
from tests.tools.benchmarks.corpora import CACHE, picture_packages
from tests.tools.benchmarks.peers.thumbor import Thumbor
from tests.tools.benchmarks.photographs import make_inputs
from tests.tools.benchmarks.service import running

_PICTURE = "dog-poster.jpg"
_WIDTHS = range(300, 324)
_SECONDS = 60
_RESULT = '{"python"'

type Times = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of the function: status, headers with names in lower case, and core time in milliseconds."""

    status: int
    headers: Mapping[str, str]
    milliseconds: float

    @classmethod
    def of(cls, line: str) -> Self:
        """Read what the worker wrote."""
        told = json.loads(line)
        headers = {name.lower(): value for name, value in told["headers"].items()}
        return cls(told["status"], headers, told["answer"])


type Ask = Callable[[str, Mapping[str, str]], Told]


def main() -> None:
    """Measure both and print."""
    pictures = CACHE / "bench-photographs"
    make_inputs(picture_packages(), pictures)
    with TemporaryDirectory() as folder, Thumbor.started(sys.argv[1], pictures, Path(folder)) as thumbor:
        theirs = _of_thumbor(thumbor)
    ours = _of_service(pictures / _PICTURE)
    print(f"Core time in ms of a WebP of {_PICTURE}, mean of {len(_WIDTHS)} widths from {_WIDTHS[0]} on.")
    for name in ours:
        print(
            f"{name:5} ours {ours[name]:6.2f}   Thumbor {theirs[name]:6.2f}   {ours[name] / theirs[name]:5.2f}"
        )


def _of_thumbor(thumbor: Thumbor) -> Times:
    thumbor.ask(_PICTURE, _WIDTHS[0] - 1).raise_for_status()

    def timed(ask: Callable[[int], requests.Response], status: int) -> float:
        before = thumbor.core_milliseconds()
        for width in _WIDTHS:
            answer = ask(width)
            if answer.status_code != status:
                raise ValueError(f"Thumbor answered {answer.status_code}, not {status}.")
            tags[width] = answer.headers["Etag"]
        return (thumbor.core_milliseconds() - before) / len(_WIDTHS)

    tags: dict[int, str] = {}
    return {
        "miss": timed(lambda width: thumbor.ask(_PICTURE, width), 200),
        "hit": timed(lambda width: thumbor.ask(_PICTURE, width), 200),
        "304": timed(lambda width: thumbor.ask(_PICTURE, width, {"If-None-Match": tags[width]}), 304),
    }


def _of_service(picture: Path) -> Times:
    with running() as service, TemporaryDirectory() as code:
        use_cloud(service.endpoint_url)
        zipfile.ZipFile(current_bundle().archive).extractall(code)
        with _asked(service, Path(code)) as ask, _item(service, picture) as path:
            return _of_function(ask, path)


@contextmanager
def _asked(service: Service, code: Path) -> Iterator[Ask]:
    """Start the function; yield what asks it."""
    environment = function_environment(service, code)
    pipe = subprocess.PIPE
    with subprocess.Popen(worker_command(), stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        sent, told = process.stdin, process.stdout
        assert sent
        assert told

        def ask(path: str, headers: Mapping[str, str]) -> Told:
            sent.write(json.dumps(event("GET", path, b"", headers)) + "\n")
            sent.flush()
            return Told.of(next(line for line in told if line.startswith(_RESULT)))

        yield ask
        sent.close()


@contextmanager
def _item(service: Service, picture: Path) -> Iterator[str]:
    """Give an item the photograph and wait for its ladder; yield the path of the image."""
    with requests.Session() as session:
        session.headers["X-Emby-Token"] = service.admin_api_key
        body = {"Name": f"Bench {uuid4().hex}", "Type": "Movie"}
        made = session.post(f"{service.base_url}/Items", json=body, timeout=_SECONDS)
        made.raise_for_status()
        item = f"/Items/{made.json()['Id']}"
        path = f"{item}/Images/Primary"
        sent = {"Content-Type": "image/jpeg"}
        session.post(
            service.base_url + path, picture.read_bytes(), headers=sent, timeout=_SECONDS
        ).raise_for_status()
        while not session.get(f"{service.base_url}{item}/Images", timeout=_SECONDS).json()[0].get("BlurHash"):
            sleep(1)
        yield path
        session.delete(service.base_url + item, timeout=_SECONDS)


def _of_function(ask: Ask, path: str) -> Times:
    url = path + "?format=Webp&maxWidth={}"
    ask(url.format(_WIDTHS[0] - 1), {})  # the first is cold
    tags: dict[int, str] = {}

    def timed(status: int, cache: str) -> float:
        times = []
        for width in _WIDTHS:
            told = ask(url.format(width), {} if cache else {"If-None-Match": tags[width]})
            if (told.status, told.headers.get("x-image-cache", "")) != (status, cache):
                raise ValueError(f"The function answered {told}; not {status}, {cache}.")
            tags[width] = told.headers["etag"]
            times.append(told.milliseconds)
        return fmean(times)

    return {"miss": timed(200, "miss"), "hit": timed(200, "hit"), "304": timed(304, "")}


if __name__ == "__main__":
    main()
