"""Bodies of every kind against the cap, read from a real connection."""

import gzip
import zlib
from collections.abc import Iterator
from functools import partial
from io import BufferedIOBase

import pytest

from chalicelib.adapters.fetching.client import FetchRequest, SafeClient
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.remote.egress import AllowList
from chalicelib.errors import LimitExceededError, UpstreamError, UpstreamTimeoutError
from tests.support.loopback_site import Reply, Site, reply, serve

zipped = partial(gzip.compress, mtime=0)
LIMIT = 100_000
BOMB = zipped(bytes(50_000_000))
GZIP = {"Content-Encoding": "gzip"}


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site()) as site:
        yield site


def body_of(site: Site, page: Reply, *, limit: int = LIMIT, seconds: float = 30.0) -> bytes:
    site.pages["/"] = page
    client = SafeClient("tests", AllowList.parse("127.0.0.0/8"))
    return client.get(FetchRequest(site.url, limit), Deadline.after(seconds)).body


def chunked(stream: BufferedIOBase) -> None:
    stream.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    stream.write(b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")


def endless(stream: BufferedIOBase) -> None:
    stream.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        stream.write(bytes(65_536))


def endless_chunks(stream: BufferedIOBase) -> None:
    stream.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        stream.write(b"4000\r\n" + bytes(0x4000) + b"\r\n")


def endless_nothing(stream: BufferedIOBase) -> None:
    """Compressed blocks that are empty: they come in for ever and unfold to nothing."""
    stream.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    stream.write(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03")
    while True:
        stream.write(b"\x00\x00\x00\xff\xff" * 1_000)


def endless_head(stream: BufferedIOBase) -> None:
    stream.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        stream.write(b"X-More: and more\r\n")


def endless_line(stream: BufferedIOBase) -> None:
    stream.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        stream.write(b"x" * 65_536)


@pytest.mark.parametrize(
    "page",
    [
        reply(b"hello world"),
        chunked,
        b"HTTP/1.0 200 OK\r\n\r\nhello world",
        reply(zipped(b"hello world"), headers=GZIP),
        reply(zipped(b"hello world"), headers={"Content-Encoding": " X-GZIP"}),
        reply(zlib.compress(b"hello world"), headers={"Content-Encoding": "deflate"}),
        reply(b"hello world", headers={"Content-Encoding": "identity"}),
        reply(b"hello world and more", length=11),
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello world",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhello world",
    ],
)
def test_a_body_is_read_whole(site: Site, page: Reply) -> None:
    assert body_of(site, page) == b"hello world"


def test_a_body_of_exactly_the_cap_is_read(site: Site) -> None:
    assert len(body_of(site, reply(bytes(LIMIT)))) == LIMIT
    assert len(body_of(site, reply(zipped(bytes(LIMIT)), headers=GZIP))) == LIMIT


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 99_999])
def test_a_compressed_body_of_any_size_is_read_whole(site: Site, size: int) -> None:
    data = bytes(n % 251 for n in range(size))
    assert body_of(site, reply(zipped(data), headers=GZIP)) == data


@pytest.mark.parametrize(
    "page",
    [
        reply(bytes(LIMIT + 1)),
        reply(b"x", length=LIMIT + 1),
        reply(BOMB, headers=GZIP),
        endless,
        endless_chunks,
        endless_nothing,
    ],
)
def test_a_body_above_the_cap_is_refused_with_both_figures(site: Site, page: Reply) -> None:
    with pytest.raises(LimitExceededError) as refusal:
        body_of(site, page)
    assert refusal.value.field == "imageUrl"
    assert refusal.value.limit == LIMIT < refusal.value.value <= 2 * LIMIT


@pytest.mark.parametrize(
    "page",
    [
        reply(b"short", length=50),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\nshort",
        reply(zipped(b"hello world")[:-6], headers=GZIP),
        reply(b"no gzip at all", headers=GZIP),
        reply(b"", headers=GZIP),
        reply(b"hello", headers={"Content-Encoding": "br"}),
        reply(zipped(zipped(b"hello")), headers={"Content-Encoding": "gzip, gzip"}),
        b"",
        b"SSH-2.0-OpenSSH_9.7\r\n",
        b"HTTP/1.1 nonsense\r\n\r\n",
        endless_head,
        endless_line,
    ],
)
def test_a_broken_answer_is_the_fault_of_the_other_site(site: Site, page: Reply) -> None:
    with pytest.raises(UpstreamError) as refusal:
        body_of(site, page)
    assert not isinstance(refusal.value, UpstreamTimeoutError)
