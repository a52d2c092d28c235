"""The picture behind the login screen: sent by an administrator, else made of the library's artwork by event."""

import base64
from io import BytesIO

import pytest
from PIL import Image, ImageStat

from chalicelib.domain.images.owners import SPLASHSCREEN as SPLASHSCREEN_OWNER
from chalicelib.events.originals import originals_changed
from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import Answer, Context, call
from tests.support.notifications import batch, deliver_all

SPLASHSCREEN = "/Branding/Splashscreen"
pytestmark = pytest.mark.usefixtures("world")

RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (400, 600)) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def add_film(name: str, colour: tuple[int, int, int], image_type: str = "Primary") -> None:
    item = call("POST", "/Items", body={"Name": name, "Type": "Movie"}, headers=ADMIN).json()["Id"]
    size = (640, 360) if image_type == "Backdrop" else (400, 600)
    url = f"/Items/{item}/Images/{image_type}"
    assert call("POST", url, body=picture(colour, size), headers=ADMIN).status == 204


def get(query: str = "") -> Answer:
    return call("GET", SPLASHSCREEN + query)


def mean(answer: Answer) -> list[float]:
    assert answer.status == 200, answer.body
    return ImageStat.Stat(Image.open(BytesIO(answer.body)).convert("RGB")).mean


def test_there_is_none_before_there_is_artwork(world: World) -> None:
    call("POST", "/Items", body={"Name": "Alien", "Type": "Movie"}, headers=ADMIN)
    deliver_all(world)
    answer = get()
    assert answer.status == 404
    assert "first poster" in answer.json()["detail"]


@pytest.mark.parametrize("image_type", ["Primary", "Backdrop"])
def test_one_is_made_of_posters_or_backdrops_when_they_arrive(world: World, image_type: str) -> None:
    add_film("Alien", RED, image_type)
    assert get().status == 404
    assert deliver_all(world) == []
    answer = get()
    assert answer.headers["content-type"] == "image/jpeg"
    assert Image.open(BytesIO(answer.body)).size == (1920, 1080)
    red, _, blue = mean(answer)
    assert red > 2 * blue


def test_it_changes_with_the_library_but_not_at_once(world: World) -> None:
    add_film("Alien", RED)
    deliver_all(world)
    before = get().headers["etag"]
    add_film("Brazil", BLUE)
    deliver_all(world)
    assert get().headers["etag"] == before
    world.time.advance(minutes=6)
    deliver_all(world)
    assert get().headers["etag"] != before
    red, _, blue = mean(get())
    assert abs(red - blue) < 20


def test_the_picture_that_was_made_before_is_let_go(world: World) -> None:
    add_film("Alien", RED)
    posters = set(world.blobs_of_originals.keys)
    deliver_all(world)
    (made,) = set(world.blobs_of_originals.keys) - posters
    add_film("Brazil", BLUE)
    world.time.advance(minutes=6)
    deliver_all(world)
    assert made in world.messages.messages


def test_it_goes_with_the_last_of_the_library(world: World) -> None:
    add_film("Alien", RED)
    deliver_all(world)
    (item,) = call("GET", "/Items?recursive=true", headers=ADMIN).json()["Items"]
    assert call("DELETE", f"/Items/{item['Id']}", headers=ADMIN).status == 204
    while released := world.messages.messages:
        bodies = [{"released": original} for original in released]
        released.clear()
        assert originals_changed(batch(bodies), Context()) == {"batchItemFailures": []}
    assert get().status == 404
    assert world.rows.rows[SPLASHSCREEN_OWNER].images == ()


def test_the_picture_that_was_sent_goes_before_and_its_removal_shows_the_other(world: World) -> None:
    add_film("Alien", RED)
    deliver_all(world)
    made = get().headers["etag"]
    body = base64.b64encode(picture(BLUE, (800, 450)))
    sent = call("POST", SPLASHSCREEN, body=body, headers=ADMIN | {"Content-Type": "image/png"})
    assert sent.status == 204
    assert get().body == picture(BLUE, (800, 450))
    assert call("DELETE", SPLASHSCREEN, headers=ADMIN).status == 204
    assert get().headers["etag"] == made
    assert call("DELETE", SPLASHSCREEN, headers=ADMIN).status == 204


def test_its_parameters_are_jellyfins() -> None:
    sent = call("POST", SPLASHSCREEN, body=picture(BLUE, (800, 450)), headers=ADMIN)
    assert sent.status == 204
    converted = get("?format=Webp&width=100&quality=1")
    assert converted.headers["content-type"] == "image/webp"
    assert Image.open(BytesIO(converted.body)).size == (800, 450)
    etag = get().headers["etag"]
    assert call("GET", SPLASHSCREEN, headers={"If-None-Match": etag}).status == 304
    assert call("HEAD", SPLASHSCREEN).status == 200
    assert get("?format=none").status == 200


@pytest.mark.parametrize("body", [b"no picture", b"", picture(RED)[:60]])
def test_what_is_no_picture_is_refused_and_changes_nothing(body: bytes) -> None:
    call("POST", SPLASHSCREEN, body=picture(BLUE), headers=ADMIN)
    before = get().headers["etag"]
    assert call("POST", SPLASHSCREEN, body=body, headers=ADMIN).status == 400
    assert get().headers["etag"] == before


def test_one_broken_poster_does_not_keep_the_others_from_it(world: World) -> None:
    add_film("Alien", RED)
    add_film("Brazil", BLUE)
    lost = world.blobs_of_originals.keys[0]
    world.blobs_of_originals.delete([lost])
    deliver_all(world)
    assert get().status == 200
