"""Hostile URLs, one by one: none may reach an address that is not public.

Two real servers listen on loopback. Connections to a public address are led to the first, connections to any
other address to the second, the forbidden one; that nobody ever comes there is what these tests prove.
"""

import socket
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from chalicelib.adapters.fetching.client import FetchRequest, FetchResponse, SafeClient
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.remote.egress import Address, AllowList, is_public
from chalicelib.domain.remote.safe_url import RefusedUrlError, Rule
from tests.support.hostile_urls import HOSTILE
from tests.support.loopback_site import Site, reply, serve

PUBLIC = ip_address("93.184.215.14")
PUBLIC_6 = ip_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
NAMES = {
    "public.example": ("93.184.215.14",),
    "localhost": ("127.0.0.1",),
    "localhost6": ("::1",),
    "loopback.example": ("127.0.0.1",),
    "private.example": ("10.0.0.8",),
    "metadata.example": ("169.254.169.254",),
    "ecs.example": ("169.254.170.2",),
    "metadata6.example": ("fd00:ec2::254",),
    "mixed.example": ("93.184.215.14", "127.0.0.1"),
    "mixed6.example": ("93.184.215.14", "::1"),
    "mapped.example": ("::ffff:127.0.0.1",),
    "nat64.example": ("64:ff9b::7f00:1",),
    "linklocal.example": ("fe80::1%eth0",),
    "zero.example": ("0.0.0.0",),  # noqa: S104  # an address to refuse, nothing binds to it
    "xn--80ak6aa92e.example": ("127.0.0.1",),
}

DEADLINE_SECONDS = 30.0


@pytest.fixture
def forbidden() -> Iterator[Site]:
    with serve(Site()) as site:
        yield site
        assert site.connections == 0


@pytest.fixture
def public() -> Iterator[Site]:
    with serve(Site({"/picture": reply(b"picture")})) as site:
        yield site


@pytest.fixture
def client(public: Site, forbidden: Site) -> SafeClient:
    def lead(address: Address, _port: int, seconds: float) -> socket.socket:
        site = public if is_public(address) else forbidden
        return socket.create_connection(("127.0.0.1", site.port), seconds)

    return SafeClient("tests", AllowList(), look_up, lead)


def look_up(host: str, _deadline: Deadline) -> tuple[Address, ...]:
    return tuple(ip_address(text) for text in NAMES[host])


def get(client: SafeClient, url: str) -> FetchResponse:
    return client.get(FetchRequest(url, 1_000), Deadline.after(DEADLINE_SECONDS))


def redirect(location: str) -> bytes:
    return reply(status=302, headers={"Location": location})


def test_the_table_is_as_long_as_promised() -> None:
    assert len(HOSTILE) >= 80


def test_a_hostile_url_is_refused_by_its_rule(client: SafeClient, public: Site, forbidden: Site) -> None:
    for url, rule in HOSTILE.items():
        refusal = refused(client, url, url)
        assert refusal.rule is rule, url
        assert refusal.field == "imageUrl", url
        assert (public.connections, forbidden.connections) == (0, 0), url


def refused(client: SafeClient, asked: str, hostile: str) -> RefusedUrlError:
    """Ask for a URL that is hostile or leads to one; return how that is refused."""
    try:
        get(client, asked)
    except RefusedUrlError as refusal:
        return refusal
    pytest.fail(f"{hostile!r} is not refused")


def test_what_is_refused_names_no_address_and_no_secret(client: SafeClient) -> None:
    for url in ("http://private.example/", "http://user:secret@public.example/"):
        with pytest.raises(RefusedUrlError) as refusal:
            get(client, url)
        assert "10.0.0.8" not in str(refusal.value)
        assert "secret" not in str(refusal.value)


# What is left out cannot stand in a header, or is read as relative to the site that redirects.
LOCATIONS = [
    url
    for url, rule in HOSTILE.items()
    if rule is not Rule.CHARACTERS and url.isascii() and url.startswith(("http://", "file:", "gopher:"))
    if not url.startswith("http:///")
]


def test_no_redirect_leads_to_a_hostile_url(client: SafeClient, public: Site, forbidden: Site) -> None:
    for number, url in enumerate(LOCATIONS, 1):
        public.pages["/"] = redirect(url)
        assert refused(client, "http://public.example/", url)
        assert (public.connections, forbidden.connections) == (number, 0), url


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_checked(client: SafeClient, public: Site, status: int) -> None:
    public.pages["/"] = reply(status=status, headers={"Location": "http://127.0.0.1/"})
    with pytest.raises(RefusedUrlError):
        get(client, "http://public.example/")


@pytest.mark.parametrize("location", ["//127.0.0.1/", "file:///etc/passwd", "//user@public.example/"])
def test_no_relative_redirect_leads_to_a_hostile_url(client: SafeClient, public: Site, location: str) -> None:
    public.pages["/"] = redirect(location)
    with pytest.raises(RefusedUrlError):
        get(client, "http://public.example/")


def test_a_chain_that_ends_in_private_space_is_refused_at_its_last_link(
    client: SafeClient, public: Site
) -> None:
    public.pages |= {"/": redirect("/2"), "/2": redirect("http://public.example/3")}
    public.pages["/3"] = redirect("http://metadata.example/latest/meta-data/")
    with pytest.raises(RefusedUrlError) as refusal:
        get(client, "http://public.example/")
    assert refusal.value.rule is Rule.ADDRESS
    assert public.connections == 3


def test_five_redirects_are_followed_and_a_sixth_is_not(client: SafeClient, public: Site) -> None:
    public.pages |= {f"/{n}": redirect(f"/{n - 1}") for n in range(1, 7)} | {"/0": reply(b"picture")}
    assert get(client, "http://public.example/5").body == b"picture"
    with pytest.raises(RefusedUrlError) as refusal:
        get(client, "http://public.example/6")
    assert refusal.value.rule is Rule.REDIRECTS


def test_a_circle_of_redirects_ends(client: SafeClient, public: Site) -> None:
    public.pages["/"] = redirect("/")
    with pytest.raises(RefusedUrlError):
        get(client, "http://public.example/")
    assert public.connections == 6


def test_a_name_that_changes_between_lookups_is_met_where_it_was_checked(
    public: Site, forbidden: Site
) -> None:
    lookups: list[str] = []
    dialled: list[Address] = []

    def rebind(host: str, _deadline: Deadline) -> tuple[Address, ...]:
        lookups.append(host)
        return (PUBLIC,) if len(lookups) == 1 else (ip_address("127.0.0.1"),)

    def lead(address: Address, _port: int, seconds: float) -> socket.socket:
        dialled.append(address)
        port = public.port if address == PUBLIC else forbidden.port
        return socket.create_connection(("127.0.0.1", port), seconds)

    client = SafeClient("tests", AllowList(), rebind, lead)
    assert get(client, "http://rebinding.example/picture").body == b"picture"
    assert (lookups, dialled) == (["rebinding.example"], [PUBLIC])
    public.pages["/"] = redirect("http://rebinding.example/picture")
    with pytest.raises(RefusedUrlError):
        get(client, "http://rebinding.example/")


@pytest.mark.parametrize("url", ["http://public.example/picture", "http://93.184.215.14/picture"])
def test_a_public_site_is_met(client: SafeClient, public: Site, url: str) -> None:
    assert get(client, url).body == b"picture"
    assert public.connections == 1


def test_the_request_says_who_asks_and_names_the_host(client: SafeClient, public: Site) -> None:
    get(client, "http://PUBLIC.example/picture?size=1#part")
    head = public.requests[0].splitlines()
    assert head[0] == "GET /picture?size=1 HTTP/1.1"
    assert {"Host: public.example", "User-Agent: tests"} <= set(head)


def test_proxies_of_the_environment_are_not_used(
    client: SafeClient, forbidden: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, forbidden.url)
    assert get(client, "http://public.example/picture").body == b"picture"
