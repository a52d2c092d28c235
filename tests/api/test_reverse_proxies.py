"""The recipes for nginx and Caddy lead images to the service and all else to Jellyfin."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from infra.demo.jellyfin.server import KEY, JellyfinServer, serving
from infra.demo.jellyfin.shelf import USER, Shelf
from tests.support.media_tree import picture
from tests.support.reverse_proxies import PROXIES
from tests.support.served_app import serving_app
from tests.support.upstream import world_before

MEMBER = {"X-Emby-Token": KEY}


@dataclass(frozen=True)
class Proxied:
    """A proxy's address, and the server behind it and behind the service."""

    url: str
    server: JellyfinServer

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(self.url + path, headers=headers, timeout=30)

    @property
    def direct(self) -> list[str]:
        """Return what reached the server straight from the proxy."""
        return [line for line in self.server.asked if "/Images/" not in line]


@pytest.fixture(params=PROXIES)
def proxied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxied]:
    with (
        serving(Shelf()) as server,
        serving_app(world_before(server.url).container) as images_url,
        PROXIES[request.param](tmp_path, images_url, server.url) as url,
    ):
        yield Proxied(url, server)


def test_images_come_from_the_service(proxied: Proxied) -> None:
    shelf = proxied.server.shelf
    film, person, user = (
        shelf.add("Movie", "Dune"),
        shelf.add("Person", "Ada / Byron?"),
        shelf.add(USER, "ada"),
    )
    for number, item in enumerate((film, person, user)):
        shelf.put(item, "Primary", picture(number))
    paths = {
        f"/Items/{film.id}/Images/Primary": picture(0),
        f"/items/{film.id}/images/primary/0": picture(0),
        f"/emby/Items/{film.id}/Images/Primary?tag=x": picture(0),
        "/Persons/Ada%20%2F%20Byron%3F/Images/Primary": picture(1),
        f"/UserImage?userId={user.id}": picture(2),
        f"/Users/{user.id}/Images/Primary": picture(2),
    }
    for path, data in paths.items():
        answer = proxied.get(path)
        assert (answer.status_code, answer.content) == (200, data), (path, answer.text[:300])
        assert "X-Image-Cache" in answer.headers
    assert proxied.server.pictures_asked == 3 + 1  # and once more by the tag
    assert proxied.direct == []


def test_all_else_comes_from_jellyfin(proxied: Proxied) -> None:
    film = proxied.server.shelf.add("Movie", "Dune")
    assert proxied.get("/System/Info/Public").json()["ServerName"] == "Stand-in"
    assert proxied.get(f"/Items/{film.id}", **MEMBER).json()["Name"] == "Dune"
    assert proxied.get(f"/Items?api_key={KEY}").json()["TotalRecordCount"] == 1
    assert len(proxied.direct) == 3


def test_uploads_pass_and_are_seen(proxied: Proxied) -> None:
    film = proxied.server.shelf.add("Movie", "Dune")
    url = f"{proxied.url}/Items/{film.id}/Images/Primary"
    sent = requests.post(
        url, b64encode(picture(5)), headers={**MEMBER, "Content-Type": "image/jpeg"}, timeout=30
    )
    assert sent.status_code == 204
    assert requests.get(url, timeout=30).content == picture(5)
