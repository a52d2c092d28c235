"""Fixtures of the tests that know the deployed stack only."""

import uuid
from collections.abc import Iterator

import pytest
import requests

from infra.demo.jellyfin.server import serving
from infra.demo.jellyfin.shelf import Shelf
from infra.local.service import Service
from tests.support import aws
from tests.support.deployed_service import Http, Stores
from tests.support.upstream_stack import Setting, deployed_before


@pytest.fixture(scope="session")
def session() -> Iterator[requests.Session]:
    """Share connections."""
    with requests.Session() as session:
        yield session


@pytest.fixture(scope="session")
def anyone(service: Service, session: requests.Session) -> Http:
    """Call through the front door without a key."""
    return Http(service.base_url, {}, session)


@pytest.fixture(scope="session")
def admin(service: Service, session: requests.Session) -> Http:
    """Call through the front door with an administrator's key."""
    return Http(service.base_url, {"X-Emby-Token": service.admin_api_key}, session)


@pytest.fixture(scope="session")
def gateway(service: Service, session: requests.Session) -> Http:
    """Call API Gateway's own address with an administrator's key."""
    return Http(service.api_url, {"X-Emby-Token": service.admin_api_key}, session)


@pytest.fixture
def item(admin: Http) -> str:
    """Make an item of this test's own."""
    made = admin.call("POST", "/Items", json={"Name": f"Metropolis {uuid.uuid4().hex}", "Type": "Movie"})
    assert made.ok, made.text
    return str(made.json()["Id"])


@pytest.fixture(scope="session")
def stores(service: Service) -> Stores:
    """Look into the buckets."""
    return Stores(aws.client("s3"), service)


@pytest.fixture(scope="session")
def setting(service: Service, session: requests.Session) -> Iterator[Setting]:
    """Deploy a stack of its own in front of a stand-in Jellyfin, once for all tests that need it."""
    with serving(Shelf()) as server, deployed_before(server.url, service) as stack:
        yield Setting(Http(stack.door_url, {}, session), stack.api_url, server)
