"""A real client in front of another instance of this service, whose pictures come from a service here."""

from io import BytesIO
from pathlib import Path

import requests
from jellyfin_apiclient_python import JellyfinClient
from PIL import Image

from tests.support.home import Home, at_home
from tests.support.served_app import ITEM


def shown(url: str) -> tuple[str, tuple[int, int]]:
    answer = requests.get(url, timeout=30)
    assert answer.status_code == 200, answer.text
    assert "X-Image-Upstream" in answer.headers
    return answer.headers["Content-Type"], Image.open(BytesIO(answer.content)).size


def test_the_python_client_sets_shows_reorders_and_deletes(tmp_path: Path) -> None:
    with at_home(tmp_path) as home:
        use(home)


def use(home: Home) -> None:
    client = JellyfinClient()
    client.config.app("Client tests", "1.0.0", "Test device", "python-test-device")
    client.auth.connect_to_address(home.url)
    assert client.auth.login(home.url, "ada", "secret")["User"]["Name"] == "ada"
    api = client.jellyfin
    api.set_item_image(ITEM, str(home.pictures / "poster.png"))
    for colour in ("red", "green"):
        api.set_item_image(ITEM, str(home.pictures / f"{colour}.jpg"), image_type="Backdrop")
    tag = api.get_item(ITEM)["ImageTags"]["Primary"]
    assert shown(api.image_url(ITEM, tag=tag, max_width=100))[1] == (100, 150)
    assert shown(api.artwork(ITEM, "Primary", 200)) == ("image/jpeg", (200, 300))
    assert shown(api.artwork(ITEM, "Backdrop", 320, index=1)) == ("image/jpeg", (320, 180))
    first, second = (
        info["ImageTag"] for info in api.items(f"/{ITEM}/Images") if info["ImageType"] == "Backdrop"
    )
    api.items(f"/{ITEM}/Images/Backdrop/0/Index", "POST", params={"newIndex": 1})
    api.items(f"/{ITEM}/Images/Backdrop/0", "DELETE")
    left = [info["ImageTag"] for info in api.items(f"/{ITEM}/Images") if info["ImageType"] == "Backdrop"]
    assert (left, first != second) == ([first], True)
    user_id = api.get_user()["Id"]
    api.set_user_image(user_id, str(home.pictures / "avatar.png"))
    tag = api.get_user()["PrimaryImageTag"]
    assert shown(f"{home.url}/Users/{user_id}/Images/Primary?Format=original&Tag={tag}") == (
        "image/png",
        (128, 128),
    )
