"""Take permissions away from the deployed roles, and see which test fails for want of them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.support.running_tests import running_folder
from tests.tools.permissions.roles import Permission, Role
from tests.tools.permissions.uses import Use, uses

AGAIN = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
"""Plugins are imported already when pytest runs a second time in one process."""
ATTEMPTS = 2
PATIENCE = "PATIENCE"
LEAST_PATIENCE = 5.0
"""Seconds that a test without a permission waits longer than all of it took with it."""


class Outcome:
    """A plugin of pytest that remembers how long tests took, and which failed."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add the time of a phase."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if report.failed:
            self.failed.append(report.nodeid)


def run_tests(*arguments: str) -> tuple[Outcome, int]:
    """Run tests in this process; return their outcome and pytest's exit status."""
    outcome = Outcome()
    quiet = (
        "-q",
        "--no-header",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        "--timeout",
        "600",
        "-m",
        "emulator",
        *AGAIN,
    )
    return outcome, int(pytest.main([*quiet, *arguments], plugins=[outcome]))


@dataclass
class Proof:
    """Runs tests without a permission; `record` is the file in which the cloud notes what it refuses.

    A permission is needed by a test that passes with it and fails without it, when the cloud refused just that
    meanwhile. A test that fails for another reason, such as a slow machine, proves nothing.
    """

    record: Path
    iam: Any = field(default_factory=lambda: boto3.client("iam"))
    passed: dict[str, float] = field(default_factory=dict)
    """How many seconds each test took with all permissions; none at all for one that fails with them."""

    def test_that_needs(self, permission: Permission, role: Role, tests: Sequence[str]) -> str | None:
        """Return the first of some tests that needs a permission."""
        return next((test for test in tests if self._needs(permission, role, test)), None)

    def _needs(self, permission: Permission, role: Role, test: str) -> bool:
        if not (seconds := self._seconds(test)):
            return False
        os.environ[PATIENCE] = str(LEAST_PATIENCE + seconds)
        told = f"without {permission.label}: {test}"
        running = running_folder(self.record) / str(os.getpid())
        running.parent.mkdir(parents=True, exist_ok=True)
        running.write_text(told)
        try:
            with role.without(permission, self.iam):
                outcome, _ = run_tests(test)
        finally:
            running.unlink()
            del os.environ[PATIENCE]
        refused = [use for use in uses(self.record) if use.test == told and not use.is_allowed]
        return bool(outcome.failed) and any(_is_of(use, permission, role) for use in refused)

    def _seconds(self, test: str) -> float:
        """Return how long a test takes with all permissions, which bounds its patience without one; 0 if it fails.

        The first time it may have to wait for a function's new environment, and for messages of tests before.
        """
        if test not in self.passed:
            runs = (run_tests(test) for _ in range(ATTEMPTS))
            taken = (sum(done.seconds.values()) for done, status in runs if status == pytest.ExitCode.OK)
            self.passed[test] = next(taken, 0.0)
        return self.passed[test]


def _is_of(use: Use, permission: Permission, role: Role) -> bool:
    return (
        use.caller == role.name
        and use.action == permission.action
        and fnmatchcase(use.resource, permission.pattern)
    )
