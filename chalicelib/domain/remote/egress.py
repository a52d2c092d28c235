"""Which addresses the service may meet on behalf of a caller.

The rule is positive: a host is met only at an ordinary public address. What is special is listed by IANA
(iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry); `ipaddress` knows those
tables, what it leaves open is added here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Self
from urllib.parse import urlsplit

type Address = IPv4Address | IPv6Address
type Network = IPv4Network | IPv6Network

PORTS = {"http": 80, "https": 443}
"""The schemes that are spoken, each on its own port."""

_SPECIAL_IPV4 = tuple(
    IPv4Network(text)
    for text in (
        "168.63.129.16/32",  # Azure's host agent, in the middle of public space
        "192.0.0.0/24",  # protocol assignments; two of its addresses count as global
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # multicast tunnels
        "192.88.99.0/24",  # relays from IPv6 to IPv4
        "192.175.48.0/24",  # AS112
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_SPECIAL_IPV6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments, Teredo among them, which embeds an IPv4 address
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which embeds an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})


@dataclass(frozen=True, slots=True)
class AllowList:
    """What the operator opens besides the public internet: networks, and hosts with a port.

    A network makes its addresses acceptable; a host with a port is acceptable wherever it is.
    """

    networks: tuple[Network, ...] = ()
    hosts: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read entries between commas or blanks: `10.1.0.0/16`, `127.0.0.1:8096`, `artwork.internal:443`."""
        entries = text.replace(",", " ").split()
        networks = tuple(ip_network(entry) for entry in entries if "/" in entry)
        hosts = (entry.rpartition(":") for entry in entries if "/" not in entry)
        return cls(networks, frozenset((host.strip("[]").lower(), int(port)) for host, _, port in hosts))

    def with_urls(self, urls: Iterable[str]) -> Self:
        """Open the hosts of URLs that the operator configured."""
        parts = (urlsplit(url) for url in urls)
        hosts = {(part.hostname or "", part.port or PORTS[part.scheme]) for part in parts}
        return type(self)(self.networks, self.hosts | hosts)

    def names(self, host: str, port: int) -> bool:
        """Tell whether the operator named this port of this host."""
        return (host, port) in self.hosts

    def covers(self, address: Address) -> bool:
        """Tell whether the operator opened a network with this address."""
        return any(address in network for network in self.networks)


def is_public(address: Address) -> bool:
    """Tell whether an address is ordinary public unicast and embeds no other address."""
    if isinstance(address, IPv4Address):
        special = any(address in network for network in _SPECIAL_IPV4)
        return address.is_global and not address.is_multicast and not special
    special = any(address in network for network in _SPECIAL_IPV6)
    return address in _GLOBAL_UNICAST and address.is_global and not special and not _is_isatap(address)


def _is_isatap(address: IPv6Address) -> bool:
    """Tell whether the last 32 bits are an IPv4 address by RFC 5214, section 6.1."""
    return (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP
