"""Show which test needs each permission of the functions: `python -m tests.tools.permissions record|prove`.

`record` runs the tests of the deployed stack and notes what each uses. `prove` takes one permission away at a
time, runs the quickest tests that used it until one fails, and writes docs/permissions.md. It can be stopped, and
goes on where it was.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from infra.places import PROJECT, run_folder
from tests.support.instance import FOLDER, KEEP, SESSION, run_verb, session_folder, started_service
from tests.tools.permissions.proving import Proof, run_tests
from tests.tools.permissions.roles import deployed_roles
from tests.tools.permissions.table import PAGE, UNPROVEN, Need, written
from tests.tools.permissions.uses import candidates, recorded

RECORDS = run_folder(os.environ) / "permissions"
USES, SECONDS, PROVEN = (RECORDS / name for name in ("uses.jsonl", "seconds.json", "proven.json"))


def record(tests: Sequence[str]) -> int:
    """Run tests in an instance whose cloud notes the uses; what was noted before stays."""
    _start_noting()
    outcome, status = run_tests("-p", "tests.support.running_tests", *tests)
    SECONDS.write_text(json.dumps(_read(SECONDS) | outcome.seconds, indent=1))
    return status


def prove(only: Sequence[str], minutes: float) -> int:
    """Take each permission away and note the test that fails; 1 when one was not proven in the time."""
    _start_noting()
    roles = deployed_roles(started_service().stack)
    every = [(role, permission) for role in roles.values() for permission in role.permissions]
    used, seconds, known = recorded(USES, roles), _read(SECONDS), _read(PROVEN)
    proof, end = Proof(USES), time.monotonic() + minutes * 60
    for role, permission in every:
        if (
            permission.label not in known
            and permission.label.startswith(tuple(only))
            and time.monotonic() < end
        ):
            tests = candidates(permission, used.get(permission, ()), seconds)
            if found := proof.test_that_needs(permission, role, tests):
                known[permission.label] = found
                PROVEN.write_text(json.dumps(known, indent=1))
            print(f"{permission.label}: {found or f'{UNPROVEN} of {tests}'}", flush=True)
    needs = {
        permission: _need(
            known.get(permission.label), candidates(permission, used.get(permission, ()), seconds)
        )
        for _, permission in every
    }
    PAGE.write_text(written(PAGE.read_text(), needs))
    left = sum(not need.is_proven for need in needs.values())
    print(f"{len(needs) - left} of {len(needs)} permissions are proven.")
    return int(left > 0)


def _need(proven: str | None, tests: Sequence[str]) -> Need:
    """Return the test that failed without a permission, else the first that used it."""
    return Need(proven, is_proven=True) if proven else Need(next(iter(tests), UNPROVEN), is_proven=False)


def _start_noting() -> None:
    """Start the session's instance, anew if its cloud takes no notes."""
    RECORDS.mkdir(parents=True, exist_ok=True)
    os.environ |= {"IAM_RECORD": str(USES), KEEP: "1", SESSION: str(os.getpid())}
    os.environ.setdefault(FOLDER, str(PROJECT / ".run" / "test"))
    noting = session_folder() / "noting"
    if not noting.is_file() or noting.read_text() != _cloud():
        if session_folder().is_dir():
            run_verb("down")
        started_service()
        noting.write_text(_cloud())


def _cloud() -> str:
    """Tell one start of the emulated cloud from another."""
    path = session_folder() / "localstack.pid"
    return path.read_text() if path.is_file() else ""


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text()) if path.is_file() else {}
    return found


def main() -> int:
    """Do one of the two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=("record", "prove"))
    parser.add_argument("what", nargs="*", help="tests to record, or how the permissions to prove begin")
    parser.add_argument("--minutes", type=float, default=60, help="begin no further proof after that (60)")
    options = parser.parse_args()
    if options.verb == "record":
        return record(options.what or [str(Path("tests") / "e2e")])
    return prove(options.what or [""], options.minutes)


if __name__ == "__main__":
    sys.exit(main())
