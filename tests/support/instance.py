"""The instance of the service that a test session runs for itself, beside whatever the developer runs.

It lives in a folder with ports of its own. The first test that needs it starts it, the end of the session stops
it; `KEEP_SERVICE=1` leaves it running for the next session, which then begins at once.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil

from infra.deployment.cloud import use_cloud
from infra.local.service import Service
from infra.locking import alone
from tests.support.ports import free_port

FOLDER = "TEST_RUN_DIR"
SESSION = "TEST_SESSION"
KEEP = "KEEP_SERVICE"
WITHOUT_DEMO = "TEST_WITHOUT_DEMO"
"""Set where no test of the session looks at the demo library, which takes a while to make."""


def session_folder() -> Path:
    """Return the folder of the session's instance."""
    return Path(os.environ[FOLDER])


def begin_session(root: Path) -> None:
    """Choose folder and name of the session; worker processes inherit both."""
    os.environ.setdefault(FOLDER, str(root / ".run" / "test"))
    os.environ[SESSION] = str(os.getpid())


def end_session() -> None:
    """Stop the instance if this session has started it."""
    folder = session_folder()
    if _started_by_session(folder) and not os.environ.get(KEEP):
        run_verb("down")
        _stamp(folder).unlink()


def started_service() -> Service:
    """Return the session's instance, started if need be, and point the AWS clients of this process at it."""
    folder = session_folder()
    with alone(folder, "session"):
        if not _started_by_session(folder):
            if not any(processes(folder)):  # what an earlier session's tests left would change this one's
                run_verb("reset", "--yes")
            if os.environ.get(WITHOUT_DEMO):
                leave_out_demo(folder)
            run_verb("up")
            _stamp(folder).write_text(os.environ[SESSION])
    service = Service.read(folder)
    assert service is not None
    use_cloud(service.endpoint_url)
    return service


def leave_out_demo(folder: Path) -> None:
    """Let a service in a folder start without the demo library, as if somebody had removed it."""
    mark = folder / "data" / "demo"
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def processes(folder: Path) -> Iterator[psutil.Process]:
    """Yield every process that works in the instance's folder: the emulated cloud, front door and functions."""
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(folder):
                yield process
        except psutil.Error:
            continue


def run_verb(verb: str, *arguments: str) -> None:
    """Run a verb on the session's instance; its output is kept beside the logs and shown when it fails."""
    folder = session_folder()
    done = subprocess.run(  # noqa: S603  # our own program
        [*command_of(verb), *arguments],
        env=environment_of(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    (folder / f"{verb}.log").write_text(done.stdout + done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr


def command_of(verb: str) -> list[str]:
    """Return the command that does what `make` does for a verb."""
    return [sys.executable, "-m", "infra.cli", verb]


def environment_of(folder: Path) -> dict[str, str]:
    """Return the environment in which a verb means the instance in a folder."""
    # A tester's own variables, so without the endpoint, which would make the emulator somebody else's cloud.
    own = {name: value for name, value in os.environ.items() if name != "AWS_ENDPOINT_URL"}
    return own | _ports(folder) | {"RUN_DIR": str(folder), "STAGE": "test"}


def _ports(folder: Path) -> dict[str, str]:
    """Return the instance's ports, chosen among the free ones when its folder is new."""
    path = folder / "ports.json"
    if not path.is_file():
        path.write_text(json.dumps({name: str(free_port()) for name in ("EMULATOR_PORT", "FRONT_DOOR_PORT")}))
    ports: dict[str, str] = json.loads(path.read_text())
    return ports


def _stamp(folder: Path) -> Path:
    return folder / "session"


def _started_by_session(folder: Path) -> bool:
    stamp = _stamp(folder)
    return stamp.is_file() and stamp.read_text() == os.environ[SESSION]
