"""The administrator of a service that runs on this machine, whose key and password stay in its folder."""

import json
from pathlib import Path

from infra.deployment.bootstrap import bootstrap

FILE = "operator.json"


def api_key(folder: Path, table: str) -> str:
    """Make sure that there is an administrator with a key, and return the key."""
    before = known(folder)
    made = bootstrap(table, password=before.get("password") or "", api_key=before.get("api_key") or "")
    path = _path(folder)
    path.touch(mode=0o600)
    kept = {
        "user": made.user.name,
        "password": made.password or before.get("password"),
        "api_key": made.api_key,
    }
    path.write_text(json.dumps(kept, indent=2) + "\n")
    return made.api_key


def known(folder: Path) -> dict[str, str | None]:
    """Return name, password and key of the folder's administrator; empty before there was one."""
    path = _path(folder)
    found: dict[str, str | None] = json.loads(path.read_text()) if path.is_file() else {}
    return found


def _path(folder: Path) -> Path:
    return folder / FILE
