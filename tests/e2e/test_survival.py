"""A service of the test's own whose data outlives a new shape of its stack, `kill -9` under load, and a stop.

`make soak` runs it with 2,000 pictures: SURVIVAL_PICTURES says how many.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import pytest
import requests

from infra.local.service import Service
from infra.local.watching import STUCK
from infra.localstack import data
from infra.localstack.settings import Settings
from infra.places import PROJECT
from tests.support.deployed_service import Http, eventually, photo
from tests.support.instance import leave_out_demo
from tests.support.ports import free_port

PICTURES = int(os.environ.get("SURVIVAL_PICTURES", "40"))
SNAPSHOT_SECONDS = 2
CALLERS = 4
START_SECONDS = 300

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200 + PICTURES)]


@dataclass
class Uploads:
    """Pictures by the items that they were sent to, and when each was acknowledged."""

    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, float] = field(default_factory=dict)

    def send(self, admin: Http, stop: Event | None = None) -> None:
        """Make items and give each its picture, until told to stop."""
        for number in range(PICTURES):
            if stop and stop.is_set():
                return
            with suppress(requests.RequestException):
                self._one(admin, f"Survivor {number}")

    def _one(self, admin: Http, name: str) -> None:
        made = admin.call("POST", "/Items", json={"Name": name, "Type": "Movie"})
        if not made.ok:
            return
        item, picture = made.json()["Id"], photo(60, 40)
        self.sent[item] = sha256(picture).hexdigest()
        if admin.upload(f"/Items/{item}/Images/Primary", picture).status_code == 204:
            self.acknowledged[item] = time.time()

    def times(self) -> list[float]:
        """Return when pictures were acknowledged so far."""
        return list(self.acknowledged.values())

    def check(self, admin: Http, until: float | None = None) -> int:
        """Compare what is there with what was sent, and return how many pictures that are.

        What was acknowledged by `until` must be there; whatever else is there must be whole.
        """
        with ThreadPoolExecutor(CALLERS) as pool:
            paths = [f"/Items/{item}/Images/Primary" for item in self.sent]
            answers = dict(zip(self.sent, pool.map(admin.get, paths), strict=True))
        for item, answer in answers.items():
            assert answer.status_code in {200, 404}, answer.text
            if answer.status_code == 200:
                assert sha256(answer.content).hexdigest() == self.sent[item]
        there = {item for item, answer in answers.items() if answer.status_code == 200}
        assert {item for item, at in self.acknowledged.items() if until is None or at < until} <= there
        return len(there)


@dataclass(frozen=True)
class Place:
    """Folder, ports and environment of an instance."""

    folder: Path
    environment: dict[str, str]

    @property
    def cloud(self) -> Settings:
        """Return the settings of its emulated cloud."""
        return Settings.from_environment(self.environment)

    def verb(self, name: str, source: Path = PROJECT) -> str:
        """Run a verb of the service, from this source or an older one, and return what it printed."""
        command = [sys.executable, "-m", "infra.cli", name]
        done = subprocess.run(  # noqa: S603  # our own program
            command, cwd=source, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def admin(self) -> Http:
        """Return a client with an administrator's key, which outlives everything too."""
        service = Service.read(self.folder)
        assert service is not None
        return Http(service.base_url, {"X-Emby-Token": service.admin_api_key}, requests.Session())

    def kill(self) -> None:
        """End the emulator as a crash does."""
        os.kill(int((self.folder / "localstack.pid").read_text().split()[0]), signal.SIGKILL)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "run"
    leave_out_demo(folder)
    emulator, front_door = free_port(), free_port()
    own = {
        "RUN_DIR": str(folder),
        "STAGE": "survival",
        "EMULATOR_PORT": str(emulator),
        "FRONT_DOOR_PORT": str(front_door),
        "SNAPSHOT_SECONDS": str(SNAPSHOT_SECONDS),
    }
    inherited = {name: value for name, value in os.environ.items() if name != "AWS_ENDPOINT_URL"}
    made = Place(folder, inherited | own)
    yield made
    made.verb("down")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Copy the source, with a template of another shape: other properties, and a resource fewer."""
    source = tmp_path / "older"
    ignored = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "tests", "docs")
    shutil.copytree(PROJECT, source, ignore=ignored)
    shutil.copytree(PROJECT / ".chalice", source / ".chalice", ignore=shutil.ignore_patterns("deployments"))
    (source / ".cache").symlink_to(PROJECT / ".cache")
    template = source / "infra" / "resources.yaml"
    text = template.read_text()
    changed = re.sub(r"\n  OriginalsPolicy:\n.*?(?=\n  \w)", "", text, flags=re.DOTALL)
    changed = changed.replace("VisibilityTimeout: 720", "VisibilityTimeout: 900")
    assert changed.count("\n") < text.count("\n") - 5
    template.write_text(changed)
    return source


class Foreground:
    """`make run`: what it has printed so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process, self.lines = process, list[str]()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def said(self, text: str) -> bool:
        """Wait until it has printed a text."""
        return eventually(lambda: any(text in line for line in self.lines), START_SECONDS)

    def _read(self) -> None:
        assert self.process.stdout
        self.lines.extend(self.process.stdout)


@contextmanager
def foreground(place: Place) -> Iterator[Foreground]:
    command = [sys.executable, "-m", "infra.cli", "run"]
    with subprocess.Popen(  # noqa: S603  # our own program
        command, cwd=PROJECT, env=place.environment, stdout=subprocess.PIPE, text=True
    ) as process:
        running = Foreground(process)
        assert running.said("Ctrl-C stops all of it."), running.lines
        yield running
        process.send_signal(signal.SIGINT)
        assert process.wait(START_SECONDS) == 0


def test_data_outlives_a_new_shape_a_kill_under_load_and_a_stop(place: Place, older: Path) -> None:
    before = Uploads()
    place.verb("up", older)
    before.send(place.admin())
    assert len(before.acknowledged) == PICTURES
    assert "afresh" in place.verb("up")  # the stack has another shape
    assert before.check(place.admin()) == PICTURES
    place.verb("down")
    with foreground(place) as running:
        assert before.check(place.admin()) == PICTURES
        during = killed_under_load(place)
        assert running.said(STUCK)
        assert running.said("The service is up again")
        for uploads, until in [(before, None), *during]:
            uploads.check(place.admin(), until)
        assert any(" 503 " in line or " 502 " in line for line in running.lines)
    place.verb("up")
    assert before.check(place.admin()) == PICTURES


def killed_under_load(place: Place) -> Sequence[tuple[Uploads, float]]:
    """Upload from several threads, kill the emulator in the middle, return what each had sent."""
    uploads, stop = [Uploads() for _ in range(CALLERS)], Event()
    threads = [Thread(target=one.send, args=(place.admin(), stop)) for one in uploads]
    for thread in threads:
        thread.start()
    assert eventually(lambda: any(_taken(place) > at for one in uploads for at in one.times()))
    place.kill()
    taken = _taken(place)
    time.sleep(1)
    stop.set()
    for thread in threads:
        thread.join()
    assert any(at < taken for one in uploads for at in one.times())
    return [(one, taken) for one in uploads]


def _taken(place: Place) -> float:
    summary = data.summary(place.cloud)
    return summary.taken if summary else 0
