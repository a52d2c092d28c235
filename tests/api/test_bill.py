"""What strangers can cost is bounded, by rules that no client meets: each test is an attack."""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image

from chalicelib.container import override_container
from chalicelib.settings import Settings
from tests.support.fakes.world import ADMIN, SETTINGS, World
from tests.support.gateway import Answer, call
from tests.support.pictures import encoded, scene

ITEMS = [f"{number:032x}" for number in range(1, 6)]
LARGE = encoded(Image.frombytes("RGB", (900, 900), os.urandom(900 * 900 * 3)), "PNG")
"""2.4 MB, which no encoder makes smaller."""


def primary(item: str) -> str:
    return f"/Items/{item}/Images/Primary"


@pytest.fixture
def settings() -> Settings:
    return SETTINGS


@pytest.fixture
def stocked(settings: Settings) -> Iterator[World]:
    """Install a world with a few large pictures, each its own."""
    world = World(replace(settings, popular=""))
    with override_container(world.container):
        for number, item in enumerate(ITEMS):
            world.add_item(item)
            data = LARGE if number == 0 else _photograph(number)
            kind = "image/png" if number == 0 else "image/jpeg"
            answer = call("POST", primary(item), body=data, headers=ADMIN | {"Content-Type": kind})
            assert answer.status == 204
        yield world


@cache
def _photograph(number: int) -> bytes:
    return encoded(scene(1000 + number, 1500))


def statuses(*answers: Answer) -> list[int]:
    return [answer.status for answer in answers]


@pytest.mark.parametrize("settings", [replace(SETTINGS, max_rendered_megapixels=30)])
def test_the_dearest_form_of_every_picture_ends_at_the_budget_of_all(stocked: World) -> None:
    """Each is 1.5 megapixels read, and as many written at eight times the price: 14 of 30 a minute."""
    answers = [call("GET", f"{primary(item)}?format=Avif&quality=90") for item in ITEMS[1:]]
    assert statuses(*answers) == [200, 200, 200, 429]
    refused = answers[-1]
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    badge = f"{primary(ITEMS[4])}?maxWidth=100&unplayedCount=3"
    assert call("GET", badge).status == 429
    assert call("GET", f"{primary(ITEMS[1])}?format=Avif&quality=90").headers["x-image-cache"] == "hit"
    assert call("HEAD", f"{primary(ITEMS[4])}?format=Avif&quality=90").status == 200
    stocked.time.advance(seconds=int(refused.headers["retry-after"]))
    assert statuses(call("GET", badge), call("GET", f"{primary(ITEMS[4])}?format=Avif")) == [200, 200]


@pytest.mark.parametrize("settings", [replace(SETTINGS, max_unstored_megapixels=40)])
@pytest.mark.usefixtures("stocked")
def test_one_picture_past_what_is_stored_ends_by_the_price_of_its_format() -> None:
    """A blur in AVIF was one megapixel and a half to the budget, and is fourteen."""
    urls = [f"{primary(ITEMS[1])}?format=Avif&blur={blur}" for blur in range(1, 6)]
    assert statuses(*(call("GET", url) for url in urls)) == [200, 200, 200, 429, 429]


@pytest.mark.parametrize("settings", [replace(SETTINGS, max_public_picture_bytes=2_000_000)])
@pytest.mark.usefixtures("stocked")
def test_a_picture_above_a_size_is_for_who_signs_in() -> None:
    refused = call("GET", primary(ITEMS[0]))
    assert (refused.status, refused.headers["content-type"]) == (401, "application/problem+json")
    assert "2 MB" in refused.json()["detail"]
    assert call("GET", primary(ITEMS[0]), headers={"X-Emby-Token": "wrong"}).status == 401
    assert call("GET", primary(ITEMS[0]), headers=ADMIN).status == 200
    assert statuses(call("HEAD", primary(ITEMS[0])), call("GET", f"{primary(ITEMS[0])}?maxWidth=500")) == [
        200,
        200,
    ]


@pytest.mark.parametrize("settings", [replace(SETTINGS, max_public_megabytes=32, max_inline_bytes=1_500_000)])
@pytest.mark.parametrize("query", ["", "?format=Png&maxWidth=880"])
def test_strangers_are_sent_so_much_of_an_image_in_a_minute(stocked: World, query: str) -> None:
    """The share of an image is 4 of 32 MB: two pictures; each was a redirect to S3, as often as asked for."""
    url = primary(ITEMS[0]) + query
    assert statuses(*(call("GET", url) for _ in range(3))) == [302, 302, 429]
    assert call("GET", url, headers=ADMIN).status == 302
    small = call("GET", f"{primary(ITEMS[0])}?maxWidth=100")
    assert small.status == 200
    stocked.time.advance(seconds=60)
    assert call("GET", url).status == 302


@pytest.mark.parametrize("settings", [replace(SETTINGS, max_public_megabytes=8)])
def test_strangers_are_sent_so_much_of_all_images_in_a_minute(stocked: World) -> None:
    other = "f" * 32
    stocked.add_item(other)
    data = encoded(Image.frombytes("RGB", (800, 800), os.urandom(800 * 800 * 3)), "PNG")
    assert (
        call("POST", primary(other), body=data, headers=ADMIN | {"Content-Type": "image/png"}).status == 204
    )
    spent = stocked.container.images.public_traffic
    for tag in map(str, range(6)):
        spent.count(tag, 1_900_000)
    assert call("GET", primary(other)).status == 200  # 7 of 8 MB
    spent.count("more", 1_900_000)
    assert call("GET", primary(ITEMS[0])).status == 429


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("settings", [replace(SETTINGS, max_inline_bytes=1_500_000)])
def test_a_url_of_s3_is_good_for_two_minutes() -> None:
    """Within its time a URL can be used any number of times, so an attacker needs one."""
    answer = call("GET", primary(ITEMS[0]))
    assert "seconds=120" in answer.headers["location"]
    assert answer.headers["cache-control"] == "private, max-age=60"
