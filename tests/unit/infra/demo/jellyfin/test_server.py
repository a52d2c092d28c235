"""The stand-in answers as Jellyfin documents."""

import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO

import pytest
import requests
from PIL import Image

from infra.demo.jellyfin.__main__ import demo_shelf
from infra.demo.jellyfin.server import CONTROL, KEY, JellyfinServer, Trouble, serving
from infra.demo.jellyfin.shelf import USER, Shelf, ShelfItem
from tests.support.media_tree import picture

MEMBER = {"X-Emby-Token": KEY}


@pytest.fixture
def server() -> Iterator[JellyfinServer]:
    with serving(Shelf()) as running:
        yield running


@pytest.fixture
def dune(server: JellyfinServer) -> ShelfItem:
    films = server.shelf.add("CollectionFolder", "Films")
    item = server.shelf.add("Movie", "Dune", films, ProductionYear=2021)
    server.shelf.put(item, "Primary", picture(1))
    server.shelf.put(item, "Backdrop", picture(2))
    return item


def get(server: JellyfinServer, path: str, **headers: str) -> requests.Response:
    return requests.get(server.url + path, headers=headers, timeout=10)


def test_images_are_for_everybody_and_lists_for_members(server: JellyfinServer, dune: ShelfItem) -> None:
    assert get(server, f"/Items/{dune.id}/Images/Primary").content == picture(1)
    assert get(server, f"/emby/items/{dune.id}/images/primary/0").status_code == 200
    assert get(server, f"/Items/{dune.id}/Images").status_code == 401
    listed = requests.get(f"{server.url}/Items/{dune.id}/Images", headers=MEMBER, timeout=10).json()
    assert [(image["ImageType"], image.get("ImageIndex")) for image in listed] == [
        ("Primary", None),
        ("Backdrop", 0),
    ]
    assert get(server, "/Items", Authorization=f'MediaBrowser Client="x", Token="{KEY}"').status_code == 200
    assert get(server, f"/Items?api_key={KEY}").status_code == 200


@pytest.mark.parametrize("path", ["Logo", "Backdrop/1", "Backdrop/-1", "Nothing"])
def test_what_there_is_not_is_a_404_or_a_400(server: JellyfinServer, dune: ShelfItem, path: str) -> None:
    assert get(server, f"/Items/{dune.id}/Images/{path}").status_code in {400, 404}
    assert get(server, f"/Items/{'0' * 32}/Images/Primary").status_code == 404


def test_a_list_has_pages_tags_and_parents(server: JellyfinServer, dune: ShelfItem) -> None:
    query = f"/Items?recursive=true&includeItemTypes=Movie&parentId={dune.facts['ParentId']}&limit=1"
    page = requests.get(server.url + query, headers=MEMBER, timeout=10).json()
    assert (page["TotalRecordCount"], page["Items"][0]["Name"]) == (1, "Dune")
    assert page["Items"][0]["ImageTags"] == {"Primary": dune.images["Primary"][0].tag}
    assert page["Items"][0]["BackdropImageTags"] == [dune.images["Backdrop"][0].tag]
    assert requests.get(f"{server.url}/Items?startIndex=5", headers=MEMBER, timeout=10).json()["Items"] == []


def test_an_image_is_validated_by_its_tag_or_its_time(server: JellyfinServer, dune: ShelfItem) -> None:
    path = f"/Items/{dune.id}/Images/Primary"
    first = get(server, f"{path}?tag=abc")
    assert (first.headers["ETag"], "immutable" in first.headers["Cache-Control"]) == ('"abc"', True)
    assert get(server, f"{path}?tag=abc", **{"If-None-Match": '"abc"'}).status_code == 304
    since = get(server, path).headers["Last-Modified"]
    assert get(server, path, **{"If-Modified-Since": since}).status_code == 304
    assert "ETag" not in get(server, path).headers


def test_a_smaller_image_is_drawn_as_the_caller_takes_it(server: JellyfinServer, dune: ShelfItem) -> None:
    answer = get(server, f"/Items/{dune.id}/Images/Primary?maxWidth=12", Accept="image/webp,*/*")
    assert answer.headers["Content-Type"] == "image/webp"
    with Image.open(BytesIO(answer.content)) as small:
        assert small.size == (12, 12)


def test_a_changed_picture_has_another_tag(server: JellyfinServer, dune: ShelfItem) -> None:
    before = dune.images["Primary"][0].tag
    server.shelf.put(dune, "Primary", picture(3))
    assert dune.images["Primary"][0].tag != before


def test_members_change_images(server: JellyfinServer, dune: ShelfItem) -> None:
    url = f"{server.url}/Items/{dune.id}/Images/Backdrop"
    body, kind = b64encode(picture(4)), {"Content-Type": "image/jpeg"}
    assert requests.post(url, body, headers=kind, timeout=10).status_code == 401
    assert requests.post(url, body, headers={**kind, **MEMBER}, timeout=10).status_code == 204
    assert requests.get(f"{url}/1", timeout=10).content == picture(4)
    assert requests.delete(f"{url}/0", headers=MEMBER, timeout=10).status_code == 204
    assert [image.data for image in dune.images["Backdrop"]] == [picture(4)]


def test_a_server_in_trouble(server: JellyfinServer, dune: ShelfItem) -> None:
    server.trouble = Trouble.DOWN
    assert get(server, f"/Items/{dune.id}/Images/Primary").status_code == 503
    server.trouble = Trouble.SILENT
    with pytest.raises(requests.ConnectionError):
        get(server, "/System/Info/Public")
    server.trouble, server.slow_seconds = Trouble.SLOW, 0.1
    assert get(server, "/System/Info/Public").json()["Version"]
    assert server.asked[-1] == "GET /System/Info/Public"


def test_users_have_one_image_each(server: JellyfinServer) -> None:
    user = server.shelf.add(USER, "ada")
    server.shelf.put(user, "Primary", picture(5))
    for path in (f"/Users/{user.id}/Images/Primary", f"/UserImage?userId={user.id}"):
        assert get(server, path).content == picture(5)
    assert get(server, f"/Items/{user.id}/Images/Primary").status_code == 404
    (listed,) = requests.get(f"{server.url}/Users", headers=MEMBER, timeout=10).json()
    assert listed["PrimaryImageTag"] == user.images["Primary"][0].tag
    assert requests.get(f"{server.url}/Items", headers=MEMBER, timeout=10).json()["Items"] == []


def test_images_change_places(server: JellyfinServer, dune: ShelfItem) -> None:
    server.shelf.put(dune, "Backdrop", picture(6), index=9)
    url = f"{server.url}/Items/{dune.id}/Images/Backdrop/0/Index?newIndex=1"
    assert requests.post(url, timeout=10).status_code == 401
    assert requests.post(url, headers=MEMBER, timeout=10).status_code == 204
    assert [image.data for image in dune.images["Backdrop"]] == [picture(6), picture(2)]


def test_it_tells_what_it_was_asked_and_takes_troubles(server: JellyfinServer, dune: ShelfItem) -> None:
    get(server, f"/Items/{dune.id}/Images/Primary")
    get(server, "/System/Info/Public")
    told = get(server, CONTROL).json()
    assert (told["pictures"], len(told["asked"]), told["trouble"]) == (1, 2, "")
    assert requests.put(server.url + CONTROL, "down", timeout=10).status_code == 204
    assert get(server, "/System/Info/Public").status_code == 503
    assert requests.put(server.url + CONTROL, "", timeout=10).status_code == 204
    assert get(server, "/System/Info/Public").status_code == 200


def test_as_a_program_it_serves_until_it_is_stopped() -> None:
    arguments = [sys.executable, "-m", "infra.demo.jellyfin", "0", "--empty"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own program
        assert process.stdout
        url, key = process.stdout.readline().split()
        assert requests.get(f"{url}/Items", headers={"X-Emby-Token": key}, timeout=10).json()["Items"] == []
        process.terminate()
    assert process.returncode == 0


def test_the_demo_library_is_on_its_shelf() -> None:
    shelf = demo_shelf()
    films = shelf.listed(frozenset({"Movie"}), "", recursive=True)
    assert len(films) > 10
    assert all(film.images["Primary"] for film in films if film.facts["Name"] != "Salt")
