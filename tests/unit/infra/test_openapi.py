"""The OpenAPI document and the routes it describes."""

import json

from app import app
from infra.openapi import document
from infra.openapi.operations import OPERATIONS
from tests.support.fakes.world import World
from tests.support.gateway import call


def test_the_committed_document_is_that_of_the_routes() -> None:
    assert document.PATH.read_text() == document.text(), "run `make openapi`"


def test_every_view_is_described_and_nothing_else() -> None:
    views = {route.view_function.__name__ for methods in app.routes.values() for route in methods.values()}
    assert views == set(OPERATIONS)


def test_operations_have_names_of_their_own() -> None:
    paths = json.loads(document.text())["paths"].values()
    names = [operation["operationId"] for methods in paths for operation in methods.values()]
    assert len(names) == len(set(names))


def test_the_service_answers_it(world: World) -> None:
    assert world.settings
    answer = call("GET", "/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json()["openapi"] == "3.1.0"
