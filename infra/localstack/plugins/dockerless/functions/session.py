"""Drive one runtime process from its start to its end, whatever that end is."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import Empty

from .process import RuntimeProcess
from .report import MEBIBYTE
from .runtime_api import Answered, InitFailed, Invocation, Ready, RuntimeApi, Signal

WATCH_SECONDS = 0.05
"""How often a busy process's memory and life are looked at; answers do not wait for it."""


@dataclass(frozen=True)
class Function:
    """What must be known of a function version to run it."""

    version: str
    handler: str
    code: Path
    memory_mb: int
    timeout_seconds: float


class InitError(Exception):
    """The handler could not be loaded; ``body`` is Lambda's error document."""

    def __init__(self, body: bytes) -> None:
        """Keep what the runtime reported."""
        super().__init__(body)
        self.body = body


class ExitError(Exception):
    """The process ended by itself, or was killed for its memory."""

    def __init__(self, return_code: int) -> None:
        """Keep how it ended, as :mod:`subprocess` words it."""
        super().__init__(return_code)
        self.return_code = return_code


class Session:
    """One process with its Runtime API.

    Deadlines are of :func:`time.monotonic`; passing one raises ``TimeoutError``.
    """

    def __init__(self, function: Function, variables: Mapping[str, str], python: Path, folder: Path) -> None:
        """Start the runtime; it announces itself later, see :meth:`await_ready`."""
        self._limit = function.memory_mb * MEBIBYTE
        self._api = RuntimeApi()
        self.peak_bytes = 0
        self.process = RuntimeProcess(
            [str(python), "-m", "awslambdaric", function.handler],
            {**variables, "AWS_LAMBDA_RUNTIME_API": self._api.address},
            function.code,
            folder,
            data_mb=2 * function.memory_mb + 512,
        )

    def await_ready(self, deadline: float) -> None:
        """Wait until the handler is loaded."""
        while True:
            match self._next_signal(deadline):
                case Ready():
                    return
                case InitFailed(body):
                    raise InitError(body)

    def run(self, invocation: Invocation, deadline: float) -> Answered:
        """Pass one invocation and wait for what comes of it."""
        self._api.offer(invocation)
        while True:
            signal = self._next_signal(deadline)
            if isinstance(signal, Answered) and signal.request_id == invocation.request_id:
                self._enforce_memory()
                return signal

    def end(self) -> None:
        """Kill the process and close its port."""
        self._api.close()
        self.process.kill()

    def _next_signal(self, deadline: float) -> Signal:
        while (left := deadline - time.monotonic()) > 0:
            self._enforce_memory()
            try:
                return self._api.signals.get(timeout=min(left, WATCH_SECONDS))
            except Empty:
                self._enforce_life()
        raise TimeoutError

    def _enforce_memory(self) -> None:
        self.peak_bytes = max(self.peak_bytes, self.process.peak_bytes())
        if self.peak_bytes > self._limit:
            raise ExitError(self.process.kill())

    def _enforce_life(self) -> None:
        if self.process.has_ended and self._api.signals.empty():
            raise ExitError(self.process.kill())
