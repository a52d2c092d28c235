"""The application over fakes behind a port of loopback, with a stage before its paths as API Gateway has one."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler

from chalicelib.container import Container, override_container
from infra.demo.loopback import LoopbackServer, served
from tests.support.gateway import call

STAGE = "/stage/api"


class AppServer(LoopbackServer):
    """Answers by an application."""

    def __init__(self, container: Container) -> None:
        super().__init__(0, _Handler)
        self.container = container


@contextmanager
def serving_app(container: Container) -> Iterator[str]:
    """Serve until the block ends; yield the address with the stage."""
    with served(AppServer(container)) as server:
        yield server.url + STAGE


class _Handler(BaseHTTPRequestHandler):
    server: AppServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a request."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        assert self.path.startswith(STAGE), self.path
        with override_container(self.server.container):
            answer = call(
                self.command, self.path[len(STAGE) :], body=body, headers=dict(self.headers.items())
            )
        self.send_response(answer.status)
        for name, value in ({"content-length": str(len(answer.body))} | answer.headers).items():
            self.send_header(name, value)
        with suppress(ConnectionError):
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

    do_HEAD = do_POST = do_DELETE = do_GET  # noqa: N815  # names that http.server calls

    def log_message(self, *_: object) -> None:
        """Stay silent."""
