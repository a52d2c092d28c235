"""Start a program in the background, know it again later, and end it with everything that it started."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.05
LOG_TAIL_LINES = 20


class StartError(Exception):
    """A program could not be brought up; the text says why, for people."""


@dataclass(frozen=True)
class Daemon:
    """A background program: log and process id in ``run_dir``, scratch files in a folder of its own there.

    ``python`` is an interpreter that has ``dockerless``, which knows how to find all the program's processes;
    it runs the program too, unless that has its own, ``interpreter``.
    """

    name: str
    run_dir: Path
    python: Path
    interpreter: Path | None = None

    @property
    def log(self) -> Path:
        """Return the file that takes the program's output."""
        return self.run_dir / f"{self.name}.log"

    @property
    def scratch(self) -> Path:
        """Return the folder of the program's files, which :meth:`stop` removes."""
        return self.run_dir / self.name

    @property
    def _pid_file(self) -> Path:
        return self.run_dir / f"{self.name}.pid"

    def start(
        self,
        arguments: Sequence[str],
        variables: Mapping[str, str],
        *,
        is_ready: Callable[[], bool],
        seconds: float,
    ) -> None:
        """Run ``python`` with ``arguments`` and only ``variables``, and wait until ready.

        Raises :class:`StartError` with the end of the log when it ends, or is not ready after ``seconds``.
        """
        pid = self._spawn([str(self.interpreter or self.python), *arguments], variables)
        self._pid_file.write_text(f"{pid} {' '.join(arguments)}\n")
        deadline = time.monotonic() + seconds
        while not is_ready():
            if self.running() is None:
                raise self._failure("ended")
            if time.monotonic() > deadline:
                raise self._failure(f"was not ready after {seconds:.0f} s")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """End the program's processes, however it ended itself; remove its scratch files, keep its log."""
        if self.python.exists():
            subprocess.run([str(self.python), "-m", "dockerless.sweep", str(self.scratch)], check=True)
        elif self.running() is not None:
            # It has its own interpreter, and the start failed before the emulator was installed.
            os.kill(self._pid, signal.SIGTERM)
        shutil.rmtree(self.scratch, ignore_errors=True)
        self._pid_file.unlink(missing_ok=True)

    def running(self) -> Sequence[str] | None:
        """Return the arguments of the last start if that process still lives."""
        try:
            os.kill(self._pid, 0)
        except (OSError, ValueError):
            return None
        return self._pid_file.read_text().split()[1:]

    @property
    def _pid(self) -> int:
        return int(self._pid_file.read_text().split()[0])

    def _failure(self, what: str) -> StartError:
        tail = self.log.read_text(errors="replace").splitlines()[-LOG_TAIL_LINES:]
        return StartError("\n".join([f"{self.name} {what}; the end of {self.log}:", *tail]))

    def _spawn(self, command: Sequence[str], variables: Mapping[str, str]) -> int:
        """Start by way of a shell that ends at once, so that the program is nobody's child; return its id."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        launch = ["/bin/sh", "-c", '"$@" >"$0" 2>&1 & echo $!', str(self.log), *command]
        shell = subprocess.run(
            launch,
            cwd=self.scratch,
            env={**variables, "TMPDIR": str(self.scratch), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            check=True,
            start_new_session=True,
        )
        return int(shell.stdout)


def require_free(port: int, variable: str) -> None:
    """Raise :class:`StartError` when somebody listens on ``port``; ``variable`` is what would choose another."""
    if accepts_connections(port):
        message = f"port {port} is taken by another program; set {variable}"
        raise StartError(message)


def accepts_connections(port: int) -> bool:
    """Tell whether somebody listens on the loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
