"""Resolving, connecting and TLS: the name is proven, the address is the one that was checked."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from threading import Event, Thread

import pytest
import trustme

from chalicelib.adapters.fetching.dialling import connect, dial, look_up, resolve
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.remote.egress import Address, AllowList
from chalicelib.domain.remote.safe_url import Target, parse_target
from chalicelib.errors import NotFoundError, UpstreamError, UpstreamTimeoutError

LOOPBACK = ip_address("127.0.0.1")
DEAD = ip_address("127.0.0.2")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def tls_port(authority: trustme.CA) -> Iterator[int]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("image.example").configure_cert(context)
    with served(lambda raw: context.wrap_socket(raw, server_side=True)) as port:
        yield port


@contextmanager
def served(wrap: Callable[[socket.socket], socket.socket]) -> Iterator[int]:
    """Greet whoever connects to a port of loopback."""
    over = Event()

    def accept(listener: socket.socket) -> None:
        while not over.is_set():
            with suppress(OSError), listener.accept()[0] as raw, wrap(raw) as peer:
                peer.sendall(b"hello")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        thread = Thread(target=accept, args=(listener,))
        thread.start()
        yield listener.getsockname()[1]
        over.set()
        thread.join()


def target(host: str, port: int, scheme: str = "https") -> Target:
    return parse_target(f"{scheme}://{host}:{port}/", AllowList(hosts=frozenset({(host, port)})))


def soon() -> Deadline:
    return Deadline.after(30.0)


def test_tls_proves_the_name_although_an_address_is_dialled(authority: trustme.CA, tls_port: int) -> None:
    def trust() -> ssl.SSLContext:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        return context

    with dial(target("image.example", tls_port), (LOOPBACK,), soon(), trust=trust) as sock:
        assert sock.recv(5) == b"hello"
    with pytest.raises(UpstreamError, match="is not valid for its name"):
        dial(target("other.example", tls_port), (LOOPBACK,), soon(), trust=trust)


def test_a_certificate_that_nobody_vouches_for_is_refused(tls_port: int) -> None:
    with pytest.raises(UpstreamError, match="is not valid for its name"):
        dial(target("image.example", tls_port), (LOOPBACK,), soon())


def test_a_site_without_tls_is_no_https_site() -> None:
    with served(lambda raw: raw) as port, pytest.raises(UpstreamError, match="cannot be reached"):
        dial(target("image.example", port), (LOOPBACK,), soon())


def test_a_handshake_that_never_ends_is_left_when_time_is_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(UpstreamTimeoutError):
            dial(target("image.example", port), (LOOPBACK,), Deadline.after(0.2))


def test_the_next_address_is_tried_when_one_is_dead() -> None:
    tried: list[Address] = []

    def reach(address: Address, port: int, seconds: float) -> socket.socket:
        tried.append(address)
        if address == DEAD:
            raise ConnectionRefusedError
        return connect(address, port, seconds)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        dial(target("image.example", port, "http"), (DEAD, LOOPBACK), soon(), reach).close()
    assert tried == [DEAD, LOOPBACK]


def test_a_site_without_a_live_address_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(UpstreamError, match="cannot be reached"):
        dial(target("image.example", port, "http"), (LOOPBACK,), soon())


def test_no_address_is_tried_when_time_is_up() -> None:
    with pytest.raises(UpstreamTimeoutError):
        dial(target("image.example", 9, "http"), (LOOPBACK,), Deadline.after(-1))


def test_a_name_resolves_to_its_addresses() -> None:
    assert LOOPBACK in resolve("localhost", soon())


def test_what_the_system_cannot_resolve_is_an_error_in_hand() -> None:
    assert isinstance(look_up("no-such-host.invalid"), OSError)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), NotFoundError),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), UpstreamError),
        (OSError("no network"), UpstreamError),
    ],
)
def test_a_name_that_does_not_resolve_says_whose_fault_it_is(
    error: OSError, expected: type[Exception]
) -> None:
    with pytest.raises(expected):
        resolve("image.example", soon(), lambda _: error)


def test_a_slow_resolver_is_left_when_time_is_up() -> None:
    over = Event()

    def wait(_host: str) -> tuple[Address, ...]:
        over.wait(20)
        return (LOOPBACK,)

    with pytest.raises(UpstreamTimeoutError):
        resolve("image.example", Deadline.after(0.1), wait)
    over.set()
