"""One request and its answer over a connected socket, within a deadline.

The time limits of HTTP libraries start anew with every read, so a site that sends a byte now and then holds
a reader for hours. Here the deadline holds for the whole: each read of the socket waits for what is left.
"""

import io
import socket
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import cast

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.remote.safe_url import Target
from chalicelib.errors import UpstreamError, UpstreamTimeoutError

READ_SECONDS = 5.0
"""The longest silence of a site, even when the deadline is far."""


class DeadlineSocket:
    """What `http.client` uses of a socket, with every wait bounded."""

    def __init__(self, raw: socket.socket, deadline: Deadline) -> None:
        self._raw = raw
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        """Send everything; the limit holds for the whole."""
        self._raw.settimeout(self._seconds_to_wait())
        self._raw.sendall(data)

    def receive_into(self, buffer: memoryview) -> int:
        """Wait for some bytes and return how many came, 0 at the end."""
        self._raw.settimeout(self._seconds_to_wait())
        return self._raw.recv_into(buffer)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a reader over `receive_into`."""
        return io.BufferedReader(_Reader(self))

    def close(self) -> None:
        """Stay open: `http.client` closes after the head, but the body is still to come."""

    def hang_up(self) -> None:
        """Close the connection."""
        self._raw.close()

    def _seconds_to_wait(self) -> float:
        remaining = self._deadline.remaining
        if remaining <= 0:
            raise TimeoutError
        return min(READ_SECONDS, remaining)


class _Reader(io.RawIOBase):
    def __init__(self, source: DeadlineSocket) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader passes
        return self._source.receive_into(buffer)


def ask(
    sock: DeadlineSocket, target: Target, headers: Mapping[str, str], method: str = "GET", body: bytes = b""
) -> HTTPResponse:
    """Send a request and read the head of its answer."""
    connection = HTTPConnection(target.host, target.port)
    # A connection that has a socket makes none: this one goes to the address that was checked.
    connection.sock = cast("socket.socket", sock)
    fields = {"Host": target.authority, **headers}
    connection.request(method, target.path, body=body or None, headers=fields)
    return connection.getresponse()


def translated(error: OSError | HTTPException) -> UpstreamError:
    """Turn what goes wrong in an exchange into the service's words."""
    if isinstance(error, TimeoutError):
        return UpstreamTimeoutError("The other site did not answer in time.")
    return UpstreamError("The other site closed the connection, or did not answer in HTTP.")
