"""Show which test needs each permission of the functions: `python -m tests.tools.permissions record|prove`.

`record` runs the tests of the deployed stack and notes what each uses. `prove` takes one permission away at a
time, runs the quickest tests that used it until one fails, and writes docs/permissions.md.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import boto3
import pytest

from infra.places import PROJECT, run_folder
from tests.support.instance import FOLDER, KEEP, run_verb, session_folder, started_service
from tests.tools.permissions.roles import Permission, Role, deployed_roles
from tests.tools.permissions.table import PAGE, Need, written
from tests.tools.permissions.uses import candidates, recorded

FOLDER_OF_RECORDS = run_folder(os.environ) / "permissions"
USES, SECONDS, PROVEN = (FOLDER_OF_RECORDS / name for name in ("uses.jsonl", "seconds.json", "proven.json"))
AGAIN = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
"""Plugins are imported already when pytest runs a second time in one process."""
UNPROVEN = "none"
"""What the table says of a permission without which no test fails."""


class Durations:
    """A plugin of pytest that remembers how long tests took, and whether one failed."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add the time of a phase."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if report.failed:
            self.failed.append(report.nodeid)


def record(tests: Sequence[str]) -> int:
    """Run tests in an instance of their own whose cloud notes the uses."""
    FOLDER_OF_RECORDS.mkdir(parents=True, exist_ok=True)
    os.environ |= {"IAM_RECORD": str(USES), KEEP: "1"}
    os.environ.setdefault(FOLDER, str(PROJECT / ".run" / "test"))
    if session_folder().is_dir():
        run_verb("down")  # a cloud that runs already would not note
    durations = Durations()
    status = _pytest(durations, "-p", "tests.support.running_tests", "-m", "emulator", *tests)
    known = json.loads(SECONDS.read_text()) if SECONDS.is_file() else {}
    SECONDS.write_text(json.dumps(known | durations.seconds, indent=1))
    return status


def prove(only: str) -> int:
    """Take each permission away and note the test that fails; 1 when one is needed by none."""
    os.environ |= {KEEP: "1", "PATIENCE": "0.2"}
    os.environ.setdefault(FOLDER, str(PROJECT / ".run" / "test"))
    os.environ["TEST_SESSION"] = str(os.getpid())
    roles = deployed_roles(started_service().stack)
    used, seconds = recorded(USES, roles), json.loads(SECONDS.read_text())
    known: dict[str, str] = json.loads(PROVEN.read_text()) if PROVEN.is_file() else {}
    every = [(role, permission) for role in roles.values() for permission in role.permissions]
    for role, permission in every:
        label = _label(permission)
        if known.get(label, UNPROVEN) == UNPROVEN and only in label:
            tests = candidates(permission, used.get(permission, ()), seconds)
            known[label] = _needed_by(role, permission, tests)
            PROVEN.write_text(json.dumps(known, indent=1))
            print(f"{label}: {known[label]}", flush=True)
    needs = {
        permission: need_of(
            known.get(_label(permission), UNPROVEN), candidates(permission, used.get(permission, ()), seconds)
        )
        for _, permission in every
    }
    PAGE.write_text(written(PAGE.read_text(), needs))
    return int(not all(need.is_proven for need in needs.values()))


def need_of(proven: str, tests: Sequence[str]) -> Need:
    """Return what the page says of a permission: the test that failed without, else the first that used it."""
    return (
        Need(proven, is_proven=True)
        if proven != UNPROVEN
        else Need(next(iter(tests), UNPROVEN), is_proven=False)
    )


def _label(permission: Permission) -> str:
    return f"{permission.function} {permission.action} {permission.resource}"


def _needed_by(role: Role, permission: Permission, tests: Sequence[str]) -> str:
    """Return the first test that passes with a permission and fails without; tests passed when recorded."""
    iam = boto3.client("iam")
    for test in tests:
        durations = Durations()
        with role.without(permission, iam):
            _pytest(durations, test)
        if durations.failed:
            return test
    return UNPROVEN


def _pytest(plugin: Durations, *arguments: str) -> int:
    quiet = ("-q", "--no-header", "--tb=no", "-p", "no:cacheprovider", "--timeout", "600", *AGAIN)
    return int(pytest.main([*quiet, *arguments], plugins=[plugin]))


def main() -> int:
    """Do one of the two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=("record", "prove"))
    parser.add_argument("what", nargs="*", help="tests to record, or a word of the permissions to prove")
    options = parser.parse_args()
    if options.verb == "record":
        return record(options.what or [str(Path("tests") / "e2e")])
    return prove(" ".join(options.what))


if __name__ == "__main__":
    sys.exit(main())
