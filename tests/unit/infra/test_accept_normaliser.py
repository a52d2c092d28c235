"""The CDN's folding of Accept headers, run by Node."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.infra.test_resources import TEMPLATE

NODE = Path(sys.executable).with_name("node")
CODE = TEMPLATE["Resources"]["AcceptNormaliser"]["Properties"]["FunctionCode"]
RUN = "console.log(JSON.stringify(handler(JSON.parse(process.argv[1])).headers))"
CHROME = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"


def folded(headers: dict[str, Any]) -> Any:  # noqa: ANN401  # what CloudFront calls headers
    event = json.dumps({"request": {"uri": "/Items/1/Images/Primary", "headers": headers}})
    done = subprocess.run(  # noqa: S603  # the code is our template's
        [NODE, "-e", CODE + RUN, event], capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (CHROME, "image/avif,image/webp,*/*"),
        ("image/png, Image/WebP ,*/*;q=0.5", "image/webp,*/*"),
        ("image/*, application/json", "*/*"),
        ("image/webp-of-another-kind", "*/*"),
    ],
)
def test_what_browsers_send_is_folded_into_few(accept: str, expected: str) -> None:
    assert folded({"accept": {"value": accept}}) == {"accept": {"value": expected}}


@pytest.mark.parametrize(
    "accept",
    ["image/webp;q=0, */*", "image/avif; level=1; q=0,image/webp", 'application/json; profile="CamelCase"'],
)
def test_what_says_more_is_passed_on_as_it_is(accept: str) -> None:
    assert folded({"accept": {"value": accept}}) == {"accept": {"value": accept}}


def test_a_request_without_the_header_stays_so() -> None:
    assert folded({}) == {}
