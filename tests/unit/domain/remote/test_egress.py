"""Which addresses are public, and what an allow-list opens."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.remote.egress import AllowList, is_public

SPECIAL = [
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.251",
    "::1",
    "fe80::1",
    "ff02::1",
]


@pytest.mark.parametrize("text", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001::200e"])
def test_ordinary_addresses_are_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("text", SPECIAL)
def test_special_addresses_are_not(text: str) -> None:
    assert not is_public(ip_address(text))


@given(st.ip_addresses(v=4))
def test_no_ipv6_form_of_an_ipv4_address_is_public(address: IPv4Address) -> None:
    number = int(address)
    prefixes = ("::", "::ffff:0:0", "::ffff:0:0:0", "64:ff9b::", "64:ff9b:1::")
    forms = [int(IPv6Address(prefix)) | number for prefix in prefixes]
    forms.append(int(IPv6Address("2002::")) | number << 80)
    forms.append(int(IPv6Address("2001::")) | number << 64 | (number ^ 0xFFFF_FFFF))
    forms.append(int(IPv6Address("2606:4700::5efe:0:0")) | number)
    assert not any(is_public(IPv6Address(form)) for form in forms)


@given(st.ip_addresses(v=4))
def test_a_public_ipv4_address_is_global_unicast(address: IPv4Address) -> None:
    if is_public(address):
        assert not any((address.is_multicast, address.is_private, address.is_link_local, address.is_reserved))


@given(st.ip_addresses(v=6))
def test_a_public_ipv6_address_is_global_unicast(address: IPv6Address) -> None:
    if is_public(address):
        assert int(address) >> 125 == 1
        assert not any((address.is_private, address.sixtofour, address.teredo, address.ipv4_mapped))


def test_an_allow_list_reads_networks_and_hosts_with_their_port() -> None:
    allowed = AllowList.parse("10.1.0.0/16, Artwork.internal:443 [::1]:8096 fd00::/8")
    assert allowed.covers(ip_address("10.1.2.3"))
    assert allowed.covers(ip_address("fd00::1"))
    assert not allowed.covers(ip_address("10.2.0.1"))
    assert allowed.names("artwork.internal", 443)
    assert allowed.names("::1", 8096)
    assert not allowed.names("artwork.internal", 80)


def test_an_empty_allow_list_opens_nothing() -> None:
    assert AllowList.parse(" ") == AllowList()
    assert not AllowList().covers(ip_address("127.0.0.1"))


def test_configured_urls_open_their_hosts() -> None:
    allowed = AllowList().with_urls(["http://127.0.0.1:9000/tmdb", "https://api.example/3"])
    assert allowed.names("127.0.0.1", 9000)
    assert allowed.names("api.example", 443)
    assert not allowed.names("127.0.0.1", 80)


@pytest.mark.parametrize("text", ["10.0.0.1/8", "host", "host:port", "300.0.0.0/8"])
def test_an_entry_that_means_nothing_stops_the_start(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        AllowList.parse(text)
