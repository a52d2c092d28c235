"""Serve LocalStack's gateway: select with ``GATEWAY_SERVER=threads``.

LocalStack's own server, Twisted, hands each request from its one loop to a thread, and the answer back in parts:
half of what a request cost. It also drops the host of ``GATEWAY_LISTEN``, and would run code for the whole network.
"""

import logging
import sys
from collections.abc import Iterable
from threading import Event
from typing import Any
from urllib.parse import unquote_to_bytes

from localstack.config import HostAndPort
from localstack.runtime.server.core import RuntimeServer
from rolo.gateway import Gateway
from rolo.gateway.wsgi import WsgiGateway

from .listener import Listener, Serve
from .wire import Headers, Request, Wire

LOG = logging.getLogger(__name__)


class ThreadsServer(RuntimeServer):
    """LocalStack's main loop, which has little to do: the listeners' threads do it."""

    def __init__(self, shortcut: Serve = lambda *_: False) -> None:
        self._shortcut = shortcut
        self._listeners: list[Listener] = []
        self._ended = Event()

    def register(
        self,
        gateway: Gateway,
        listen: list[HostAndPort],
        ssl_creds: tuple[str, str] | None = None,  # noqa: ARG002  # LocalStack's; TLS is not served
    ) -> None:
        """Listen at every address."""
        application = Application(gateway, self._shortcut)
        for address in listen:
            self._listeners.append(Listener(address.host, address.port, application.serve, "gateway"))

    def run(self) -> None:
        """Serve until told to end."""
        for listener in self._listeners:
            listener.start()
        self._ended.wait()

    def shutdown(self) -> None:
        """Accept no more, and let the main thread go on to its end."""
        for listener in self._listeners:
            listener.close()
        self._ended.set()


class Application:
    """The gateway behind WSGI (PEP 3333), and what is answered without it."""

    def __init__(self, gateway: Gateway, shortcut: Serve) -> None:
        self._gateway = WsgiGateway(gateway)
        self._shortcut = shortcut

    def serve(self, wire: Wire, request: Request) -> bool:
        """Answer one request; an error that the gateway did not word itself ends the connection."""
        return self._shortcut(wire, request) or self._serve(wire, request)

    def _serve(self, wire: Wire, request: Request) -> bool:
        began: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            began.append((status, headers))

        parts: Any = ()
        try:
            parts = self._gateway(_environment(request), start_response)
            status, headers = began[-1]
            wire.answer(request, status, _with_length(headers, parts), parts)
        except OSError:  # the caller has gone
            return False
        except Exception:
            LOG.exception("A request could not be answered: %s %s", request.method, request.target)
            return False
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return True


def _with_length(headers: Headers, parts: Iterable[bytes]) -> Headers:
    """Say how long an answer is that is there as a whole."""
    if not isinstance(parts, list | tuple) or any(name.lower() == "content-length" for name, _ in headers):
        return headers
    return [*headers, ("Content-Length", str(sum(map(len, parts))))]


def _environment(request: Request) -> dict[str, Any]:
    target = request.target
    if not target.startswith("/"):  # absolute form, as proxies get it: RFC 9112, 3.2.2
        target = "/" + target.partition("://")[2].partition("/")[2]
    path, _, query = target.partition("?")
    environment = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.encode("latin-1")).decode("latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": request.target,
        "RAW_URI": request.target,
        "CONTENT_TYPE": request.header("content-type"),
        "CONTENT_LENGTH": request.header("content-length"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "0",
        "SERVER_PROTOCOL": request.version,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": request.body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "rolo.headers": [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in request.headers
        ],
    }
    for name, value in request.headers:
        key = f"HTTP_{name.upper().replace('-', '_')}"
        environment[key] = f"{environment[key]},{value}" if key in environment else value
    return environment
