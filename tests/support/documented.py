"""Schemathesis, which asks a service what its OpenAPI document promises."""

import os
import subprocess
import sys
from pathlib import Path

from infra.places import PROJECT

_SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
_CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
_LOGIN = "/Users/AuthenticateByName"
"""Left out: wrong passwords by the dozen slow down the other tests' logins, as they should."""
_SEED = "20261122"
_TIMEOUT_SECONDS = 380
_MADE_UP = """
[phases.fuzzing.extra-data-sources]
responses = false
"""


def faults_of(
    url: str, api_key: str, folder: Path, *, phases: str, is_shared: bool = False, workers: int = 1
) -> str:
    """Run phases of Schemathesis; return what it found wrong, or an empty text.

    `examples` asks by every example of the document, `fuzzing` asks each operation once. A fault is a 5xx, or an
    answer whose status, content type or body the document does not have. On a service that other tests share,
    ids are made up: those that answers name would be deleted, too.
    """
    if is_shared:
        (folder / "schemathesis.toml").write_text(_MADE_UP)
    command = [
        *(str(_SCHEMATHESIS), "run", f"{url}/openapi.json", "--header", f"X-Emby-Token: {api_key}"),
        *("--exclude-path", _LOGIN, "--checks", _CHECKS, "--phases", phases, "--max-examples", "1"),
        *("--seed", _SEED, "--workers", str(workers), "--no-color"),
    ]
    # What Hypothesis computes once of Unicode takes five seconds, and is there already.
    environment = os.environ | {"HYPOTHESIS_STORAGE_DIRECTORY": str(PROJECT / ".hypothesis")}
    done = subprocess.run(  # noqa: S603  # our own program
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=_TIMEOUT_SECONDS,
    )
    if not done.returncode:
        return ""
    return f"Exit status {done.returncode}\n{done.stdout[-8000:]}{done.stderr[-2000:]}"
