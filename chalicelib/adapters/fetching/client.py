"""A client for GET requests that cannot be turned against the network it runs in.

It has no cookies, reads neither proxies nor `.netrc` from the environment, and checks each redirect as it
checked the first URL.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse

from chalicelib.adapters.fetching.bodies import read_body
from chalicelib.adapters.fetching.dialling import Connector, Resolver, connect, dial, resolve
from chalicelib.adapters.fetching.exchange import DeadlineSocket, ask, translated
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.remote.egress import Address, AllowList
from chalicelib.domain.remote.safe_url import RefusedUrlError, Rule, Target, parse_target, redirected

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What to ask for; `credentials` are headers that no other origin than the URL's own may see."""

    url: str
    max_bytes: int
    headers: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FetchResponse:
    """What came back; only a 200 has its body read, `headers` are by lower-case name."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class SafeClient:
    """Answers to GET requests; `user_agent` says who asks, and how to reach them."""

    user_agent: str
    allowed: AllowList = field(default_factory=AllowList)
    resolver: Resolver = resolve
    connector: Connector = connect

    def get(self, request: FetchRequest, deadline: Deadline) -> FetchResponse:
        """Ask, follow at most five redirects, and return the last answer.

        Raises RefusedUrlError for a URL or an address that is not acceptable, LimitExceededError for a body
        that is too large, NotFoundError for a host that does not exist, UpstreamError otherwise.
        """
        first = target = parse_target(request.url, self.allowed)
        for _ in range(MAX_REDIRECTS + 1):
            with self.exchange(target, self._headers(request, first, target), deadline) as response:
                location = response.headers.get("Location") if response.status in _REDIRECTS else None
                if location is None:
                    return _answer(response, request.max_bytes)
            target = redirected(target, location, self.allowed)
        raise RefusedUrlError(Rule.REDIRECTS)

    @contextmanager
    def exchange(
        self,
        target: Target,
        headers: Mapping[str, str],
        deadline: Deadline,
        method: str = "GET",
        body: bytes = b"",
    ) -> Iterator[HTTPResponse]:
        """Send one request and let the block read its answer; no redirect is followed; raises as `get` does."""
        addresses = self._addresses(target, deadline)
        sock = DeadlineSocket(dial(target, addresses, deadline, self.connector), deadline)
        try:
            with ask(sock, target, headers, method, body) as response:
                yield response
        except (OSError, HTTPException) as error:
            raise translated(error) from error
        finally:
            sock.hang_up()

    def _addresses(self, target: Target, deadline: Deadline) -> tuple[Address, ...]:
        """Resolve once; what is checked here is what is dialled. One bad address spoils the host."""
        literal = target.literal
        addresses = (literal,) if literal else self.resolver(target.host, deadline)
        if not all(target.may_be_met_at(address, self.allowed) for address in addresses):
            raise RefusedUrlError(Rule.ADDRESS)
        return addresses

    def _headers(self, request: FetchRequest, first: Target, target: Target) -> dict[str, str]:
        own = {"User-Agent": self.user_agent, "Accept-Encoding": "gzip", "Connection": "close"}
        credentials = request.credentials if target.origin == first.origin else {}
        return {**own, **request.headers, **credentials}


def _answer(response: HTTPResponse, max_bytes: int) -> FetchResponse:
    headers = {name.lower(): value for name, value in response.headers.items()}
    body = read_body(response, max_bytes) if response.status == _OK else b""
    return FetchResponse(response.status, headers, body)
