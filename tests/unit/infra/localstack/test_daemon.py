"""A program in the background is ended again, also where nothing but itself is installed."""

import os
import sys
import time
from pathlib import Path

from infra.localstack.daemon import Daemon


def test_it_ends_where_the_emulator_was_never_installed(tmp_path: Path) -> None:
    daemon = Daemon("sleeper", tmp_path, tmp_path / "missing", Path(sys.executable))
    daemon.start(["-c", "__import__('time').sleep(60)"], {}, is_ready=lambda: True, seconds=5)
    pid = int((tmp_path / "sleeper.pid").read_text().split()[0])
    daemon.stop()
    deadline = time.monotonic() + 5
    while _lives(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _lives(pid)
    assert daemon.running() is None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
