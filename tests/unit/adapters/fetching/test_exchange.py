"""The deadline against sites that take their time, wherever in the answer they take it."""

import time
from collections.abc import Callable, Iterator
from io import BufferedIOBase
from threading import Event

import pytest

from chalicelib.adapters.fetching.client import FetchRequest, SafeClient
from chalicelib.adapters.fetching.exchange import DeadlineSocket
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.remote.egress import AllowList
from chalicelib.errors import UpstreamTimeoutError
from tests.support.loopback_site import Site, serve

SECONDS = 0.4
DRIP = 0.05


@pytest.fixture
def over() -> Iterator[Event]:
    over = Event()
    yield over
    over.set()


def drips(stream: BufferedIOBase, before: bytes, drop: bytes, over: Event) -> None:
    stream.write(before)
    while not over.wait(DRIP):
        stream.write(drop)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("before", "drop"),
    [
        (b"", b""),
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD, b""),
        (HEAD, b"x"),
        (CHUNKED, b"1\r\nx\r\n"),
        (CHUNKED, b"0"),
    ],
)
def test_a_slow_site_is_left_when_time_is_up(before: bytes, drop: bytes, over: Event) -> None:
    page: Callable[[BufferedIOBase], None] = lambda stream: drips(stream, before, drop, over)  # noqa: E731
    with serve(Site({"/": page})) as site:
        client = SafeClient("tests", AllowList.parse("127.0.0.0/8"))
        started = time.monotonic()
        with pytest.raises(UpstreamTimeoutError):
            client.get(FetchRequest(site.url, 5_000), Deadline.after(SECONDS))
        over.set()
    assert SECONDS <= time.monotonic() - started < 10 * SECONDS


def test_nothing_is_read_or_sent_after_the_deadline() -> None:
    with serve(Site()) as site:
        client = SafeClient("tests", AllowList.parse("127.0.0.0/8"))
        with pytest.raises(UpstreamTimeoutError):
            client.get(FetchRequest(site.url, 5_000), Deadline.after(-1))
        assert site.connections == 0


def test_a_wait_is_never_longer_than_the_deadline_leaves() -> None:
    waits: list[float | None] = []

    class Raw:
        def settimeout(self, seconds: float | None) -> None:
            waits.append(seconds)

        def sendall(self, data: bytes) -> None:
            pass

    moments = iter([0.0, 7.0, 9.5])
    sock = DeadlineSocket(Raw(), Deadline(10.0, lambda: next(moments)))  # type: ignore[arg-type]  # what is used
    for _ in range(3):
        sock.sendall(b"")
    assert waits == [5.0, 3.0, 0.5]
