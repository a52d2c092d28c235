"""What the wheel holds: the command, and whatever its verbs read besides code."""

import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

from infra.deployment.bundle import RECIPE, SOURCES
from infra.places import PROJECT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)  # noqa: S603  # our own build
    (made,) = folder.glob("*.whl")
    return zipfile.ZipFile(made)


def test_it_brings_the_command(wheel: zipfile.ZipFile) -> None:
    (name,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    points = ConfigParser()
    points.read_string(wheel.read(name).decode())
    assert dict(points["console_scripts"]) == {"jellyfin-images": "infra.cli:main"}


def test_it_holds_all_that_git_has_of_its_packages(wheel: zipfile.ZipFile) -> None:
    command = ["git", "ls-files", "chalicelib", "infra"]
    done = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)  # noqa: S603  # fixed
    wanted = {name for name in done.stdout.split("\n") if name and Path(PROJECT, name).is_file()}
    missing = wanted - set(wheel.namelist())
    assert {name for name in missing if not name.startswith("infra/setup/")} == set()


def test_a_deployment_finds_all_that_it_is_built_from(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    for part in (*SOURCES, *RECIPE):
        packaged = part.startswith(("chalicelib", "infra"))
        place = part if packaged else f"infra/source/{part}"
        assert any(name == place or name.startswith(f"{place}/") for name in names), part
