"""The stand-in behind a port of loopback, and the troubles that it can have."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qsl, urlsplit

from infra.demo.jellyfin.answers import Answers, Asked, Reply
from infra.demo.jellyfin.shelf import Shelf

KEY = "stand-in-key"


class Trouble(StrEnum):
    """What can be wrong with the server."""

    NONE = ""
    DOWN = "down"
    SLOW = "slow"
    SILENT = "silent"


class JellyfinServer(ThreadingHTTPServer):
    """The stand-in; `asked` lists method and URL of each request in their order."""

    daemon_threads = True

    def __init__(self, shelf: Shelf, port: int = 0, key: str = KEY) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.shelf = shelf
        self.answers = Answers(shelf, key)
        self.trouble = Trouble.NONE
        self.slow_seconds = 5.0
        self.asked: list[str] = []
        self.closing = Event()

    @property
    def url(self) -> str:
        """Return the address of the server."""
        return f"http://127.0.0.1:{self.server_port}"

    def reply(self, asked: Asked) -> Reply | None:
        """Answer as well as the trouble lets it; None hangs up without a word."""
        match self.trouble:
            case Trouble.DOWN:
                return Reply(503, b"Service Unavailable", "text/plain")
            case Trouble.SILENT:
                return None
            case Trouble.SLOW:
                self.closing.wait(self.slow_seconds)
        return self.answers.reply(asked)


@contextmanager
def serving(shelf: Shelf, port: int = 0) -> Iterator[JellyfinServer]:
    """Answer on a port, by default a free one, until the block ends."""
    with JellyfinServer(shelf, port) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: JellyfinServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a request."""
        self.server.asked.append(f"{self.command} {self.path}")
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = {name.lower(): value for name, value in parse_qsl(parts.query, keep_blank_values=True)}
        reply = self.server.reply(Asked(self.command, parts.path, query, headers, body))
        if reply is None:
            self.close_connection = True
        else:
            self._send(reply)

    do_HEAD = do_POST = do_DELETE = do_GET  # noqa: N815  # names that http.server calls

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.content_type:
            self.send_header("Content-Type", reply.content_type)
        if reply.status not in {204, 304}:
            self.send_header("Content-Length", str(len(reply.body)))
        with suppress(ConnectionError):  # whoever asked may have lost patience
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)
