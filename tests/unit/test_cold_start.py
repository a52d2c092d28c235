"""What a new process imports: cold start is a feature, and `sys.modules` tells whether it is kept."""

import json
import subprocess
import sys

import pytest

HEAVY = ("PIL", "boto3", "botocore", "pynamodb", "urllib3", "requests", "argon2", "concurrent.futures")

REQUEST = """
from datetime import UTC, datetime
from chalicelib.container import installed
from chalicelib.domain.formats import ImageFormat
from chalicelib.domain.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.owners import OwnerKey
from tests.fakes.world import World
from tests.gateway import call

facts = ImageFacts(ImageFormat.JPG, 1000, 1500)
image = StoredImage(ImageType.PRIMARY, "tag", "originals/ab/abc", 9, facts, datetime(2026, 1, 1, tzinfo=UTC))
world = World()
world.catalog.save(OwnerImages(OwnerKey.item("a" * 32), "Metropolis", (image,)))
with installed(world):
    answer = call({method!r}, "/Items/" + "a" * 32 + "/Images/Primary" + {query!r}, headers={headers!r})
assert answer.status == {status}, answer
"""


REAL = """
import os
os.environ |= {"TABLE": "t", "ORIGINALS_BUCKET": "o", "VARIANTS_BUCKET": "v"}
from tests.gateway import call

answer = call("GET", "/Items/" + "a" * 32 + "/Images/Primary?tag=x", headers={"If-None-Match": '"x"'})
assert answer.status == 304, answer
"""

HIT = (
    REQUEST
    + """
from chalicelib.domain.options import ImageProcessingOptions
from chalicelib.domain.plan import make_plan
from chalicelib.domain.variant_key import variant_key
from chalicelib.services.ports import Blob

plan = make_plan(facts, ImageProcessingOptions(max_width=300))
world.variants_store.put(variant_key("tag", plan), Blob(b"stored", "image/jpeg"))
with installed(world):
    hit = call("GET", "/Items/" + "a" * 32 + "/Images/Primary?maxWidth=300")
assert (hit.status, hit.body) == (200, b"stored"), hit
"""
)


def _loaded_after(program: str) -> set[str]:
    report = f"import sys, json\n{program}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", report], capture_output=True, check=True, text=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("entry", ["app", "chalicelib.events.originals"])
def test_an_entry_point_imports_nothing_heavy(entry: str) -> None:
    assert _loaded_after(f"import {entry}").isdisjoint(HEAVY)


@pytest.mark.parametrize(
    ("method", "query", "headers", "status"),
    [
        ("GET", "?tag=tag&maxWidth=300", {"If-None-Match": '"tag"'}, 304),
        ("GET", "?maxWidth=300", {"If-None-Match": "*"}, 304),
        ("HEAD", "?maxWidth=300", {}, 200),
        ("GET", "/7", {}, 404),
    ],
)
def test_a_request_that_sends_no_picture_loads_neither_pillow_nor_s3(
    method: str, query: str, headers: dict[str, str], status: int
) -> None:
    program = REQUEST.format(method=method, query=query, headers=headers, status=status)
    assert _loaded_after(program).isdisjoint({"PIL", "boto3", "chalicelib.adapters.s3", "chalicelib.imaging"})


def test_a_copy_known_by_its_tag_loads_no_adapter() -> None:
    loaded = _loaded_after(REAL)
    assert loaded.isdisjoint(HEAVY)
    assert not any(name.startswith("chalicelib.adapters.") for name in loaded)


def test_a_hit_loads_no_pillow() -> None:
    program = HIT.format(method="HEAD", query="", headers={}, status=200)
    assert _loaded_after(program).isdisjoint({"PIL", "chalicelib.imaging"})
