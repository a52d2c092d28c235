"""A second stack in the session's cloud, in front of a Jellyfin, and the door that splits paths."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.demo.jellyfin.server import JellyfinServer
from infra.demo.jellyfin.shelf import ShelfItem
from infra.deployment.deploy import deploy
from infra.local.lifecycle import API_STAGE, IMAGE_PATHS
from infra.local.service import Service
from infra.localstack import front_door
from infra.localstack.settings import Settings
from tests.support.deployed_service import Http, photo
from tests.support.instance import environment_of, session_folder
from tests.support.ports import free_port

STAGE = "upstream"
FRESH_SECONDS = 2
UNKNOWN = 50


@dataclass(frozen=True)
class UpstreamStack:
    """`door_url` is where clients go; `api_url` is the stack alone."""

    door_url: str
    api_url: str


@dataclass(frozen=True)
class Setting:
    """The door, the stand-in, and how often it was asked for pictures."""

    door: Http
    api_url: str
    server: JellyfinServer

    def film(self, name: str) -> ShelfItem:
        item = self.server.shelf.add("Movie", name)
        self.server.shelf.put(item, "Primary", photo())
        return item

    @property
    def fetches(self) -> int:
        return self.server.pictures_asked


@contextmanager
def deployed_before(url: str, service: Service, *, unknown: int = UNKNOWN) -> Iterator[UpstreamStack]:
    """Deploy in front of a server, and open the door; the stack stays for the next session to update."""
    outputs = _deployed(url, unknown)
    api_url = f"{service.endpoint_url}/_aws/execute-api/{outputs['RestAPIId']}/{API_STAGE}"
    with door_to(api_url, url) as door_url:
        yield UpstreamStack(door_url, api_url)


@contextmanager
def door_to(api_url: str, other_url: str) -> Iterator[str]:
    """Open a front door that leads image paths to one place and all others to another."""
    port = free_port()
    settings = Settings.from_environment(environment_of(session_folder()))
    with TemporaryDirectory(prefix="door-") as folder:  # none of the instance's processes
        cloud = replace(settings, run_dir=Path(folder), front_door_port=port)
        front_door.start(cloud, api_url, other_url, IMAGE_PATHS)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            front_door.stop(cloud)


def _deployed(url: str, unknown: int) -> dict[str, str]:
    """Deploy with settings that no other deployment of this process sees."""
    chosen = {
        "JELLYFIN_URL": url,
        "JELLYFIN_FRESH_SECONDS": str(FRESH_SECONDS),
        "JELLYFIN_UNKNOWN_PER_MINUTE": str(unknown),
        "REQUEST_RATE": "10000",
        "REQUEST_BURST": "5000",
    }
    before = {name: os.environ.get(name) for name in chosen}
    os.environ.update(chosen)
    try:
        return deploy(STAGE)
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
