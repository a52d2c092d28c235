"""Start, measure and kill the process of one execution environment."""

import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import psutil

from .report import MEBIBYTE

LAUNCHER = Path(__file__).with_name("launcher.py")

_PEAK = re.compile(rb"^VmHWM:\s*(\d+) kB", re.MULTILINE)
STATUS_BYTES = 4096
"""More than a status of Linux has."""

# Linux ties "die with the parent" to the thread that forked, so all children come from one thread that never ends.
_SPAWNER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lambda-spawner")


class RuntimeProcess:
    """A runtime in a session of its own, with its output in a file."""

    def __init__(
        self, command: Sequence[str], variables: Mapping[str, str], code: Path, folder: Path, data_mb: int
    ) -> None:
        """Start ``command`` in ``code`` with only ``variables`` as its environment, writing below ``folder``."""
        self._burial = Lock()
        self._output = folder / "output.log"
        self._read = self._output.stat().st_size if self._output.exists() else 0
        launch = [command[0], "-I", "-S", str(LAUNCHER), str(os.getpid()), str(data_mb * MEBIBYTE), *command]
        self._process = _SPAWNER.submit(self._spawn, launch, variables, code).result()

    def _spawn(
        self, command: Sequence[str], variables: Mapping[str, str], code: Path
    ) -> subprocess.Popen[bytes]:
        with self._output.open("ab") as output:
            return subprocess.Popen(
                command,
                cwd=code,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def has_ended(self) -> bool:
        """Tell whether the process ended, leaving it to :meth:`kill` to bury it.

        Until then the system gives its id, and with it that of its group, to nobody else.
        """
        if self._process.returncode is not None:
            return True
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def take_output(self) -> str:
        """Return what the process wrote since the last call; nothing once its folder is gone."""
        try:
            with self._output.open("rb") as output:
                output.seek(self._read)
                fresh = output.read()
        except FileNotFoundError:
            return ""
        self._read += len(fresh)
        return fresh.decode(errors="replace")

    def peak_bytes(self) -> int:
        """Return the most resident memory so far, or 0 once the process is gone."""
        try:
            return _high_water_mark(self._process.pid)
        except (OSError, psutil.Error):
            return 0

    def kill(self) -> int:
        """End the process and whatever it started; return how it ended, as :mod:`subprocess` words it."""
        with self._burial:
            if self._process.returncode is None:
                os.killpg(self._process.pid, signal.SIGKILL)
            return self._process.wait()


def _high_water_mark(pid: int) -> int:
    """Read the peak from Linux; elsewhere make do with the present figure."""
    try:
        descriptor = os.open(f"/proc/{pid}/status", os.O_RDONLY)  # before every answer: not by way of a Path
    except FileNotFoundError:
        return int(psutil.Process(pid).memory_info().rss)
    try:
        found = _PEAK.search(os.read(descriptor, STATUS_BYTES))
    finally:
        os.close(descriptor)
    return int(found[1]) * 1024 if found else 0
