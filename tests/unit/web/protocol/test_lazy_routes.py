"""Routes that are loaded when somebody asks for them."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from chalice.app import RouteEntry

from chalicelib.web.protocol.lazy_routes import LazyRoutes

RESOURCES = {"items": ["/Items", "/Items/{item_id}"], "users": ["/Users"]}


class Loader:
    """Registers nothing and remembers for what it was called."""

    def __init__(self) -> None:
        self.loaded: list[str] = []

    def __call__(self, resource: str) -> None:
        self.loaded.append(resource)


def test_paths_are_known_before_anything_is_loaded() -> None:
    loader = Loader()
    routes = LazyRoutes(RESOURCES, loader)
    assert list(routes) == ["/Items", "/Items/{item_id}", "/Users"]
    assert len(routes) == 3
    assert loader.loaded == []


def test_a_path_loads_its_resource_and_no_other_once() -> None:
    loader = Loader()
    routes = LazyRoutes(RESOURCES, loader)
    assert routes["/Items/{item_id}"] is routes["/Items/{item_id}"]
    assert routes["/Items"] == {}
    assert loader.loaded == ["items"]


def test_whoever_goes_through_all_routes_loads_all() -> None:
    loader = Loader()
    assert dict(LazyRoutes(RESOURCES, loader).items()) == {"/Items": {}, "/Items/{item_id}": {}, "/Users": {}}
    assert loader.loaded == ["items", "users"]


def test_a_path_that_no_resource_has_cannot_be_registered() -> None:
    with pytest.raises(KeyError):
        LazyRoutes(RESOURCES, Loader())["/Unknown"]


def test_a_resource_that_failed_half_way_is_loaded_anew() -> None:
    found: list[bool] = []

    def load(resource: str) -> None:
        found.append("GET" in routes["/Items"])
        routes["/Items"]["GET"] = RouteEntry(load, resource, "/Items", "GET")
        if len(found) == 1:
            raise ImportError(resource)

    routes = LazyRoutes(RESOURCES, load)
    with pytest.raises(ImportError):
        routes["/Items/{item_id}"]
    assert "GET" in routes["/Items"]
    assert found == [False, False]


def test_to_know_a_path_its_resource_need_not_be_loaded() -> None:
    loader = Loader()
    routes = LazyRoutes(RESOURCES, loader)
    assert "/Users" in routes
    assert "/Unknown" not in routes
    assert loader.loaded == []


def test_threads_that_ask_meanwhile_get_what_is_loaded() -> None:
    def load(resource: str) -> None:
        sleep(0.05)
        routes["/Users"]["GET"] = RouteEntry(load, resource, "/Users", "GET")

    routes = LazyRoutes(RESOURCES, load)
    with ThreadPoolExecutor(4) as pool:
        assert all("GET" in methods for methods in pool.map(routes.__getitem__, ["/Users"] * 4))
