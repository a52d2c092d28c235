"""The script that makes the development environment, on machines with other Pythons than ours."""

import os
import subprocess
from pathlib import Path

import pytest

from infra.places import PROJECT

TOOLS = ("sh", "dirname", "mkdir", "cmp", "rm", "cp", "cat", "chmod", "env")
PYTHON = """#!/bin/sh
# A Python of version {version}: it answers the script's questions, and makes an environment that has uv.
case "$*" in
*ensurepip*) exit {venv} ;;
*version_info*) test {version} = 3.13 ;;
*"-m venv"*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; cp "$UV" "$3/bin/uv" ;;
*"-m pip"*) exit {pip} ;;
esac
"""
UV = """#!/bin/sh
echo "$@" >> "$CALLS"
case "$1" in
venv) test -n "$FETCHES" && mkdir -p .venv/bin && cp "$FETCHES" .venv/bin/python ;;
esac
"""


class Machine:
    """A machine with a few tools and such Pythons as a test gives it."""

    def __init__(self, folder: Path) -> None:
        self.project, self.bin, self.calls = folder / "project", folder / "bin", folder / "calls"
        self.bin.mkdir()
        self.project.mkdir()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(
                next(Path(path, tool) for path in _path() if Path(path, tool).exists())
            )
        (self.project / "infra").symlink_to(PROJECT / "infra")
        self.uv = self._program("fake-uv", UV)
        self.fetched = self._program("fetched", PYTHON.format(version="3.13", venv=0, pip=0))

    def has(self, name: str, version: str, *, venv: bool = True, pip: bool = True) -> None:
        """Install a Python."""
        self._program(name, PYTHON.format(version=version, venv=int(not venv), pip=int(not pip)))

    def set_up(self, *arguments: str, online: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the script."""
        fetches = str(self.fetched) if online else ""
        environment = {
            "PATH": str(self.bin),
            "CALLS": str(self.calls),
            "UV": str(self.uv),
            "FETCHES": fetches,
        }
        command = [str(self.bin / "sh"), "infra/setup/venv.sh", ".venv", *arguments]
        return subprocess.run(  # noqa: S603  # our own script
            command, cwd=self.project, env=environment, capture_output=True, text=True, check=False
        )

    def uv_was_asked(self) -> list[str]:
        """Return what uv was told to do."""
        return self.calls.read_text().splitlines() if self.calls.exists() else []

    def _program(self, name: str, text: str) -> Path:
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)
        return path


def _path() -> list[str]:
    return os.environ["PATH"].split(os.pathsep)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize(
    ("name", "version"), [("python3", "3.11"), ("python3.12", "3.12"), ("python", "3.9")]
)
def test_any_python_installs_uv_which_fetches_the_right_one(
    machine: Machine, name: str, version: str
) -> None:
    machine.has(name, version)
    done = machine.set_up()
    assert (done.returncode, done.stderr) == (0, "")
    made, locked, project = machine.uv_was_asked()
    assert made == "venv --clear --python 3.13 .venv"
    assert "--require-hashes" in locked
    assert "--editable ." in project


def test_an_environment_that_is_there_is_kept(machine: Machine) -> None:
    machine.has("python3", "3.12")
    machine.set_up()
    machine.set_up()
    assert [call.split()[0] for call in machine.uv_was_asked()].count("venv") == 1


def test_a_python_that_is_named_is_taken(machine: Machine) -> None:
    machine.has("python3", "3.11")
    machine.has("mine", "3.13")
    assert machine.set_up("mine").returncode == 0
    assert machine.uv_was_asked()[0] == "venv --clear --python mine .venv"


@pytest.mark.parametrize(
    ("given", "arguments", "online", "told"),
    [
        ({"venv": True}, (), False, "Python 3.13 was not found and could not be fetched"),
        ({"venv": True}, ("python3",), True, "PYTHON=python3 is not Python 3.13."),
        ({"venv": False}, (), True, "No Python with venv and pip was found to install uv."),
        ({"pip": False}, (), True, "uv could not be installed from the package index"),
    ],
)
def test_what_is_missing_is_told_in_one_line(
    machine: Machine, given: dict[str, bool], arguments: tuple[str, ...], told: str, *, online: bool
) -> None:
    machine.has("python3", "3.12", **given)
    done = machine.set_up(*arguments, online=online)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == 1
