"""What the browser finds: accounts of its own, an item to change, names that are hard to show."""

import base64
import os
import secrets
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from infra.deployment.page.pages import lay_down_pages
from infra.local.service import Service
from infra.places import PROJECT

SECONDS = 60
ODD_NAMES = ["<script>hacked = 1</script>", "אבג דהו", "東京物語", "  &amp; “quoted” 'names' ", "A" * 200]
NEW_POSTERS = 4
"""Pictures that nobody has looked at."""
LARGE = 20_100_000
"""Bytes of a picture that is too large for a request. Its pixels are few: other tests render large ones."""


@pytest.fixture(scope="session")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the page down as the function serves it, for applications over fakes."""
    folder = tmp_path_factory.mktemp("page") / "pages"
    lay_down_pages(PROJECT / "frontend", folder)
    return folder


@pytest.fixture(scope="session")
def admin(service: Service) -> Iterator[requests.Session]:
    """Call with the administrator's key, to prepare what the browser then uses."""
    with requests.Session() as session:
        session.headers["X-Emby-Token"] = service.admin_api_key
        yield session


@pytest.fixture(scope="module")
def setting(service: Service, admin: requests.Session) -> Iterator[dict[str, Any]]:
    """Describe the service to the browser's tests; what is made for them goes when they are done."""
    made = [_account(service, admin, is_administrator=True), _account(service, admin, is_administrator=False)]
    administrator, guest = made
    yield {
        "url": service.base_url,
        "key": service.admin_api_key,
        "name": administrator["name"],
        "password": administrator["password"],
        "guest": guest,
        "library": service.demo_items["Films"],
        "film": service.demo_items["Deep Field"],
        "own": list(service.demo_items.values()),
    }
    for account in made:
        admin.delete(f"{service.base_url}/Users/{account['id']}", timeout=SECONDS).raise_for_status()


@pytest.fixture(scope="module")
def things_to_change(
    service: Service, admin: requests.Session, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Make an item without images, a library of odd names, and pictures to send; each is for one of the tests."""
    tmp_path = tmp_path_factory.mktemp("things")
    film = {"Name": "Metropolis", "Type": "Movie", "ProviderIds": {"Tmdb": "19"}}
    item = _item(service, admin, film)
    library = _item(service, admin, {"Name": f"Odd {secrets.token_hex(4)}", "Type": "CollectionFolder"})
    made = [_item(service, admin, {"Name": name, "Type": "Movie", "ParentId": library}) for name in ODD_NAMES]
    large = tmp_path / "large.png"
    more = PngInfo()
    more.add(b"teSt", bytes(LARGE))
    Image.radial_gradient("L").resize((900, 600)).convert("RGB").save(large, pnginfo=more)
    shown = [name.strip() for name in ODD_NAMES]
    fresh = _item(service, admin, {"Name": f"Fresh {secrets.token_hex(4)}", "Type": "CollectionFolder"})
    for number in range(NEW_POSTERS):
        made.append(_item(service, admin, {"Name": f"New {number}", "Type": "Movie", "ParentId": fresh}))
        _poster(service, admin, made[-1])
    url = f"{service.base_url}/Items/Artwork?parentId={fresh}"
    posters = [one["Images"][0] for one in admin.get(url, timeout=SECONDS).json()["Items"]]
    media = tmp_path / f"Films {secrets.token_hex(4)}"
    _media_folder(media)
    sizes = {"poster": (40, 60), "wide": (64, 36), "one": (21, 12), "two": (22, 12), "three": (23, 12)}
    yield {
        "made": [item, library, fresh, *made],
        "item": item,
        "oddLibrary": library,
        "freshLibrary": fresh,
        "newPosters": NEW_POSTERS,
        "newTags": [poster["ImageTag"] for poster in posters],
        "oddNames": shown,
        "large": str(large),
        "media": str(media),
        "mediaName": media.name,
        "png": {name: in_base64(png(size)) for name, size in sizes.items()},
    }
    for one in (item, library, fresh, *_libraries(service, admin, media.name)):
        admin.delete(f"{service.base_url}/Items/{one}", timeout=SECONDS).raise_for_status()


def _account(service: Service, admin: requests.Session, *, is_administrator: bool) -> dict[str, str]:
    account = {"name": f"browser-{secrets.token_hex(6)}", "password": secrets.token_urlsafe(12)}
    body = {"Name": account["name"], "Password": account["password"]}
    made = admin.post(f"{service.base_url}/Users/New", json=body, timeout=SECONDS)
    account["id"] = made.json()["Id"]
    policy = {"IsAdministrator": is_administrator}
    url = f"{service.base_url}/Users/{account['id']}/Policy"
    admin.post(url, json=policy, timeout=SECONDS).raise_for_status()
    return account


def _item(service: Service, admin: requests.Session, body: dict[str, Any]) -> str:
    made = admin.post(f"{service.base_url}/Items", json=body, timeout=SECONDS)
    made.raise_for_status()
    return str(made.json()["Id"])


def _media_folder(folder: Path) -> None:
    """Write the pictures of two films, a file that is no picture, and one that belongs to nothing."""
    files = {
        "Metropolis (1927)/poster.png": png((40, 60)),
        "Metropolis (1927)/fanart.png": png((64, 36)),
        "Woman in the Moon (1929)/poster.png": png((42, 63)),
        "broken (1929)/poster.png": b"no picture",
        "Metropolis (1927)/stray.png": png((20, 20)),
    }
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _libraries(service: Service, admin: requests.Session, name: str) -> list[str]:
    views = admin.get(f"{service.base_url}/UserViews", timeout=SECONDS).json()["Items"]
    return [view["Id"] for view in views if view["Name"] == name]


def _poster(service: Service, admin: requests.Session, item: str) -> None:
    """Give an item a poster of its own, of a real one's size."""
    picture = Image.frombytes("L", (100, 150), os.urandom(100 * 150)).resize((1000, 1500)).convert("RGB")
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=80)
    url = f"{service.base_url}/Items/{item}/Images/Primary"
    headers = {"Content-Type": "image/jpeg"}
    admin.post(url, data=stream.getvalue(), headers=headers, timeout=SECONDS).raise_for_status()


def png(size: tuple[int, int]) -> bytes:
    """Draw a picture of a size."""
    stream = BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(stream, "PNG")
    return stream.getvalue()


def in_base64(data: bytes) -> str:
    """Return bytes as text for a setting."""
    return base64.b64encode(data).decode()
