"""How a URL is taken apart; the hostile ones are in the tests of the client that meets them."""

from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.remote.egress import AllowList
from chalicelib.domain.remote.safe_url import RefusedUrlError, Rule, Target, parse_target, redirected

NOTHING = AllowList()


def test_a_url_is_taken_apart() -> None:
    target = parse_target("HTTPS://Image.Example/t/p/original/1.jpg?size=2#part", NOTHING)
    assert target == Target("https", "image.example", 443, "/t/p/original/1.jpg?size=2")
    assert target.origin == ("https", "image.example", 443)


@pytest.mark.parametrize(
    ("url", "spelt"),
    [
        ("http://bücher.example", "http://xn--bcher-kva.example/"),
        ("http://image.example:80/a", "http://image.example/a"),
        ("http://[2606:4700::0:1]/", "http://[2606:4700::1]/"),
        ("http://image.example/Céline%20(1).jpg", "http://image.example/C%C3%A9line%20(1).jpg"),
        ("http://image.example/?q=ü&r=%2F", "http://image.example/?q=%C3%BC&r=%2F"),
        ("http://image.example?q=1", "http://image.example/?q=1"),
    ],
)
def test_a_url_has_one_spelling(url: str, spelt: str) -> None:
    assert str(parse_target(url, NOTHING)) == spelt
    assert str(parse_target(spelt, NOTHING)) == spelt


@given(st.text(max_size=60), st.sampled_from(["http://", "https://", ""]))
def test_any_text_is_taken_apart_or_refused(text: str, scheme: str) -> None:
    with suppress(RefusedUrlError):
        target = parse_target(scheme + text, NOTHING)
        assert target.scheme in ("http", "https")
        assert target.host == (urlsplit(str(target)).hostname or "")
        assert str(target).isascii()
        assert parse_target(str(target), NOTHING) == target


@given(st.ip_addresses())
def test_an_address_is_read_as_itself(address: object) -> None:
    host = f"[{address}]" if ":" in str(address) else str(address)
    assert parse_target(f"http://{host}/", NOTHING).literal == address


def test_a_named_host_may_use_its_port_and_a_private_address() -> None:
    allowed = AllowList.parse("127.0.0.1:9000 pictures.internal:8080")
    assert parse_target("http://127.0.0.1:9000/", allowed).authority == "127.0.0.1:9000"
    target = parse_target("http://pictures.internal:8080/", allowed)
    assert target.may_be_met_at(ip_address("10.0.0.1"), allowed)
    for url in ("http://127.0.0.1:9001/", "http://pictures.internal:8081/"):
        with pytest.raises(RefusedUrlError):
            parse_target(url, allowed)


def test_an_allowed_network_opens_its_addresses_on_every_port_but_no_names_on_odd_ports() -> None:
    allowed = AllowList.parse("10.0.0.0/8")
    assert parse_target("http://10.0.0.1:8096/", allowed).port == 8096
    assert parse_target("http://nas.lan/", allowed).may_be_met_at(ip_address("10.0.0.1"), allowed)
    with pytest.raises(RefusedUrlError) as refusal:
        parse_target("http://nas.lan:8096/", allowed)
    assert refusal.value.rule is Rule.PORT


def test_an_address_that_nobody_allowed_is_not_met() -> None:
    assert not parse_target("http://nas.lan/", NOTHING).may_be_met_at(ip_address("10.0.0.1"), NOTHING)


def test_a_location_is_read_from_where_it_was_given() -> None:
    target = parse_target("https://image.example/a/b?c", NOTHING)
    assert str(redirected(target, "d", NOTHING)) == "https://image.example/a/d"
    assert str(redirected(target, "//other.example/", NOTHING)) == "https://other.example/"
