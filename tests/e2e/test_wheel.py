"""The wheel in an environment of its own, as whoever has no checkout uses it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local.service import Service
from infra.places import PROJECT
from tests.support.deployed_service import Http
from tests.support.media_tree import plant

UV = Path(sys.executable).with_name("uv")


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel with what it says it needs, in the versions that are tested, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    environment, uv = folder / "environment", str(UV)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)  # noqa: S603  # our own build
    (wheel,) = folder.glob("*.whl")
    venv = [uv, "venv", "--python", sys.executable, str(environment)]
    subprocess.run(venv, check=True, capture_output=True)  # noqa: S603  # fixed
    constraints = str(PROJECT / "requirements-dev.txt")
    install = [uv, "pip", "install", "--python", str(environment / "bin" / "python"), "-c", constraints]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)  # noqa: S603  # fixed
    return environment / "bin" / "jellyfin-images"


@pytest.mark.timeout(600)
def test_it_imports_a_folder_without_the_development_packages(
    command: Path, admin: Http, service: Service, tmp_path: Path
) -> None:
    planted = plant(tmp_path / "media", 6, first=7_000_000)
    environment = {
        "PATH": os.defpath,
        "HOME": str(tmp_path / "home"),
        "ADMIN_API_KEY": service.admin_api_key,
        "COLUMNS": "120",
    }
    arguments = [str(command), "import", str(tmp_path / "media"), "--url", service.base_url]
    done = subprocess.run(  # noqa: S603  # our own command
        arguments, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(planted):,}" in done.stdout
    names = {one.name for one in planted}
    found = admin.get("/Items?recursive=true&enableImages=false&limit=10000").json()["Items"]
    assert names & {item["Name"] for item in found}
    assert list((tmp_path / "home/.local/state/jellyfin-images/imports").glob("*.sqlite"))
