"""Sweep the session's instance by the role of its function alone, with a clock that is ahead.

`python -m tests.support.sweeping DAYS` is the process that has that role.
"""

import json
import os
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.sweep.report import Progress
from infra.local.service import Service
from infra.operations.deployment import Deployment
from tests.support.deployed_service import run_python
from tests.support.instance import session_folder
from tests.support.roles import role_credentials


@dataclass(frozen=True)
class Later:
    """A clock that is ahead."""

    by: timedelta

    def now(self) -> datetime:
        """Return the time then."""
        return datetime.now(UTC) + self.by


def sweep_as_function(service: Service, days: int) -> dict[str, Any]:
    """Sweep in a process that has the credentials of the function's role alone; return the report."""
    report: dict[str, Any] = json.loads(
        run_python("tests.support.sweeping", str(days), **role_credentials(service, "Sweep"))
    )
    return report


def main(days: int) -> None:
    """Sweep, and print the report."""
    service = Service.read(session_folder())
    assert service is not None
    container = Deployment.of(service).container()
    clock = Later(timedelta(days=days))
    removal = replace(container.images.removal, clock=clock)
    progress, store = Progress(), container.adapters.sweep_progress
    store.save(progress.to_json())
    assert replace(container.sweep, removal=removal, clock=clock).run(progress, NO_DEADLINE)
    progress.finished = datetime.now(UTC)
    store.finish(progress.to_json())
    print(json.dumps(progress.report()))  # noqa: T201  # the answer


if __name__ == "__main__":
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    main(int(sys.argv[1]))
