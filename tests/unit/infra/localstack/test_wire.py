"""HTTP/1.1 on a connection, as the emulator and the Runtime API speak it."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from infra.localstack.plugins.dockerless.serving.listener import Listener
from infra.localstack.plugins.dockerless.serving.wire import BYTES_IN_MEMORY, BadRequestError, Request, Wire


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, Wire]]:
    listening = socket.create_server(("127.0.0.1", 0))
    caller = socket.create_connection(listening.getsockname())
    wire = Wire(listening.accept()[0])
    caller.settimeout(5)
    with closing(listening), closing(caller), closing(wire):
        yield caller, wire


def sent(ends: tuple[socket.socket, Wire], data: bytes) -> Request:
    caller, wire = ends
    caller.sendall(data)
    request = wire.next_request()
    assert request is not None
    return request


def test_a_request_is_read_as_it_was_sent(ends: tuple[socket.socket, Wire]) -> None:
    request = sent(ends, b"GET /a%2Fb;c?d=%20e HTTP/1.1\r\nHost: x\r\nX-Name:  two words \r\n\r\n")
    assert (request.method, request.target) == ("GET", "/a%2Fb;c?d=%20e")
    assert request.headers == [("Host", "x"), ("X-Name", "two words")]
    assert request.body.read() == b""
    assert request.keeps_alive


@pytest.mark.parametrize(
    "framed",
    [
        b"Content-Length: 5\r\n\r\nhello",
        b"Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n",
    ],
)
def test_a_body_ends_where_its_frame_ends(ends: tuple[socket.socket, Wire], framed: bytes) -> None:
    first = sent(ends, b"POST / HTTP/1.1\r\n" + framed)
    with first.body:
        assert first.body.read() == b"hello"
    assert sent(ends, b"GET /next HTTP/1.1\r\n\r\n").target == "/next"


def test_a_body_is_asked_for_where_its_sender_waits(ends: tuple[socket.socket, Wire]) -> None:
    head = b"PUT / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    assert sent(ends, head + b"ok").body.read() == b"ok"
    assert ends[0].recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.mark.parametrize(
    "data",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 300 + b"\r\n",
    ],
)
def test_what_is_no_request_ends_the_connection(ends: tuple[socket.socket, Wire], data: bytes) -> None:
    with pytest.raises(BadRequestError):
        sent(ends, data)


def test_a_peer_that_goes_leaves_no_request(ends: tuple[socket.socket, Wire]) -> None:
    ends[0].close()
    assert ends[1].next_request() is None


@pytest.mark.parametrize(
    ("line", "headers", "status", "expected"),
    [
        ("GET / HTTP/1.1", [("Content-Length", "2")], "200 OK", b"ok"),
        ("GET / HTTP/1.1", [], "200 OK", b"2\r\nok\r\n0\r\n\r\n"),
        ("HEAD / HTTP/1.1", [("Content-Length", "2")], "200 OK", b""),
        ("HEAD / HTTP/1.1", [], "200 OK", b""),
        ("GET / HTTP/1.1", [("ETag", '"a"')], "304 NOT MODIFIED", b""),
    ],
)
def test_an_answer_has_the_body_that_its_status_and_method_allow(
    ends: tuple[socket.socket, Wire],
    line: str,
    headers: list[tuple[str, str]],
    status: str,
    expected: bytes,
) -> None:
    caller, wire = ends
    request = sent(ends, line.encode() + b"\r\n\r\n")
    wire.answer(request, status, [*headers, ("Date", "now")], [b"", b"ok"])
    wire.close()
    with caller.makefile("rb") as stream:
        head, _, body = stream.read().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status.encode())
    assert body == expected


def test_a_listener_serves_one_request_after_another_until_it_is_closed() -> None:
    def echo(wire: Wire, request: Request) -> bool:
        wire.answer(request, "200 OK", [], [request.body.read()])
        return True

    listener = Listener("127.0.0.1", 0, echo, "test")
    listener.start()
    port = listener.port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    large = b"x" * (2 * BYTES_IN_MEMORY + 1)
    with closing(connection):
        for body in (b"one", large):
            connection.request("POST", "/", body)
            assert connection.getresponse().read() == body
    listener.close()
    with pytest.raises(OSError):  # noqa: PT011  # refused or reset, by the system's timing
        socket.create_connection(("127.0.0.1", port), timeout=1)
