"""The OpenAPI document and the routes it describes."""

import json

from openapi_spec_validator import validate

from infra.openapi import document
from tests.support.fakes.world import World
from tests.support.gateway import call


def test_the_committed_document_is_that_of_the_routes() -> None:
    assert document.PATH.read_text() == document.text(), "run `make openapi`"


def test_the_document_is_valid() -> None:
    validate(json.loads(document.text()))


def test_operations_have_names_of_their_own() -> None:
    paths = json.loads(document.text())["paths"].values()
    names = [operation["operationId"] for methods in paths for operation in methods.values()]
    assert len(names) == len(set(names))


def test_every_parameter_says_what_it_means() -> None:
    paths = json.loads(document.text())["paths"].values()
    parameters = [p for methods in paths for operation in methods.values() for p in operation["parameters"]]
    assert not [p["name"] for p in parameters if p["in"] == "query" and not p["description"]]


def test_the_service_answers_it(world: World) -> None:
    assert world.settings
    answer = call("GET", "/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json()["openapi"] == "3.1.0"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in answer.headers
