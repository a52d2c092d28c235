"""HTTP/1.1 on one connection: read requests, write answers (RFC 9112).

What peers on the loopback send, and no more: no trailers, no upgrades, one request after another.
"""

import socket
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from io import BytesIO
from typing import BinaryIO

type Headers = Sequence[tuple[str, str]]

LINE_BYTES = 256 * 1024
MOST_HEADERS = 200
BYTES_IN_MEMORY = 1024 * 1024
"""A longer body goes to a file."""
BODILESS = frozenset({204, 304})


class BadRequestError(Exception):
    """What came is no request; the connection ends."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request; the target as it was sent, the body from its beginning."""

    method: str
    target: str
    version: str
    headers: Headers
    body: BinaryIO

    def header(self, name: str) -> str:
        """Return the first header of a name in lower case; empty where there is none."""
        return _first(self.headers, name)

    @property
    def keeps_alive(self) -> bool:
        """Tell whether another request may follow on the connection."""
        return self.version == "HTTP/1.1" and self.header("connection").lower() != "close"


class Wire:
    """One connection, used by one thread."""

    def __init__(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = connection
        self._file = connection.makefile("rb", 64 * 1024)

    def next_request(self) -> Request | None:
        """Wait for a request; None when the peer is done. Raises BadRequestError, or OSError on a broken one."""
        line = self._line()
        while line == b"\r\n":  # RFC 9112, 2.2: ignore empty lines before a request
            line = self._line()
        if not line:
            return None
        try:
            method, target, version = line.decode("latin-1").split()
        except ValueError as error:
            raise BadRequestError("no request line") from error
        headers = self._headers()
        return Request(method, target, version, headers, self._body(headers))

    def answer(self, request: Request, status: str, headers: Headers, body: Iterable[bytes]) -> None:
        """Write an answer; `status` is its code and reason. Without a length it is sent in chunks."""
        names = {name.lower() for name, _ in headers}
        has_body = request.method != "HEAD" and int(status[:3]) not in BODILESS
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
        if "date" not in names:
            lines.append(f"Date: {formatdate(usegmt=True)}")
        is_chunked = has_body and "content-length" not in names
        if is_chunked:
            lines.append("Transfer-Encoding: chunked")
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        self._send(head, body if has_body else (), is_chunked=is_chunked)

    def _send(self, head: bytes, body: Iterable[bytes], *, is_chunked: bool) -> None:
        """Send the head together with what follows first: one packet where the answer is small."""
        ready = head
        for part in body:
            if not part:
                continue
            ready += b"%x\r\n%b\r\n" % (len(part), part) if is_chunked else part
            self._socket.sendall(ready)
            ready = b""
        if is_chunked:
            ready += b"0\r\n\r\n"
        if ready:
            self._socket.sendall(ready)

    def close(self) -> None:
        """End the connection."""
        self._file.close()
        self._socket.close()

    def _line(self) -> bytes:
        line = self._file.readline(LINE_BYTES)
        if line and not line.endswith(b"\n"):
            raise BadRequestError("a line that does not end")
        return line

    def _headers(self) -> Headers:
        headers: list[tuple[str, str]] = []
        while (line := self._line()) not in {b"\r\n", b"\n"}:
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon or len(headers) == MOST_HEADERS:
                raise BadRequestError("no header, or too many")
            headers.append((name, value.strip()))
        return headers

    def _body(self, headers: Headers) -> BinaryIO:
        is_chunked = _first(headers, "transfer-encoding").lower() == "chunked"
        length = _number(_first(headers, "content-length") or "0", 10)
        if not (is_chunked or length):
            return BytesIO()
        if _first(headers, "expect").lower() == "100-continue":
            self._socket.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        if is_chunked:
            return self._chunks()
        if length <= BYTES_IN_MEMORY:
            return BytesIO(self._exactly(length))
        return self._to_file(length)

    def _chunks(self) -> BinaryIO:
        body = tempfile.SpooledTemporaryFile(BYTES_IN_MEMORY)  # noqa: SIM115  # closed with the request
        while size := _number(self._line().partition(b";")[0].decode("latin-1"), 16):
            body.write(self._exactly(size))
            self._line()
        self._headers()
        body.seek(0)
        return body  # type: ignore[return-value]  # a file in all but its type

    def _to_file(self, length: int) -> BinaryIO:
        file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the request
        left = length
        while left:
            left -= file.write(self._exactly(min(left, BYTES_IN_MEMORY)))
        file.seek(0)
        return file

    def _exactly(self, length: int) -> bytes:
        data = self._file.read(length)
        if len(data) < length:
            raise BadRequestError("a body that is cut off")
        return data


def _number(text: str, base: int) -> int:
    try:
        return int(text.strip(), base)
    except ValueError as error:
        raise BadRequestError("no length") from error


def _first(headers: Headers, name: str) -> str:
    return next((value for known, value in headers if known.lower() == name), "")
