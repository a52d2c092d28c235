"""The stand-in behind a port of loopback, and the troubles that it can have."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

from infra.demo.jellyfin.answers import Answers, Asked, Reply
from infra.demo.jellyfin.shelf import Shelf
from infra.demo.loopback import LoopbackServer, served

KEY = "stand-in-key"
CONTROL = "/stand-in"
"""`GET` tells the requests so far; `PUT` with the name of a trouble, or nothing, as its body begins or ends it."""
_PICTURE = re.compile(r"(GET|HEAD) (/emby|/mediabrowser)?(/[^/]+/[^/]+/images/\w+|/userimage)", re.IGNORECASE)


class Trouble(StrEnum):
    """What can be wrong with the server."""

    NONE = ""
    DOWN = "down"
    SLOW = "slow"
    SILENT = "silent"


class JellyfinServer(LoopbackServer):
    """The stand-in; `asked` lists method and URL of each request in their order."""

    def __init__(self, shelf: Shelf, port: int = 0, key: str = KEY) -> None:
        super().__init__(port, _Handler)
        self.shelf = shelf
        self.answers = Answers(shelf, key)
        self.trouble = Trouble.NONE
        self.slow_seconds = 5.0
        self.asked: list[str] = []

    @property
    def pictures_asked(self) -> int:
        """Return how often anybody asked for an image file."""
        return sum(1 for line in list(self.asked) if _PICTURE.match(line))

    def control(self, asked: Asked) -> Reply:
        """Tell what was asked for, or begin or end a trouble: for whoever runs the stand-in as a program."""
        if asked.method == "PUT":
            self.trouble = Trouble(asked.body.decode())
            return Reply(HTTPStatus.NO_CONTENT)
        told = {"asked": self.asked, "pictures": self.pictures_asked, "trouble": self.trouble}
        return Reply(HTTPStatus.OK, json.dumps(told).encode(), "application/json")

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
    with served(JellyfinServer(shelf, port)) as server:
        yield server


class _Handler(BaseHTTPRequestHandler):
    server: JellyfinServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a request."""
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = {name.lower(): value for name, value in parse_qsl(parts.query, keep_blank_values=True)}
        asked = Asked(self.command, parts.path, query, headers, body)
        if parts.path == CONTROL:
            return self._send(self.server.control(asked))
        self.server.asked.append(f"{self.command} {self.path}")
        reply = self.server.reply(asked)
        if reply is None:
            self.close_connection = True
            return None
        return self._send(reply)

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815  # names that http.server calls

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
