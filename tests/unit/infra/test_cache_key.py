"""CloudFront's cache over recorded requests: what shares a key has one answer, and a token is part of the key.

The key is computed as CloudFront does: by the function of the template, run by Node, then by the cache policy.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chalicelib.container import override_container
from tests.support.fakes.world import ADMIN, SETTINGS, World
from tests.support.gateway import Answer, call
from tests.support.pictures import encoded, scene
from tests.unit.infra.test_resources import TEMPLATE

NODE = Path(sys.executable).with_name("node")
CODE = TEMPLATE["Resources"]["AcceptNormaliser"]["Properties"]["FunctionCode"]
RUN = "console.log(JSON.stringify(JSON.parse(process.argv[1]).map(e => handler(e).headers)))"
KEY = TEMPLATE["Resources"]["PicturePolicy"]["Properties"]["CachePolicyConfig"][
    "ParametersInCacheKeyAndForwardedToOrigin"
]
RECORDED: list[dict[str, Any]] = json.loads(Path(__file__).with_name("recorded_requests.json").read_text())
ITEM = "0123456789abcdef0123456789abcdef"
IMAGE = f"/Items/{ITEM}/Images/Primary"
URLS = [IMAGE, f"{IMAGE}?maxWidth=100&quality=90", f"{IMAGE}?fillHeight=60&fillWidth=40&format=Png"]

type Key = tuple[str, ...]


def through_the_function() -> list[dict[str, str]]:
    """Return the headers of each recorded request as the function leaves them."""
    events = [
        {
            "request": {
                "uri": IMAGE,
                "headers": {name: {"value": text} for name, text in request["headers"].items()},
            }
        }
        for request in RECORDED
    ]
    done = subprocess.run(  # noqa: S603  # the code is our template's
        [NODE, "-e", CODE + RUN, json.dumps(events)], capture_output=True, text=True, check=True, timeout=60
    )
    return [
        {name: header["value"] for name, header in headers.items()} for headers in json.loads(done.stdout)
    ]


HEADERS = through_the_function()


def key_of(url: str, headers: dict[str, str]) -> Key:
    """Return CloudFront's cache key: path and query, and the headers that the policy names."""
    assert KEY["QueryStringsConfig"] == {"QueryStringBehavior": "all"}
    assert KEY["CookiesConfig"] == {"CookieBehavior": "none"}
    return (url, *(headers.get(name.lower(), "") for name in KEY["HeadersConfig"]["Headers"]))


def forwarded(headers: dict[str, str]) -> dict[str, str]:
    """Return what a viewer sends and the origin gets: everything but cookies, which no answer may depend on."""
    return {name: text for name, text in headers.items() if name != "cookie"}


def visible(answer: Answer) -> tuple[object, ...]:
    """Return what of an answer a client would notice."""
    told = {name: text for name, text in answer.headers.items() if name not in {"x-image-cache", "date"}}
    return answer.status, sorted(told.items()), answer.body


@pytest.fixture(params=["anonymous", "signed"])
def service(request: pytest.FixtureRequest) -> Iterator[World]:
    world = World(replace(SETTINGS, image_access=request.param, image_url_key="k" * 43))
    world.add_item(ITEM)
    with override_container(world.container):
        kind = {"Content-Type": "image/jpeg"}
        assert call("POST", IMAGE, body=encoded(scene()), headers=ADMIN | kind).status == 204
        yield world


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize("url", URLS)
def test_requests_of_one_key_have_one_answer(url: str) -> None:
    answers: dict[Key, set[str]] = defaultdict(set)
    for headers in HEADERS:
        answer = call("GET", url, headers=forwarded(headers))
        answers[key_of(url, headers)].add(repr(visible(answer)))
    assert all(len(found) == 1 for found in answers.values())


def test_browsers_of_one_ability_share_an_entry() -> None:
    keys = {
        request["client"]: key_of(IMAGE, headers) for request, headers in zip(RECORDED, HEADERS, strict=True)
    }
    assert keys["Chrome 131, <img>"] == keys["Edge 131, <img>"] == keys["Firefox 115, <img>"]
    assert keys["Kodi"] == keys["curl"]
    assert len(set(keys.values())) < len(keys)


def test_a_caller_with_a_token_shares_with_nobody_else() -> None:
    keys = [key_of(IMAGE, headers) for headers in HEADERS]
    for headers, key in zip(HEADERS, keys, strict=True):
        if "x-emby-token" in headers or "authorization" in headers:
            assert keys.count(key) == 1


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize("url", URLS)
def test_what_an_answer_varies_by_is_in_the_key(url: str) -> None:
    named = {name.lower() for name in KEY["HeadersConfig"]["Headers"]}
    for headers in HEADERS:
        answer = call("GET", url, headers=headers)
        varies = {name.strip().lower() for name in answer.headers.get("vary", "").split(",") if name.strip()}
        assert varies <= named
