"""An image index is digits alone: whatever else a client sends is refused, and no neighbour is met."""

from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image

from chalicelib.domain.images.owners import OwnerKey
from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import Answer, call

ITEM = "0123456789abcdef0123456789abcdef"
IMAGES = f"/Items/{ITEM}/Images"
BACKDROP = f"{IMAGES}/Backdrop"
LONG = "tag/Png/9/9/0/0"
WRONG = (
    "1.5",
    "0.5",
    "1.0",
    "1e0",
    "-1",
    "+1",
    "0x1",
    " 1",
    "1 ",
    " ",
    "\uff11",
    "1_0",
    "1" * 10,
    "first",
    "[0]",
)


def picture(width: int) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (width, 10), "teal").save(stream, "PNG")
    return stream.getvalue()


def send(method: str, url: str) -> Answer:
    if method != "POST" or "/Upload" in url:
        return call(method, url, headers=ADMIN)
    return call(method, url, headers=ADMIN | {"Content-Type": "image/png"}, body=picture(9))


@pytest.fixture(autouse=True)
def rows(world: World) -> World:
    world.add_item(ITEM)
    for width in (1, 2, 3):
        call("POST", BACKDROP, body=picture(width), headers=ADMIN | {"Content-Type": "image/png"})
    return world


def widths(world: World) -> list[int]:
    found = world.rows.find(OwnerKey.item(ITEM))
    return [image.facts.width for image in found.images] if found else []


def check_refused(answer: Answer, field: str, text: str) -> None:
    assert answer.status == 400, text
    assert list(answer.json()["errors"]) == [field], text
    assert "1 to 9 digits" in answer.json()["detail"], text


@pytest.mark.parametrize(
    ("method", "url"),
    [
        *((method, BACKDROP + "/{}") for method in ("GET", "POST", "DELETE")),
        *((method, BACKDROP + "?imageIndex={}") for method in ("GET", "POST", "DELETE")),
        ("GET", BACKDROP + "/{}/" + LONG),
        ("POST", BACKDROP + "/{}/Index?newIndex=0"),
        ("POST", BACKDROP + "/Upload?imageIndex={}"),
    ],
)
def test_what_is_no_index_is_refused_and_nothing_changes(world: World, method: str, url: str) -> None:
    for text in WRONG:
        check_refused(send(method, url.format(quote(text))), "imageIndex", text)
        assert widths(world) == [1, 2, 3], text


def test_an_image_moves_to_an_index_alone(world: World) -> None:
    for text in WRONG:
        check_refused(send("POST", f"{BACKDROP}/0/Index?newIndex={quote(text)}"), "newIndex", text)
        assert widths(world) == [1, 2, 3], text


@pytest.mark.parametrize("url", [BACKDROP + "/{}", BACKDROP + "?imageIndex={}", BACKDROP + "/{}/" + LONG])
def test_a_head_refuses_it_likewise(url: str) -> None:
    for text in WRONG:
        assert call("HEAD", url.format(quote(text))).status == 400, text


@pytest.mark.parametrize("place", ["/{}", "?imageIndex={}"])
def test_named_items_and_users_refuse_it_likewise(world: World, place: str) -> None:
    call("POST", "/Items", body={"Name": "UFA", "Type": "Studio"}, headers=ADMIN)
    user = world.add_user("anna").id
    for text in WRONG:
        wrong = place.format(quote(text))
        check_refused(send("GET", f"/Studios/UFA/Images/Backdrop{wrong}"), "imageIndex", text)
        for method in ("GET", "POST", "DELETE"):
            check_refused(send(method, f"/Users/{user}/Images/Primary{wrong}"), "imageIndex", text)


def test_an_empty_index_of_the_query_is_none() -> None:
    assert Image.open(BytesIO(call("GET", f"{BACKDROP}?imageIndex=").body)).width == 1
