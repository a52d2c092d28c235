"""Chalice's own commands, in an environment that has requirements.txt and nothing else."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from chalicelib.settings import REQUIRED
from infra.local.chalice_server import variables
from infra.local.service import Service
from infra.places import PROJECT
from tests.support.deployed_service import Http, eventually, photo
from tests.support.instance import environment_of, session_folder
from tests.support.ports import free_port

UV = Path(sys.executable).with_name("uv")
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def chalice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install requirements.txt, as the README says."""
    environment = tmp_path_factory.mktemp("chalice") / "environment"
    python = environment / "bin" / "python"
    for arguments in (
        ["venv", "--python", sys.executable, str(environment)],
        [
            "pip",
            "install",
            "--python",
            str(python),
            "--require-hashes",
            "-r",
            str(PROJECT / "requirements.txt"),
        ],
    ):
        subprocess.run([str(UV), *arguments], check=True, capture_output=True)  # noqa: S603  # fixed
    return environment / "bin" / "chalice"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Copy what a Chalice project is made of, so that nothing is written into the checkout."""
    shutil.copy(PROJECT / "app.py", tmp_path)
    for folder in ("chalicelib", ".chalice", "frontend"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("node_modules"))
    return tmp_path


def settings(service: Service) -> Mapping[str, str]:
    """Return what the deployed function has, and where its cloud is."""
    names = ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")
    return {"PATH": os.defpath} | {name: os.environ[name] for name in names} | dict(variables(service.stack))


def ran(command: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


@contextmanager
def serving(command: list[str], folder: Path, environment: Mapping[str, str], port: int) -> Iterator[str]:
    """Run a server until the end of the block; yields its address once it accepts connections."""

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE) as process:  # noqa: S603
        try:
            assert eventually(lambda: answers() or process.poll() is not None, 120)
            assert process.poll() is None, process.stderr and process.stderr.read()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def test_the_application_is_imported(chalice: Path, source: Path) -> None:
    done = ran([str(chalice.with_name("python")), "-c", "import app"], source, {"PATH": os.defpath})
    assert (done.returncode, done.stderr) == (0, "")


def test_a_missing_setting_is_named(chalice: Path, source: Path) -> None:
    code = "import app; from chalicelib.container import container; container()"
    done = ran([str(chalice.with_name("python")), "-c", code], source, {"PATH": os.defpath})
    assert done.returncode != 0
    assert "TABLE" in done.stderr.splitlines()[-1]


def test_models_are_generated(chalice: Path, source: Path) -> None:
    required = dict.fromkeys(REQUIRED, "x")
    done = ran([str(chalice), "generate-models"], source, {"PATH": os.defpath} | required)
    assert done.returncode == 0, done.stderr
    assert [path for path in json.loads(done.stdout)["paths"] if path.startswith("/Items/{")]


def test_chalice_local_serves_a_picture(
    chalice: Path, source: Path, service: Service, admin: Http, item: str
) -> None:
    path, port = f"/Items/{item}/Images/Primary", free_port()
    assert admin.upload(path, photo(60, 40)).status_code == 204
    # Python writes its caches beside the source, which the reloader takes for a change and ends what it answers.
    command = [str(chalice), "local", "--no-autoreload", "--port", str(port)]
    with serving(command, source, settings(service), port) as url:
        answer = requests.get(f"{url}{path}?maxWidth=30", timeout=60)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.content.startswith(b"\xff\xd8")


@pytest.mark.usefixtures("service")
def test_make_local_serves_this_code_on_the_running_services_data(admin: Http, item: str) -> None:
    path, port = f"/Items/{item}/Images/Primary", free_port()
    assert admin.upload(path, photo(60, 40)).status_code == 204
    command = [sys.executable, "-m", "infra.cli", "local", "--port", str(port)]
    with serving(command, PROJECT, environment_of(session_folder()), port) as url:
        answer = requests.get(f"{url}{path}", timeout=60)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
