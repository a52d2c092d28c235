"""A site on loopback that answers with whatever bytes a test wants, well formed or not."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedIOBase
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

type Reply = bytes | Callable[[BufferedIOBase], None]


def reply(
    body: bytes = b"", status: int = 200, headers: dict[str, str] | None = None, *, length: int | None = None
) -> bytes:
    """Build a whole answer; `length` is what it announces, by default the truth."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Site:
    """The pages by path, and the heads of all requests that came in, the newest last."""

    pages: dict[str, Reply] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serve(site: Site) -> Iterator[Site]:
    """Answer on a free port of loopback."""

    class Handler(StreamRequestHandler):
        timeout = 30

        def handle(self) -> None:
            site.connections += 1
            with suppress(OSError):
                head = _head(self.rfile)
                site.requests.append(head)
                _send(site.pages.get(_path(head), reply(status=404)), self.wfile)

    class Server(ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        address_family = socket.AF_INET

    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def _head(stream: BufferedIOBase) -> str:
    lines = iter(stream.readline, b"")
    head = []
    for line in lines:
        if line in (b"\r\n", b"\n"):
            break
        head.append(line.decode("latin-1").rstrip())
    return "\n".join(head)


def _path(head: str) -> str:
    return head.partition("\n")[0].split(" ")[1] if " " in head else ""


def _send(page: Reply, stream: BufferedIOBase) -> None:
    if callable(page):
        page(stream)
    else:
        stream.write(page)
