"""Requests that go round the CDN."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.container import Container, override_container
from chalicelib.web.protocol.cdn import came_through_cdn
from tests.support.fakes.world import SETTINGS, World
from tests.support.gateway import call


def event(**headers: str) -> dict[str, dict[str, str]]:
    return {"headers": headers}


def test_without_a_cdn_everybody_may_come() -> None:
    assert came_through_cdn(event(), ())


def test_with_a_cdn_only_who_knows_its_secret() -> None:
    secrets = ("new", "old")
    assert came_through_cdn(event(**{"X-Origin-Secret": "new"}), secrets)
    assert came_through_cdn(event(**{"x-origin-secret": "old"}), secrets)
    assert not came_through_cdn(event(**{"X-Origin-Secret": "older"}), secrets)
    assert not came_through_cdn(event(), secrets)
    assert not came_through_cdn({"headers": None}, secrets)


@given(st.text())
def test_no_other_text_opens_the_door(text: str) -> None:
    assert came_through_cdn(event(**{"X-Origin-Secret": text}), ("secret",)) is (text == "secret")


def test_the_application_refuses_whoever_goes_round() -> None:
    closed = Container(World(replace(SETTINGS, origin_secret="s" * 32)))
    with override_container(closed):
        refused = call("GET", "/System/Info/Public")
        let_in = call("GET", "/System/Info/Public", headers={"X-Origin-Secret": "s" * 32})
    assert refused.status == 403
    assert "CDN" in json.loads(refused.body)["detail"]
    assert let_in.status == 200
