"""The application over fakes behind a port of loopback, with a stage before its paths as API Gateway has one.

`python -m tests.support.served_app` is another instance in a process of its own: it prints its address, and has an
administrator `ada` with the password `secret` and two items.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler

from chalicelib.container import Container, override_container
from chalicelib.domain.library.items import Item, ItemType
from infra.demo.loopback import LoopbackServer, served
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import ADMINISTRATOR, World
from tests.support.gateway import call

STAGE = "/stage/api"
ITEMS = ("c" * 32, "d" * 32)
ITEM = ITEMS[0]


class AppServer(LoopbackServer):
    """Answers by an application."""

    def __init__(self, container: Container, stage: str = STAGE) -> None:
        super().__init__(0, _Handler)
        self.container = container
        self.stage = stage


@contextmanager
def serving_app(container: Container) -> Iterator[str]:
    """Serve until the block ends; yield the address with the stage."""
    with served(AppServer(container)) as server:
        yield server.url + STAGE


def main() -> None:
    """Serve until standard input ends."""
    world = World()
    world.add_user("ada", ADMINISTRATOR)
    for item_id in ITEMS:
        world.shelves.add(Item(item_id, ItemType.MOVIE, "Metropolis", "metropolis", NOON))
    with served(AppServer(world.container, "")) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()


class _Handler(BaseHTTPRequestHandler):
    server: AppServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a request."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        stage = self.server.stage
        assert self.path.startswith(stage), self.path
        with override_container(self.server.container):
            answer = call(
                self.command, self.path[len(stage) :], body=body, headers=dict(self.headers.items())
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


if __name__ == "__main__":
    main()
