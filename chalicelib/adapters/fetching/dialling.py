"""From a host to a connected socket: names are resolved once, connections go to addresses."""

import socket
import ssl
from collections.abc import Callable, Iterable
from functools import cache
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.remote.egress import Address
from chalicelib.domain.remote.safe_url import Target
from chalicelib.errors import NotFoundError, UpstreamError, UpstreamTimeoutError

type Resolver = Callable[[str, Deadline], tuple[Address, ...]]
type Connector = Callable[[Address, int, float], socket.socket]

CONNECT_SECONDS = 3.0
"""The longest wait for one of a host's addresses, so that the next has its turn."""


def look_up(host: str) -> tuple[Address, ...] | OSError:
    """Ask the resolver of the system, which may take long; an error is a result here."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        return error
    return tuple(dict.fromkeys(ip_address(entry[4][0]) for entry in found))


def resolve(
    host: str, deadline: Deadline, look_up: Callable[[str], tuple[Address, ...] | OSError] = look_up
) -> tuple[Address, ...]:
    """Return all addresses of a host, in the order to try them.

    A look-up takes no time limit: it runs in a thread that is left alone when time is up.
    Raises NotFoundError when there is no such host, UpstreamError when its name server fails.
    """
    answers: SimpleQueue[tuple[Address, ...] | OSError] = SimpleQueue()
    Thread(target=lambda: answers.put(look_up(host)), daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.0, deadline.remaining))
    except Empty:
        raise _timeout() from None
    if isinstance(answer, OSError):
        raise _unresolved(answer) from answer
    return answer


def connect(address: Address, port: int, seconds: float) -> socket.socket:
    """Open a TCP connection to an address."""
    return socket.create_connection((str(address), port), seconds)


@cache
def system_trust() -> ssl.SSLContext:
    """Load the system's certificate authorities, which takes tens of milliseconds, once."""
    return ssl.create_default_context()


def dial(
    target: Target,
    addresses: Iterable[Address],
    deadline: Deadline,
    connector: Connector = connect,
    trust: Callable[[], ssl.SSLContext] = system_trust,
) -> socket.socket:
    """Connect to the first address that answers, and speak TLS with the host's name where that is due."""
    raw = _first_open(addresses, target.port, connector, deadline)
    if target.scheme == "http":
        return raw
    try:
        raw.settimeout(max(0.001, deadline.remaining))
        return trust().wrap_socket(raw, server_hostname=target.host)
    except OSError as error:
        raw.close()
        raise _unreachable(error) from error


def _first_open(
    addresses: Iterable[Address], port: int, connector: Connector, deadline: Deadline
) -> socket.socket:
    failure: OSError = TimeoutError()
    for address in addresses:
        if deadline.remaining <= 0:
            break
        try:
            return connector(address, port, min(CONNECT_SECONDS, deadline.remaining))
        except OSError as error:
            failure = error
    raise _unreachable(failure) from failure


def _timeout() -> UpstreamTimeoutError:
    return UpstreamTimeoutError("The other site did not answer in time.")


def _unresolved(error: OSError) -> Exception:
    if isinstance(error, socket.gaierror) and error.errno != socket.EAI_AGAIN:
        return NotFoundError("There is no such host.")
    return UpstreamError("The name of the other site cannot be resolved at the moment; try again.")


def _unreachable(error: OSError) -> UpstreamError:
    if isinstance(error, TimeoutError):
        return _timeout()
    if isinstance(error, ssl.SSLCertVerificationError):
        return UpstreamError("The certificate of the other site is not valid for its name.")
    return UpstreamError("The other site cannot be reached.")
