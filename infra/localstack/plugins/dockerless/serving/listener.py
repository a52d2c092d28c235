"""Accept connections on one address, each served by a thread of its own."""

import socket
from collections.abc import Callable
from contextlib import closing, suppress
from threading import Thread

from .wire import BadRequestError, Request, Wire

type Serve = Callable[[Wire, Request], bool]
"""Answers one request; False ends the connection."""


class Listener:
    """A listening socket of the loopback; it listens at once, and accepts once it runs."""

    def __init__(self, host: str, port: int, serve: Serve, name: str) -> None:
        self._serve = serve
        self._name = name
        self._socket = socket.create_server((host, port), backlog=128)

    @property
    def port(self) -> int:
        """Return the port, chosen by the system where 0 was asked for."""
        return int(self._socket.getsockname()[1])

    def run(self) -> None:
        """Accept until closed."""
        with suppress(OSError):  # the socket was closed
            while True:
                connection, _ = self._socket.accept()
                Thread(target=self._converse, args=(connection,), name=self._name, daemon=True).start()

    def start(self) -> None:
        """Accept in a thread."""
        Thread(target=self.run, name=f"{self._name}-listener", daemon=True).start()

    def close(self) -> None:
        """Free the port; connections go on until their peers end them."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes whoever accepts
        self._socket.close()

    def _converse(self, connection: socket.socket) -> None:
        with closing(Wire(connection)) as wire, suppress(OSError, BadRequestError):
            while (request := wire.next_request()) is not None:
                with request.body:
                    if not self._serve(wire, request) or not request.keeps_alive:
                        return
