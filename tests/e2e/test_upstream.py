"""The deployed stack in front of a stand-in Jellyfin, behind a door that splits paths as a CDN does."""

import os
import time
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from infra.demo.jellyfin.server import KEY, Trouble
from infra.demo.jellyfin.shelf import USER, ShelfItem
from tests.support.deployed_service import photo
from tests.support.media_tree import picture
from tests.support.upstream_stack import FRESH_SECONDS, UNKNOWN, Setting

MEMBER = {"X-Emby-Token": KEY}
AT_ONCE = 25
PICTURES = int(os.environ.get("FIRST_PICTURES", "10"))
MADE_UP = int(os.environ.get("MADE_UP", "80"))
"""Made-up ids, and as many tags: more than the bound of a minute. `make soak` has 50 pictures, 5,000 of each."""


@pytest.fixture(autouse=True)
def healthy(setting: Setting) -> Iterator[None]:
    yield
    setting.server.trouble = Trouble.NONE


@pytest.fixture(scope="module")
def stored(setting: Setting) -> list[ShelfItem]:
    """Let ten pictures be fetched."""
    films = [setting.film(f"Stored {number}") for number in range(10)]
    for film in films:
        assert setting.door.get(path_of(film)).status_code == 200
    return films


def path_of(item: ShelfItem) -> str:
    return f"/Items/{item.id}/Images/Primary"


def test_ten_first_requests_for_a_picture_are_one_fetch(setting: Setting) -> None:
    films = [setting.film(f"Film {number}") for number in range(PICTURES)]
    before = setting.fetches
    urls = [f"{path_of(film)}?tag={film.images['Primary'][0].tag}" for film in films for _ in range(10)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(setting.door.get, urls))
    assert {answer.status_code for answer in answers} == {200}
    stored = [film.images["Primary"][0].data for film in films for _ in range(10)]
    assert [answer.content for answer in answers] == stored
    assert setting.fetches - before == PICTURES


def test_pictures_are_made_and_kept_by_every_route(setting: Setting) -> None:
    film, shelf = setting.film("Metropolis"), setting.server.shelf
    person, user = shelf.add("Person", "Ada / Byron"), shelf.add(USER, "ada")
    for item in (person, user):
        shelf.put(item, "Primary", photo())
    before = setting.fetches
    small = setting.door.get(f"{path_of(film)}?maxWidth=100", accept="image/webp,*/*")
    assert (small.status_code, small.headers["Content-Type"]) == (200, "image/webp")
    again = setting.door.get(f"/emby/items/{film.id}/images/primary/0?MaxWidth=100", accept="image/webp,*/*")
    assert (again.content, again.headers["X-Image-Cache"]) == (small.content, "hit")
    assert setting.door.get("/Persons/Ada%20%2F%20Byron/Images/Primary").status_code == 200
    assert setting.door.get(f"/UserImage?userId={user.id}").status_code == 200
    assert setting.door.get(f"/Users/{user.id}/Images/Primary").status_code == 200
    assert setting.fetches - before == 3


def test_all_other_paths_lead_to_the_server(setting: Setting) -> None:
    assert setting.door.get("/System/Info/Public").json()["ServerName"] == "Stand-in"
    film = setting.film("Nosferatu")
    assert setting.door.get(f"/Items/{film.id}", x_emby_token=KEY).json()["Name"] == "Nosferatu"


def test_a_replaced_picture_is_shown_at_once_by_its_tag_and_soon_without(setting: Setting) -> None:
    film = setting.film("Dune")
    assert setting.door.get(path_of(film)).content == film.images["Primary"][0].data
    new = setting.server.shelf.put(film, "Primary", photo())
    setting.server.shelf.date(film, "Primary", 5)
    new = film.images["Primary"][0]
    assert setting.door.get(f"{path_of(film)}?tag={new.tag}").content == new.data
    setting.server.shelf.put(film, "Primary", photo())
    time.sleep(FRESH_SECONDS + 0.2)
    assert setting.door.get(path_of(film)).content == film.images["Primary"][0].data


def test_uploads_pass_through_and_are_seen_at_once(setting: Setting) -> None:
    film = setting.film("Faust")
    setting.door.get(path_of(film))
    sent = setting.door.call(
        "POST", path_of(film), data=b64encode(picture(7)), headers={**MEMBER, "Content-Type": "image/jpeg"}
    )
    assert sent.status_code == 204, sent.text
    assert setting.door.get(path_of(film)).content == picture(7)
    assert setting.door.get(f"/Items/{film.id}/Images").status_code == 401
    assert len(setting.door.get(f"/Items/{film.id}/Images", x_emby_token=KEY).json()) == 1
    assert setting.door.call("DELETE", path_of(film), headers=MEMBER).status_code == 204
    assert setting.door.get(path_of(film)).status_code == 404


def test_made_up_ids_and_tags_stay_within_their_bounds(setting: Setting, stored: list[ShelfItem]) -> None:
    """What this spends of the minute's bound is missing in the next one, which asks for nothing new."""
    film = stored[0]
    before, began = setting.fetches, time.monotonic()
    urls = [f"/Items/{number:032x}/Images/Primary" for number in range(MADE_UP)]
    urls += [f"{path_of(film)}?tag={number}" for number in range(MADE_UP)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = [answer.status_code for answer in pool.map(setting.door.get, urls)]
    assert statuses == [404] * MADE_UP + [200] * MADE_UP
    seconds = time.monotonic() - began
    assert setting.fetches - before <= UNKNOWN * (seconds // 60 + 2) + seconds / 10 + 1


def test_a_server_that_is_down_leaves_every_stored_picture(setting: Setting, stored: list[ShelfItem]) -> None:
    """The last test of the file: the server is left alone for half a minute after it."""
    setting.server.trouble = Trouble.SILENT
    time.sleep(FRESH_SECONDS + 0.2)
    for _ in range(4):
        answers = [setting.door.get(path_of(film)) for film in stored]
        assert [answer.content for answer in answers] == [film.images["Primary"][0].data for film in stored]
    assert {answer.headers["X-Image-Upstream"] for answer in answers} == {"stale"}
