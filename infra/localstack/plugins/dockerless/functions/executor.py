"""Plug processes into LocalStack where it would use containers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from threading import Lock

from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from ..settings import current_settings
from .code import unpack
from .fleet import Fleet
from .sandbox import Request, Sandbox
from .session import Function
from .variables import runtime_variables

LOOPBACK = "127.0.0.1"


@cache
def _fleet() -> Fleet:
    return Fleet(current_settings().max_processes)


class ProcessExecutor(RuntimeExecutor):
    """Run one LocalStack execution environment as a child process."""

    def __init__(self, id: str, function_version: FunctionVersion) -> None:  # noqa: A002 - LocalStack's name
        """Remember what to run; LocalStack calls :meth:`start` next."""
        super().__init__(id=id, function_version=function_version)
        self._sandbox: Sandbox | None = None
        self._lock = Lock()
        self._is_running = False
        self._is_over = False

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unzip the function's code."""
        unpack(function_version.config.code)

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Leave the code to LocalStack, which removes it with the function."""

    @classmethod
    def validate_environment(cls) -> bool:
        """Tell whether the functions' interpreter exists."""
        return current_settings().runtime_python.exists()

    def start(self, env_vars: Mapping[str, object]) -> None:
        """Make ready; the process begins with the first invocation, which then reports how that went."""
        settings = current_settings()
        function = _describe(self.function_version)
        self._sandbox = Sandbox(
            function,
            runtime_variables(env_vars, self.function_version.config.environment or {}, function.code),
            settings.runtime_python,
            settings.environments / self.id,
        )

    def stop(self) -> None:
        """End the process: after an invocation that runs, as a change of a function ends none in AWS."""
        with self._lock:
            self._is_over = True
            if self._is_running:
                return
        self._close()

    def _close(self) -> None:
        if self._sandbox is not None:
            _fleet().forget(self._sandbox)
            self._sandbox.close()

    def invoke(self, payload: Mapping[str, str]) -> InvocationResult:
        """Run one invocation in the process."""
        sandbox = self._require_sandbox()
        request = Request(
            request_id=payload["invoke-id"],
            arn=payload["invoked-function-arn"],
            payload=payload["payload"].encode(),
            trace_id=payload["trace-id"],
        )
        with self._running(), _fleet().at_work(sandbox):
            result = sandbox.invoke(request)
        return InvocationResult(request.request_id, result.body, is_error=result.is_error, logs=result.log)

    @contextmanager
    def _running(self) -> Iterator[None]:
        """Keep the process until an invocation is over."""
        with self._lock:
            self._is_running = True
        try:
            yield
        finally:
            with self._lock:
                self._is_running = False
                is_over = self._is_over
            if is_over:
                self._close()

    def get_logs(self) -> str:
        """Return nothing: every invocation's result carries its own log."""
        return ""

    def get_address(self) -> str:
        """Return where the environment runs."""
        return LOOPBACK

    def get_endpoint_from_executor(self) -> str:
        """Return where functions find LocalStack."""
        return LOOPBACK

    def get_runtime_endpoint(self) -> str:
        """Return nothing: each process has a Runtime API of its own."""
        return ""

    def _require_sandbox(self) -> Sandbox:
        if self._sandbox is None:
            message = f"execution environment {self.id} was not started"
            raise RuntimeError(message)
        return self._sandbox


def _describe(function_version: FunctionVersion) -> Function:
    config = function_version.config
    return Function(
        version=function_version.id.qualifier,
        handler=config.handler,
        code=config.code.get_unzipped_code_location(),
        memory_mb=config.memory_size,
        timeout_seconds=config.timeout,
    )
