"""A URL from a caller, taken apart by one strict reading before anything acts on it.

Browsers, libraries and resolvers read odd URLs differently, and that difference is what attacks are made of.
So a URL has one accepted spelling here, and whatever has another is refused rather than understood.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from chalicelib.domain.remote.artwork import URL_FIELD
from chalicelib.domain.remote.egress import PORTS, Address, AllowList, is_public
from chalicelib.errors import InvalidInputError

MAX_URL_LENGTH = 2_048
_AUTHORITY = re.compile(r"(\[(?P<ipv6>[^\[\]]*)\]|(?P<name>[^\[\]:]*))(:(?P<port>[^:\[\]]*))?")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_NUMERIC_LABEL = re.compile(r"\d+|0x[0-9a-f]*")
_HOST_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_][a-z0-9_-]{0,62}(\.[a-z0-9_][a-z0-9_-]{0,62})*")
_URL_CHARACTERS = "!#$%&'()*+,-./:;=?@[]_~"


class Rule(StrEnum):
    """What a URL must be, in the words that the caller reads."""

    LENGTH = f"must have at most {MAX_URL_LENGTH:,} characters"
    CHARACTERS = "must hold no blank, backslash or control character"
    URL = "must be a URL"
    SCHEME = "must begin with http:// or https://"
    CREDENTIALS = "must not carry credentials"
    HOST = "must name a host that can exist"
    IPV4 = "must spell an address as four decimal numbers"
    ZONE = "must not name a network interface"
    PORT = "must use the port of its scheme, 80 or 443"
    ADDRESS = "must name a host with a public address"
    REDIRECTS = "must redirect at most 5 times"


class RefusedUrlError(InvalidInputError):
    """Refuse a URL by one rule."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(URL_FIELD, f"The {URL_FIELD} {rule}.")
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be asked; `path` starts with `/` and carries the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return what the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return what two URLs of one origin have in common (RFC 6454)."""
        return (self.scheme, self.host, self.port)

    @property
    def literal(self) -> Address | None:
        """Return the address that stands in place of a name, None for a name."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None

    def may_be_met_at(self, address: Address, allowed: AllowList) -> bool:
        """Tell whether the host may be asked at an address that it resolved to."""
        return is_public(address) or allowed.covers(address) or allowed.names(self.host, self.port)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def parse_target(url: str, allowed: AllowList) -> Target:
    """Take a URL apart; raises RefusedUrlError with the rule that it breaks."""
    parts = _split(url)
    if parts.scheme not in PORTS:
        raise RefusedUrlError(Rule.SCHEME)
    if "@" in parts.netloc:
        raise RefusedUrlError(Rule.CREDENTIALS)
    authority = _AUTHORITY.fullmatch(parts.netloc)
    if not authority:
        raise RefusedUrlError(Rule.HOST)
    host = _name(authority["name"]) if authority["ipv6"] is None else _ipv6(authority["ipv6"])
    target = Target(parts.scheme, host, _port(authority["port"], parts.scheme), _path(parts))
    if target.port != PORTS[parts.scheme] and not _may_use_port(target, allowed):
        raise RefusedUrlError(Rule.PORT)
    return target


def redirected(target: Target, location: str, allowed: AllowList) -> Target:
    """Take apart what a Location header, relative or not, leads to from a target; raises as above."""
    try:
        url = urljoin(str(target), location)
    except ValueError as error:
        raise RefusedUrlError(Rule.URL) from error
    return parse_target(url, allowed)


def _split(url: str) -> SplitResult:
    if len(url) > MAX_URL_LENGTH:
        raise RefusedUrlError(Rule.LENGTH)
    if any(c.isspace() or not c.isprintable() or c == "\\" for c in url):
        raise RefusedUrlError(Rule.CHARACTERS)
    try:
        return urlsplit(url)
    except ValueError as error:
        raise RefusedUrlError(Rule.URL) from error


def _port(text: str | None, scheme: str) -> int:
    if text is None:
        return PORTS[scheme]
    if not _PORT.fullmatch(text):
        raise RefusedUrlError(Rule.PORT)
    return int(text)


def _may_use_port(target: Target, allowed: AllowList) -> bool:
    literal = target.literal
    return allowed.names(target.host, target.port) or (literal is not None and allowed.covers(literal))


def _name(text: str) -> str:
    """Return a name in ASCII; one that ends in a number is an address, as it is in browsers."""
    try:
        name = text.encode("idna").decode().lower()
    except UnicodeError as error:
        raise RefusedUrlError(Rule.HOST) from error
    if _NUMERIC_LABEL.fullmatch(name.rstrip(".").rpartition(".")[2]):
        return _ipv4(name)
    if not _HOST_NAME.fullmatch(name):
        raise RefusedUrlError(Rule.HOST)
    return name


def _ipv4(text: str) -> str:
    """Accept only four decimal numbers: other readers take `0177.1`, `0x7f000001` and `2130706433` too."""
    try:
        return str(IPv4Address(text))
    except ValueError as error:
        raise RefusedUrlError(Rule.IPV4) from error


def _ipv6(text: str) -> str:
    try:
        address = IPv6Address(text)
    except ValueError as error:
        raise RefusedUrlError(Rule.HOST) from error
    if address.scope_id is not None:
        raise RefusedUrlError(Rule.ZONE)
    return str(address)


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_URL_CHARACTERS)
    return f"{path}?{quote(parts.query, safe=_URL_CHARACTERS)}" if parts.query else path
