"""jellyfin-apiclient-python, as Kodi and mpv shims use it."""

from io import BytesIO
from pathlib import Path

import pytest
import requests
from jellyfin_apiclient_python import JellyfinClient
from PIL import Image

from infra.local.service import Service
from tests.clients.conftest import Account


@pytest.fixture
def client(service: Service, account: Account) -> JellyfinClient:
    """Sign in."""
    client = JellyfinClient()
    client.config.app("Client tests", "1.0.0", "Test device", "python-test-device")
    client.config.data["auth.ssl"] = True
    client.auth.connect_to_address(service.base_url)
    result = client.auth.login(service.base_url, account.name, account.password)
    assert result["User"]["Name"] == account.name
    return client


def _shown(url: str) -> tuple[str, tuple[int, int]]:
    answer = requests.get(url, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.headers["Content-Type"], Image.open(BytesIO(answer.content)).size


def test_item_images_are_set_and_their_urls_work(
    client: JellyfinClient, item_id: str, pictures: Path
) -> None:
    api = client.jellyfin
    api.set_item_image(item_id, str(pictures / "poster.png"))
    for colour in ("red", "green"):
        api.set_item_image(item_id, str(pictures / f"{colour}.jpg"), image_type="Backdrop")
    item = api.get_item(item_id)
    assert len(item["BackdropImageTags"]) == 2
    tag = item["ImageTags"]["Primary"]
    assert _shown(api.image_url(item_id, tag=tag, max_width=100))[1] == (100, 150)
    assert _shown(api.image_url(item_id, fill_width=90, fill_height=90))[1] == (90, 135)
    assert _shown(api.artwork(item_id, "Primary", 200)) == ("image/jpeg", (200, 300))
    kind, size = _shown(api.artwork(item_id, "Backdrop", 320, index=1))
    assert (kind, size) == ("image/jpeg", (320, 180))


def test_item_images_are_listed_reordered_and_deleted(
    client: JellyfinClient, item_id: str, pictures: Path
) -> None:
    api = client.jellyfin
    for colour in ("red", "green"):
        api.set_item_image(item_id, str(pictures / f"{colour}.jpg"), image_type="Backdrop")
    first, second = (info["ImageTag"] for info in api.items(f"/{item_id}/Images"))
    api.items(f"/{item_id}/Images/Backdrop/0/Index", "POST", params={"newIndex": 1})
    assert [info["ImageTag"] for info in api.items(f"/{item_id}/Images")] == [second, first]
    api.items(f"/{item_id}/Images/Backdrop/0", "DELETE")
    assert [info["ImageTag"] for info in api.items(f"/{item_id}/Images")] == [first]


def test_a_user_image_is_set_and_listed(client: JellyfinClient, service: Service, pictures: Path) -> None:
    api = client.jellyfin
    user_id = api.get_user()["Id"]
    api.set_user_image(user_id, str(pictures / "avatar.png"))
    tag = api.get_user()["PrimaryImageTag"]
    url = f"{service.base_url}/Users/{user_id}/Images/Primary?Format=original&Tag={tag}"
    assert _shown(url) == ("image/png", (128, 128))
