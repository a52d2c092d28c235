"""Thumbor as a server, with its results in files: what it costs in core time."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Self

import requests

from tests.support.ports import free_port

_CONFIGURATION = """
LOADER = "thumbor.loaders.file_loader"
FILE_LOADER_ROOT_PATH = "{pictures}"
STORAGE = "thumbor.storages.no_storage"
RESULT_STORAGE = "thumbor.result_storages.file_storage"
RESULT_STORAGE_FILE_STORAGE_ROOT_PATH = "{results}"
RESULT_STORAGE_STORES_UNSAFE = True
ALLOW_UNSAFE_URL = True
QUALITY = 90
"""
_START_SECONDS = 30
_NANO = 1_000_000


class Thumbor:
    """A running server."""

    def __init__(self, process: "subprocess.Popen[bytes]", url: str) -> None:
        self._process = process
        self._url = url
        self._session = requests.Session()

    @classmethod
    @contextmanager
    def started(cls, program: str, pictures: Path, folder: Path) -> Iterator[Self]:
        """Run Thumbor over a folder of pictures; another is for its configuration and results."""
        configuration = folder / "thumbor.conf"
        configuration.write_text(
            _CONFIGURATION.format(pictures=pictures, results=folder / "results"), encoding="utf-8"
        )
        port = free_port()
        place = ("--ip", "127.0.0.1", "--port", str(port))
        command = [program, *place, "--conf", str(configuration), "--log-level", "error"]
        with subprocess.Popen(command) as process:
            try:
                _wait_for(f"http://127.0.0.1:{port}/healthcheck")
                yield cls(process, f"http://127.0.0.1:{port}")
            finally:
                process.terminate()

    def ask(self, picture: str, width: int, headers: Mapping[str, str] | None = None) -> requests.Response:
        """Ask for a picture as WebP at a width."""
        path = f"/unsafe/{width}x0/filters:format(webp)/{picture}"
        return self._session.get(self._url + path, headers=headers, timeout=_START_SECONDS)

    def core_milliseconds(self) -> float:
        """Return the core time of all its threads since it was started."""
        threads = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / _NANO


def _wait_for(url: str) -> None:
    until = monotonic() + _START_SECONDS
    while True:
        try:
            requests.get(url, timeout=1).raise_for_status()
        except requests.RequestException:
            if monotonic() > until:
                raise
            sleep(0.2)
        else:
            return
