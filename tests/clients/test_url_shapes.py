"""The shapes of image URLs that jellyfin-web, Kodi and others build, each sent as they send it."""

from io import BytesIO
from pathlib import Path

import pytest
import requests
from PIL import Image

from infra.local.service import Service

POSTER, BACKDROP = (400, 600), (640, 360)


@pytest.fixture
def shown_item(service: Service, admin: requests.Session, item_id: str, pictures: Path) -> str:
    """Give the item its images."""
    for name, image_type in (("poster.png", "Primary"), ("red.jpg", "Backdrop"), ("green.jpg", "Backdrop")):
        url = f"{service.base_url}/Items/{item_id}/Images/{image_type}"
        assert admin.post(url, data=(pictures / name).read_bytes(), timeout=30).status_code == 204
    return item_id


@pytest.mark.parametrize(
    ("url", "size"),
    [
        pytest.param(
            "/Items/{}/Images/Primary?fillHeight=324&fillWidth=216&quality=96&tag=T", (216, 324), id="card"
        ),
        pytest.param("/Items/{}/Images/Primary?fillWidth=80&fillHeight=80&tag=T", (80, 120), id="list"),
        pytest.param("/Items/{}/Images/Backdrop/1?tag=T&maxWidth=320&quality=80", (320, 180), id="backdrop"),
        pytest.param("/Items/{}/Images/Backdrop/0?tag=T&quality=100", BACKDROP, id="slideshow"),
        pytest.param("/Items/{}/Images/Primary?height=80&tag=T&quality=90", (53, 80), id="logo"),
        pytest.param("/Items/{}/Images/Primary?maxHeight=300", (200, 300), id="now playing"),
        pytest.param("/Items/{}/Images/Primary?maxHeight=3000", POSTER, id="media session"),
        pytest.param(
            "/Items/{}/Images/Primary?maxWidth=357.5", (358, 537), id="fraction of an older web client"
        ),
        pytest.param(
            "/Items/{}/Images/Primary/0?Format=original&Tag=T&Quality=90&EnableImageEnhancers=false&MaxHeight=300",
            (200, 300),
            id="kodi",
        ),
        pytest.param("/Items/{}/Images/Backdrop/1?Format=original&Tag=T", BACKDROP, id="kodi backdrop"),
        pytest.param(
            "/Items/{}/Images/Primary/0?Format=original&MaxWidth=400&MaxHeight=400&Index=0",
            (267, 400),
            id="kodi people",
        ),
        pytest.param("/items/{}/images/Backdrop/0?MaxWidth=320&format=jpg", (320, 180), id="python client"),
        pytest.param("/emby/Items/{}/Images/Primary?maxWidth=100", (100, 150), id="old prefix"),
        pytest.param("/Items/{}/Images/Primary/0/T/Jpg/300/300/0/0", (200, 300), id="long path"),
    ],
)
def test_the_url_of_a_client_gets_its_picture(
    service: Service, admin: requests.Session, shown_item: str, url: str, size: tuple[int, int]
) -> None:
    listed = admin.get(f"{service.base_url}/Items/{shown_item}/Images", timeout=30).json()
    index = 1 if "/Backdrop/1" in url else 0
    tags = [image["ImageTag"] for image in listed if f"/Images/{image['ImageType']}".lower() in url.lower()]
    url = url.format(shown_item).replace("ag=T", f"ag={tags[index]}").replace("/T/", f"/{tags[index]}/")
    answer = requests.get(service.base_url + url, timeout=30)
    assert answer.status_code == 200, answer.text
    assert Image.open(BytesIO(answer.content)).size == size
    assert answer.headers["Content-Type"] in {"image/jpeg", "image/png"}
    expected = "public, max-age=31536000, immutable" if tags[index] in url else "public"
    assert answer.headers["Cache-Control"] == expected
