"""The application in front of a stand-in Jellyfin."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from chalicelib.container import override_container
from chalicelib.settings import JellyfinSettings
from infra.demo.jellyfin.server import JellyfinServer, serving
from infra.demo.jellyfin.shelf import Shelf
from tests.support.fakes.world import SETTINGS, World

FRESH_SECONDS = 300


def world_before(url: str, *, unknown: int = 300, **more: Any) -> World:  # noqa: ANN401  # settings
    """Return an application over fakes that stands in front of the server at a URL."""
    jellyfin = JellyfinSettings(
        jellyfin_url=url, jellyfin_fresh_seconds=FRESH_SECONDS, jellyfin_unknown_per_minute=unknown
    )
    return World(replace(SETTINGS, jellyfin=jellyfin, **more))


@contextmanager
def standing_before(*, unknown: int = 300, **more: Any) -> Iterator[tuple[World, JellyfinServer]]:  # noqa: ANN401  # settings
    """Put in force an application over fakes in front of a stand-in with nothing on its shelf."""
    with serving(Shelf()) as server:
        world = world_before(server.url, unknown=unknown, **more)
        with override_container(world.container):
            yield world, server
