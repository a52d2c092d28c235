"""Serve the Lambda Runtime API (2018-06-01) to one process on a loopback port.

The process side is AWS's ``awslambdaric``. The emulator's side is two queues: invocations go in through
:meth:`RuntimeApi.offer`, what the process says comes out of :attr:`RuntimeApi.signals`.
"""

import json
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from threading import Thread
from typing import Any, ClassVar

from .limits import LAMBDA_PAYLOAD_BYTES

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
        handler = type("BoundHandler", (_Handler,), {"api": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, name="lambda-runtime-api", daemon=True).start()

    @property
    def address(self) -> str:
        """Return ``host:port``, the value of ``AWS_LAMBDA_RUNTIME_API``."""
        return f"127.0.0.1:{self._server.server_port}"

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
        """Free the port and let every poll go, soon: the server's loop wakes only now and then."""
        self._invocations.put(None)
        Thread(target=self._stop, name="lambda-runtime-api-stop", daemon=True).start()

    def _stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Translate HTTP to the two queues."""

    api: ClassVar[RuntimeApi]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body in one packet

    def handle_one_request(self) -> None:
        # The runtime's client sends head and body apart with Nagle's algorithm on: a delayed ACK costs it 40 ms.
        if hasattr(socket, "TCP_QUICKACK"):
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        super().handle_one_request()

    def do_GET(self) -> None:
        if self.path != f"{ROOT}/invocation/next":
            self._reply(HTTPStatus.NOT_FOUND)
            return
        invocation = self.api.next_invocation()
        if invocation is None:
            self.close_connection = True
            return
        self._reply(HTTPStatus.OK, invocation.payload, invocation.headers())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == f"{ROOT}/init/error":
            self._accept(InitFailed(body))
        elif match := _INVOCATION.fullmatch(self.path):
            self._answer(match["request_id"], body, is_error=match["outcome"] == "error")
        else:
            self._reply(HTTPStatus.NOT_FOUND)

    def _answer(self, request_id: str, body: bytes, *, is_error: bool) -> None:
        if len(body) <= LAMBDA_PAYLOAD_BYTES:
            self._accept(Answered(request_id, body, is_error))
            return
        self.api.signals.put(Answered(request_id, oversized_answer(), is_error=True, is_fatal=True))
        self._reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, oversized_answer())

    def _accept(self, signal: Signal) -> None:
        self.api.signals.put(signal)
        self._reply(HTTPStatus.ACCEPTED, b'{"status":"OK"}')

    def _reply(self, status: HTTPStatus, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {"Content-Type": "application/json"}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the base class's signature
        """Keep the emulator's log free of a line per poll."""
