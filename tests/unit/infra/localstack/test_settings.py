"""The plugins' settings."""

import sys
from pathlib import Path

from infra.localstack.plugins.dockerless.settings import Settings


def test_everything_has_a_default() -> None:
    settings = Settings.from_environment({})
    assert settings.runtime_python == Path(sys.executable)
    assert (settings.data, settings.snapshot_seconds) == (None, 60)
    assert (settings.max_environments, settings.queue_seconds, settings.gateway_seconds) == (4, 60, 29)
    assert settings.max_processes == 8


def test_everything_can_be_set() -> None:
    settings = Settings.from_environment(
        {
            "LAMBDA_RUNTIME_PYTHON": "/venv/bin/python",
            "LAMBDA_ENVIRONMENTS_DIR": "/run",
            "LAMBDA_MAX_ENVIRONMENTS": "2",
            "LAMBDA_QUEUE_SECONDS": "0.5",
            "GATEWAY_TIMEOUT_SECONDS": "1.5",
            "DATA_DIR": "/data",
            "SNAPSHOT_SECONDS": "0.25",
        }
    )
    assert settings == Settings(Path("/venv/bin/python"), Path("/run"), 2, 0.5, 1.5, Path("/data"), 0.25)
