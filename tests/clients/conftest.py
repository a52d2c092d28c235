"""What the real clients need: an account of their own, an item without images, and pictures on disk."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from PIL import Image

from infra.local.service import Service


@dataclass(frozen=True)
class Account:
    """An administrator who signs in by name and password."""

    name: str
    password: str


@dataclass(frozen=True)
class RemoteItem:
    """An item that other sites know, with the names of those sites in the order of their answers."""

    id: str
    type: str
    providers: list[str]


REMOTE = {
    "Movie": ({"Tmdb": "19"}, ["TheMovieDb", "FanArt"]),
    "Series": ({"Tmdb": "1396", "Tvdb": "81189"}, ["TheMovieDb", "FanArt"]),
    "MusicAlbum": (
        {"MusicBrainzReleaseGroup": "c31a5e2b-0bf8-32e0-8aeb-ef4ba9973932"},
        ["FanArt", "Cover Art Archive", "TheAudioDB"],
    ),
    "MusicArtist": (
        {"MusicBrainzArtist": "5b11f4ce-a62d-471e-81fc-a69a8278c7da"},
        ["FanArt", "TheAudioDB", "Wikimedia Commons"],
    ),
    "Person": ({"Tmdb": "287"}, ["TheMovieDb", "Wikimedia Commons"]),
}


@pytest.fixture(scope="session")
def admin(service: Service) -> Iterator[requests.Session]:
    """Call with the administrator's key, to prepare what a client then uses."""
    with requests.Session() as session:
        session.headers["X-Emby-Token"] = service.admin_api_key
        yield session


@pytest.fixture
def account(service: Service, admin: requests.Session) -> Iterator[Account]:
    """Make an administrator's account for one test."""
    account = Account(f"client-{secrets.token_hex(6)}", secrets.token_urlsafe(12))
    made = admin.post(
        f"{service.base_url}/Users/New", json={"Name": account.name, "Password": account.password}, timeout=30
    )
    user = f"{service.base_url}/Users/{made.json()['Id']}"
    assert admin.post(f"{user}/Policy", json={"IsAdministrator": True}, timeout=30).status_code == 204
    yield account
    assert admin.delete(user, timeout=30).status_code == 204


@pytest.fixture
def item_id(service: Service, admin: requests.Session) -> Iterator[str]:
    """Make an item without images for one test."""
    made = admin.post(f"{service.base_url}/Items", json={"Name": "Metropolis", "Type": "Movie"}, timeout=30)
    item_id: str = made.json()["Id"]
    yield item_id
    assert admin.delete(f"{service.base_url}/Items/{item_id}", timeout=30).status_code == 204


@pytest.fixture
def remote_items(service: Service, admin: requests.Session) -> Iterator[list[RemoteItem]]:
    """Make an item of each kind that has artwork elsewhere, for one test."""
    items = []
    for item_type, (ids, providers) in REMOTE.items():
        body = {"Name": f"Remote {secrets.token_hex(6)}", "Type": item_type, "ProviderIds": ids}
        made = admin.post(f"{service.base_url}/Items", json=body, timeout=30)
        items.append(RemoteItem(made.json()["Id"], item_type, providers))
    yield items
    for item in items:
        assert admin.delete(f"{service.base_url}/Items/{item.id}", timeout=30).status_code == 204


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pictures that the clients upload."""
    folder = tmp_path_factory.mktemp("pictures")
    for colour in ("red", "green", "blue"):
        Image.new("RGB", (640, 360), colour).save(folder / f"{colour}.jpg")
    Image.linear_gradient("L").resize((400, 600)).convert("RGB").save(folder / "poster.png")
    Image.new("RGBA", (128, 128), (10, 200, 30, 128)).save(folder / "avatar.png")
    return folder
