"""Serve the Lambda Runtime API (2018-06-01) to one process on a loopback port.

The process side is AWS's ``awslambdaric``. The emulator's side is two queues: invocations go in through
:meth:`RuntimeApi.offer`, what the process says comes out of :attr:`RuntimeApi.signals`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from queue import SimpleQueue

from ..limits import LAMBDA_PAYLOAD_BYTES
from ..serving.listener import Listener
from ..serving.wire import Request, Wire

LOOPBACK = "127.0.0.1"
ROOT = "/2018-06-01/runtime"
_INVOCATION = re.compile(rf"{ROOT}/invocation/(?P<request_id>[^/]+)/(?P<outcome>response|error)")


@dataclass(frozen=True)
class Invocation:
    """One call of a function; ``deadline_ms`` counts from the Unix epoch."""

    request_id: str
    arn: str
    payload: bytes
    trace_id: str
    deadline_ms: int

    def headers(self) -> Mapping[str, str]:
        """Return the headers that accompany the payload to the runtime."""
        return {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": self.request_id,
            "Lambda-Runtime-Deadline-Ms": str(self.deadline_ms),
            "Lambda-Runtime-Invoked-Function-Arn": self.arn,
            "Lambda-Runtime-Trace-Id": self.trace_id,
        }


@dataclass(frozen=True)
class Ready:
    """The process asks for its next invocation."""


@dataclass(frozen=True)
class InitFailed:
    """The process could not load its handler; ``body`` is Lambda's error document."""

    body: bytes


@dataclass(frozen=True)
class Answered:
    """The handler returned or raised; ``body`` is its answer or Lambda's error document.

    ``is_fatal`` where the process does not survive it.
    """

    request_id: str
    body: bytes
    is_error: bool
    is_fatal: bool = False


type Signal = Ready | InitFailed | Answered


def oversized_answer() -> bytes:
    """Return the error document for an answer above Lambda's limit."""
    message = f"Response payload size exceeded maximum allowed payload size ({LAMBDA_PAYLOAD_BYTES} bytes)."
    return json.dumps({"errorMessage": message, "errorType": "Function.ResponseSizeTooLarge"}).encode()


class RuntimeApi:
    """Pass invocations to one process and its answers back."""

    def __init__(self) -> None:
        """Listen on a free loopback port at once."""
        self.signals: SimpleQueue[Signal] = SimpleQueue()
        self._invocations: SimpleQueue[Invocation | None] = SimpleQueue()
        self._listener = Listener(LOOPBACK, 0, self._serve, "lambda-runtime-api")
        self._listener.start()

    @property
    def address(self) -> str:
        """Return ``host:port``, the value of ``AWS_LAMBDA_RUNTIME_API``."""
        return f"{LOOPBACK}:{self._listener.port}"

    def offer(self, invocation: Invocation) -> None:
        """Hand an invocation to the process's next poll."""
        self._invocations.put(invocation)

    def next_invocation(self) -> Invocation | None:
        """Say that the process is ready, and wait; ``None`` means that the API has closed."""
        self.signals.put(Ready())
        invocation = self._invocations.get()
        if invocation is None:
            self._invocations.put(None)  # for whoever polls next: a killed process may have polled once more
        return invocation

    def close(self) -> None:
        """Free the port and let every poll go."""
        self._invocations.put(None)
        self._listener.close()

    def _serve(self, wire: Wire, request: Request) -> bool:
        """Translate one request of the process to the queues."""
        match request.method, request.target:
            case "GET", target if target == f"{ROOT}/invocation/next":
                invocation = self.next_invocation()
                if invocation is None:
                    return False
                _reply(wire, request, HTTPStatus.OK, invocation.payload, invocation.headers())
            case "POST", target if target == f"{ROOT}/init/error":
                self._accept(wire, request, InitFailed(request.body.read()))
            case "POST", target if match := _INVOCATION.fullmatch(target):
                self._answer(wire, request, match)
            case _:
                _reply(wire, request, HTTPStatus.NOT_FOUND)
        return True

    def _answer(self, wire: Wire, request: Request, match: re.Match[str]) -> None:
        request_id, body = match["request_id"], request.body.read()
        if len(body) <= LAMBDA_PAYLOAD_BYTES:
            self._accept(wire, request, Answered(request_id, body, match["outcome"] == "error"))
            return
        self.signals.put(Answered(request_id, oversized_answer(), is_error=True, is_fatal=True))
        _reply(wire, request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, oversized_answer())

    def _accept(self, wire: Wire, request: Request, signal: Signal) -> None:
        self.signals.put(signal)
        _reply(wire, request, HTTPStatus.ACCEPTED, b'{"status":"OK"}')


def _reply(
    wire: Wire,
    request: Request,
    status: HTTPStatus,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> None:
    named = {**(headers or {"Content-Type": "application/json"}), "Content-Length": str(len(body))}
    wire.answer(request, f"{status.value} {status.phrase}", list(named.items()), [body])
