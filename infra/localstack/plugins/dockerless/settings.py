"""Read the plugins' settings from the environment of the LocalStack process."""

import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .limits import GATEWAY_SECONDS


@dataclass(frozen=True)
class Settings:
    """Say where functions run, how many at once, and how long callers wait.

    ``runtime_python`` is the interpreter that has ``awslambdaric``; ``environments`` holds one folder per
    execution environment; ``queue_seconds`` is how long an invocation waits for one of ``max_environments``
    before it is throttled.
    """

    runtime_python: Path
    environments: Path
    max_environments: int
    queue_seconds: float
    gateway_seconds: float
    data: Path | None
    """Where data is kept; None where everything is forgotten."""
    snapshot_seconds: float

    @property
    def max_processes(self) -> int:
        """Return how many may be alive, idle ones too, so that functions called in turns keep their processes."""
        return 2 * self.max_environments

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> "Settings":
        """Build the settings; every one has a default."""
        scratch = Path(tempfile.gettempdir()) / "lambda-environments"
        return cls(
            runtime_python=Path(variables.get("LAMBDA_RUNTIME_PYTHON", sys.executable)),
            environments=Path(variables.get("LAMBDA_ENVIRONMENTS_DIR", scratch)),
            max_environments=int(variables.get("LAMBDA_MAX_ENVIRONMENTS", "4")),
            queue_seconds=float(variables.get("LAMBDA_QUEUE_SECONDS", "60")),
            gateway_seconds=float(variables.get("GATEWAY_TIMEOUT_SECONDS", GATEWAY_SECONDS)),
            data=Path(variables["DATA_DIR"]) if variables.get("DATA_DIR") else None,
            snapshot_seconds=float(variables.get("SNAPSHOT_SECONDS", "60")),
        )


@cache
def current_settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings.from_environment(os.environ)
