"""Run invocations of one function version, one at a time, in a process that is renewed whenever it ended."""

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..limits import LAMBDA_INIT_SECONDS
from . import report
from .report import Usage
from .runtime_api import Invocation
from .session import ExitError, Function, InitError, Session


@dataclass(frozen=True)
class Request:
    """An invocation whose deadline is not known yet."""

    request_id: str
    arn: str
    payload: bytes
    trace_id: str

    def until(self, deadline: float) -> Invocation:
        """Fix the deadline, given by :func:`time.monotonic`."""
        deadline_ms = int((time.time() + deadline - time.monotonic()) * 1000)
        return Invocation(self.request_id, self.arn, self.payload, self.trace_id, deadline_ms)


@dataclass(frozen=True)
class Result:
    """What the caller gets, and what goes to the log."""

    body: bytes
    is_error: bool
    log: str


@dataclass(frozen=True)
class _Outcome:
    """A result before its log: ``remark`` is what Lambda adds to the function's output."""

    body: bytes
    is_error: bool
    remark: str = ""
    is_final: bool = False


def _fatal(body: bytes, remark: str) -> _Outcome:
    """Word an error that the process does not survive."""
    return _Outcome(body, is_error=True, remark=remark, is_final=True)


class Sandbox:
    """One execution environment."""

    def __init__(self, function: Function, variables: Mapping[str, str], python: Path, folder: Path) -> None:
        """Keep what a start needs; nothing runs before the first invocation."""
        self._function = function
        self._python = python
        self._folder = folder
        self._variables = {**variables, "TMPDIR": str(folder / "tmp"), "HOME": str(folder / "tmp")}
        self._session: Session | None = None
        self._init_ms: float | None = None

    @property
    def is_warm(self) -> bool:
        """Tell whether the next invocation finds a live process."""
        return self._session is not None and not self._session.process.has_ended

    def invoke(self, request: Request) -> Result:
        """Run one invocation to its end, however it ends."""
        begun = time.monotonic()
        session, is_cold = self._warm_session()
        self._init_ms = None
        outcome = self._outcome(request, session, is_cold=is_cold)
        usage = self._usage(session, (time.monotonic() - begun) * 1000)
        if outcome.is_final:
            self.rest()
        return Result(outcome.body, outcome.is_error, self._log(request, session, outcome.remark, usage))

    def rest(self) -> None:
        """End the process, if any; the next invocation starts another."""
        if self._session is not None:
            self._session.end()
        self._session = None

    def close(self) -> None:
        """End the process and remove its files."""
        self.rest()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _warm_session(self) -> tuple[Session, bool]:
        if self._session is not None and self.is_warm:
            return self._session, False
        self.rest()
        (self._folder / "tmp").mkdir(parents=True, exist_ok=True)
        self._session = Session(self._function, self._variables, self._python, self._folder)
        return self._session, True

    def _outcome(self, request: Request, session: Session, *, is_cold: bool) -> _Outcome:
        try:
            deadline = self._initialise(session) if is_cold else self._deadline()
            answer = session.run(request.until(deadline), deadline)
        except TimeoutError:
            message = report.timeout_message(request.request_id, self._function.timeout_seconds)
            return _fatal(report.timeout_document(message), f"{message}\n")
        except InitError as error:
            return _fatal(error.body, "")
        except ExitError as error:
            message = report.exit_message(request.request_id, error.return_code)
            return _fatal(report.exit_document(message), f"{message}\nRuntime.ExitError\n")
        return _Outcome(answer.body, answer.is_error, is_final=answer.is_fatal)

    def _initialise(self, session: Session) -> float:
        """Wait for the handler and return the invocation's deadline.

        A start above Lambda's limit eats into the function's own timeout.
        """
        begun = time.monotonic()
        try:
            session.await_ready(begun + LAMBDA_INIT_SECONDS)
        except TimeoutError:
            deadline = self._deadline()
            session.await_ready(deadline)
            return deadline
        self._init_ms = (time.monotonic() - begun) * 1000
        return self._deadline()

    def _deadline(self) -> float:
        return time.monotonic() + self._function.timeout_seconds

    def _usage(self, session: Session, elapsed_ms: float) -> Usage:
        return Usage(
            duration_ms=elapsed_ms - (self._init_ms or 0),
            init_ms=self._init_ms,
            memory_mb=self._function.memory_mb,
            peak_bytes=session.peak_bytes,
        )

    def _log(self, request: Request, session: Session, remark: str, usage: Usage) -> str:
        opening = report.start_line(request.request_id, self._function.version)
        return opening + session.process.take_output() + remark + report.end_lines(request.request_id, usage)
