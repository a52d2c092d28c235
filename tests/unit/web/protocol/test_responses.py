"""Answers that are not pictures."""

import json

import pytest

from chalicelib.web.protocol.request import Request
from chalicelib.web.protocol.responses import json_response, problem

SDK = "application/json,application/json; profile=CamelCase,application/json; profile=PascalCase,text/html"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "BlurHash"),
        ("*/*", "BlurHash"),
        (SDK, "BlurHash"),
        ('application/json; profile="CamelCase"', "blurHash"),
        ("text/html, application/json;profile=camelcase", "blurHash"),
        ('application/json; profile="PascalCase"', "BlurHash"),
    ],
)
def test_the_first_json_type_of_accept_decides_on_names(accept: str, name: str) -> None:
    answer = json_response(Request("GET", "/", {"accept": accept}), {"BlurHash": "x"})
    assert json.loads(answer.body) == {name: "x"}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 412, 413, 415, 429, 500, 502, 503, 504])
def test_problems_are_never_stored(status: int) -> None:
    answer = problem(status, "why")
    body = json.loads(answer.body)
    assert (answer.status_code, body["status"], body["detail"]) == (status, status, "why")
    assert body["type"].startswith("https://tools.ietf.org/html/rfc")
    assert answer.headers["Cache-Control"] == "no-store"
