"""What a new process imports: cold start is a feature, and `sys.modules` tells whether it is kept."""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import botocore
import pytest
import urllib3

from chalicelib.adapters.dynamodb.images.rows import images_row
from chalicelib.api.paths import PATHS
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.start import PREPARED
from infra.deployment.prepared import write_prepared
from infra.deployment.slimming import put_stand_ins
from infra.places import PROJECT
from tests.support.gateway import event

HEAVY = ("PIL", "boto3", "botocore", "pynamodb", "urllib3", "requests", "argon2", "concurrent.futures")

FACTS = ImageFacts(ImageFormat.JPG, 1000, 1500)
IMAGE = StoredImage(
    ImageType.PRIMARY, "c" * 32, "originals/ab/abc", 9, FACTS, datetime(2026, 1, 1, tzinfo=UTC)
)
ROW = images_row(OwnerImages(OwnerKey.item("a" * 32), "Metropolis", (IMAGE,), version=1))
FUNCTION = {
    "TABLE": "t",
    "ORIGINALS_BUCKET": "o",
    "VARIANTS_BUCKET": "v",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
}

REQUEST = """
from datetime import UTC, datetime
from chalicelib.container import override_container
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageFacts, ImageType, OwnerImages, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from tests.support.fakes.world import World
from tests.support.gateway import call

facts = ImageFacts(ImageFormat.JPG, 1000, 1500)
image = StoredImage(ImageType.PRIMARY, "c" * 32, "originals/ab/abc", 9, facts, datetime(2026, 1, 1, tzinfo=UTC))
for method, query, headers, status in {requests!r}:
    world = World()
    world.catalog.save(Change(OwnerImages(OwnerKey.item("a" * 32), "Metropolis", (image,))))
    with override_container(world.container):
        answer = call(method, "/Items/" + "a" * 32 + "/Images/Primary" + query, headers=headers)
    assert answer.status == status, answer
"""


REAL = """
from tests.support.gateway import call

answer = call("GET", "/Items/" + "a" * 32 + "/Images/Primary" + {query!r}, headers={headers!r})
assert answer.status == {status}, answer
"""

IMPORTED = {"PIL", "boto3", "s3transfer", "chalicelib.imaging"}
"""What takes long to import, and neither metadata nor a stored picture needs."""


class Cloud(BaseHTTPRequestHandler):
    """DynamoDB with one row, and S3 where every object is the same."""

    def do_POST(self) -> None:
        """Answer GetItem."""
        item = json.dumps({"Item": ROW.serialize()}, default=lambda data: b64encode(data).decode())
        self._answer(item.encode(), "application/x-amz-json-1.0")

    def do_GET(self) -> None:
        """Answer GetObject."""
        self._answer(b"stored", "image/jpeg")

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, body: bytes, content_type: str) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


_FEW = 10
"""Patterns; 134 are compiled where none is kept, of which the first call of AWS needs the last few."""

AS_DEPLOYED = """
from pathlib import Path
from chalicelib.start import COMPILER, prepare_start
from tests.tools.benchmarks.function_worker import Context

compiled = []
compile_as_usual = COMPILER.compile
COMPILER.compile = lambda pattern, flags=0: (compiled.append(pattern), compile_as_usual(pattern, flags))[1]
prepare_start(Path({folder!r}))
from app import app

answer = app(json.loads({event!r}), Context())
assert answer["statusCode"] == 200, answer
assert len(compiled) < {most}, compiled
"""


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay down what the archive adds to the code, and what it replaces of the dependencies."""
    folder = tmp_path_factory.mktemp("deployed")
    for package in (botocore, urllib3):
        installed = Path(str(package.__file__)).parent
        shutil.copytree(
            installed, folder / installed.name, ignore=shutil.ignore_patterns("data", "__pycache__")
        )
        if (installed / "data").is_dir():
            (folder / installed.name / "data").symlink_to(installed / "data")
    put_stand_ins(folder)
    write_prepared(folder / PREPARED, (PROJECT, folder, installed.parent))
    return folder


@pytest.fixture(scope="module")
def cloud() -> Iterator[dict[str, str]]:
    """Run the cloud above; yield the environment of a function that calls it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Cloud) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield FUNCTION | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}"}
        server.shutdown()


def _loaded_after(program: str, environment: Mapping[str, str] = FUNCTION) -> frozenset[str]:
    return _loaded(program, frozenset(environment.items()))


@cache
def _loaded(program: str, environment: frozenset[tuple[str, str]]) -> frozenset[str]:
    """Return what a process has imported at its end; one process tells all who ask for the same."""
    report = f"import sys, json\n{program}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", report],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ | dict(environment),
    )
    return frozenset(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("entry", ["app", "chalicelib.events.originals"])
def test_an_entry_point_imports_nothing_heavy(entry: str) -> None:
    assert _loaded_after(f"import {entry}").isdisjoint(HEAVY)


def test_requests_that_send_no_picture_load_neither_pillow_nor_s3() -> None:
    """They share a process: what none of them all loads, none alone does."""
    of_the_copy = {"If-None-Match": '"' + "c" * 32 + '"'}
    requests = [
        ("GET", "?tag=cccccccccccccccccccccccccccccccc&maxWidth=300", of_the_copy, 304),
        ("GET", "?maxWidth=300", {"If-None-Match": "*"}, 304),
        ("HEAD", "?maxWidth=300", {}, 200),
        ("GET", "/7", {}, 404),
    ]
    assert _loaded_after(REQUEST.format(requests=requests)).isdisjoint(
        {"PIL", "boto3", "chalicelib.adapters.aws.s3", "chalicelib.imaging"}
    )


def test_the_application_imports_no_resource_of_the_api_before_it_is_asked_for() -> None:
    resources = {f"chalicelib.api.{name}" for name in PATHS}
    assert _loaded_after("import app").isdisjoint(resources)


def test_the_functions_of_events_are_known_to_chalice_and_cost_the_function_of_the_api_nothing() -> None:
    events = {"chalicelib.events.originals", "chalicelib.events.sweep"}
    assert _loaded_after("import app") >= events
    assert _loaded_after("import app", FUNCTION | {"AWS_LAMBDA_FUNCTION_NAME": "api"}).isdisjoint(events)


def test_a_request_imports_the_one_resource_that_answers_it(cloud: dict[str, str]) -> None:
    loaded = _loaded_after(
        REAL.format(query="", headers={"If-None-Match": '"' + "c" * 32 + '"'}, status=304), cloud
    )
    assert {name for name in PATHS if f"chalicelib.api.{name}" in loaded} == {"images.item_images"}


@pytest.mark.parametrize("query", ["", "?tag=cccccccccccccccccccccccccccccccc"])
def test_a_copy_known_by_its_row_loads_neither_pillow_nor_s3(cloud: dict[str, str], query: str) -> None:
    program = REAL.format(query=query, headers={"If-None-Match": '"' + "c" * 32 + '"'}, status=304)
    loaded = _loaded_after(program, cloud)
    assert "pynamodb" in loaded
    assert loaded.isdisjoint(
        IMPORTED | {"chalicelib.adapters.aws.s3", "chalicelib.services.variants.variants"}
    )


@pytest.mark.parametrize("query", ["", "?maxWidth=300"], ids=["original", "variant"])
def test_a_hit_loads_no_pillow(cloud: dict[str, str], query: str) -> None:
    loaded = _loaded_after(REAL.format(query=query, headers={}, status=200), cloud)
    assert "chalicelib.adapters.aws.s3" in loaded
    assert loaded.isdisjoint(IMPORTED)


def test_a_deployed_process_compiles_few_patterns_until_its_first_hit_and_documents_nothing(
    cloud: dict[str, str], deployed: Path
) -> None:
    asked = event("GET", "/Items/" + "a" * 32 + "/Images/Primary?maxWidth=300", b"", {})
    program = AS_DEPLOYED.format(event=json.dumps(asked), folder=str(deployed), most=_FEW)
    loaded = _loaded_after(program, cloud | {"PYTHONPATH": os.pathsep.join((str(deployed), str(PROJECT)))})
    assert "botocore.docs.docstring" in loaded
    assert loaded.isdisjoint({"html.parser", "importlib.metadata", "botocore.docs.service"})


def test_a_download_from_another_site_builds_no_provider() -> None:
    program = """
from chalicelib.container import Container
from tests.support.fakes.world import SETTINGS

assert Container.of(SETTINGS).remote.download.fetcher
"""
    loaded = _loaded_after(program)
    assert "chalicelib.adapters.fetching.images" in loaded
    assert not any(name.startswith("chalicelib.adapters.providers") for name in loaded)
