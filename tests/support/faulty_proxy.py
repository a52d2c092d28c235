"""A proxy before the emulated cloud that fails as clouds do: refuses, throttles, dawdles, loses answers."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Lock, Thread
from time import sleep
from urllib.parse import urlsplit

_HOP_BY_HOP = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive"})


class FaultyProxy(ThreadingHTTPServer):
    """Passes requests on, a share of them with a fault; `faults` counts those by their names."""

    daemon_threads = True

    def __init__(self, target: str, share: float, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        parts = urlsplit(target)
        self.target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self.share = share
        self.faults: Counter[str] = Counter()
        self._random = Random(seed)  # noqa: S311  # no secret: the same faults for the same seed
        self._lock = Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def draw(self) -> str:
        """Choose what befalls a request, an empty text for nothing."""
        with self._lock:
            is_faulty = self._random.random() < self.share
            fault = self._random.choice(("error", "throttled", "slow", "answer lost", "refused"))
            if is_faulty:
                self.faults[fault] += 1
            return fault if is_faulty else ""


@contextmanager
def faulty_proxy(target: str, share: float, seed: int) -> Iterator[FaultyProxy]:
    """Run a proxy for a block."""
    proxy = FaultyProxy(target, share, seed)
    thread = Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultyProxy

    def _pass(self) -> None:
        body = self._body()
        match self.server.draw():
            case "error":
                self._refuse(500, "InternalError")
            case "throttled":
                self._refuse(400, "ThrottlingException") if self._is_table else self._refuse(503, "SlowDown")
            case "refused":
                self.close_connection = True
            case "answer lost":
                self._ask(body)
                self.close_connection = True
            case "slow":
                sleep(1)
                self._answer(*self._ask(body))
            case _:
                self._answer(*self._ask(body))

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass  # noqa: N815  # names that http.server calls

    @property
    def _is_table(self) -> bool:
        return "X-Amz-Target" in self.headers

    def _body(self) -> bytes:
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _ask(self, body: bytes) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection(*self.server.target, timeout=60)
        try:
            headers = {name: text for name, text in self.headers.items() if name.lower() != "expect"}
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def _answer(self, answer: HTTPResponse, body: bytes) -> None:
        self.send_response_only(answer.status)
        for name, text in answer.getheaders():
            if name.lower() not in _HOP_BY_HOP or (
                self.command == "HEAD" and name.lower() == "content-length"
            ):
                self.send_header(name, text)
        if self.command != "HEAD":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _refuse(self, status: int, code: str) -> None:
        if self._is_table:
            kind, text = "application/x-amz-json-1.0", f'{{"__type":"com.amazonaws.dynamodb#{code}"}}'
        else:
            kind, text = "application/xml", f"<Error><Code>{code}</Code><Message>made up</Message></Error>"
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""
