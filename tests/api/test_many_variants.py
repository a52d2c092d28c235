"""One image in very many forms: a bound limits what is stored and how often, never what a picture looks like."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import product
from time import process_time

import pytest
from PIL import Image, ImageChops, ImageStat

from chalicelib.container import override_container
from chalicelib.domain.deadline import NO_DEADLINE
from chalicelib.domain.images.originals import original_key
from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
from chalicelib.domain.variants.plan import make_plan
from chalicelib.imaging.renderer import PillowRenderer
from chalicelib.settings import Settings
from tests.support.fakes.world import ADMIN, SETTINGS, World
from tests.support.gateway import Answer, call
from tests.support.pictures import encoded, scene

ITEM = "0123456789abcdef0123456789abcdef"
PRIMARY = f"/Items/{ITEM}/Images/Primary"
POSTER = encoded(scene(700, 1050), quality=95)
"""It has a ladder of two steps, as larger ones have."""
SIZES = int(os.environ.get("VARIANT_SIZES", "300"))
"""How many sizes are asked of one image; ten thousand take some minutes."""
BOUND = 20
BADGES = [*product(range(40, 0, -1), (200, 300, 400))]
BADGE_FORMATS = {"Jpg": "JPEG", "Webp": "WEBP"}
"""What a badge is drawn in, by the name of a request and Pillow's."""


@pytest.fixture
def settings() -> Settings:
    return replace(SETTINGS, max_variants_per_image=BOUND, popular="")


@pytest.fixture
def stocked(settings: Settings) -> Iterator[World]:
    """Install a world with a poster and its ladder."""
    world = World(settings)
    world.add_item(ITEM)
    with override_container(world.container):
        assert (
            call("POST", PRIMARY, body=POSTER, headers=ADMIN | {"Content-Type": "image/jpeg"}).status == 204
        )
        world.images.processing.process(original_key(POSTER), NO_DEADLINE)
        yield world


def stored(world: World) -> int:
    return sum(not key.startswith("steps/") for key in world.blobs_of_variants.keys)


def opened(answer: Answer) -> Image.Image:
    assert answer.status == 200, answer
    return Image.open(BytesIO(answer.body))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return by how much of 255 two pictures differ in the mean."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def test_any_number_of_sizes_stores_no_more_than_the_bound(stocked: World) -> None:
    asked = [(10 + n % 690, 1 + n // 690) for n in range(SIZES)]
    begun, statuses = process_time(), Counter[int]()
    for width, quality in asked:
        answer = call("GET", f"{PRIMARY}?width={width}&height={width}&quality={100 - quality}")
        statuses[answer.status] += 1
        if answer.status == 200:
            assert opened(answer).size == (width, width)
        else:
            assert (answer.status, 1 <= int(answer.headers["retry-after"]) <= 60) == (429, True)
            stocked.time.advance(seconds=int(answer.headers["retry-after"]))
    print(  # noqa: T201  # the figures of a large run, by `pytest -s`
        f"{SIZES} sizes: {process_time() - begun:.1f} s of a core, {dict(statuses)}, {stored(stocked)} stored"
    )
    assert stored(stocked) == BOUND


@pytest.mark.parametrize("query", ["width=222", "maxWidth=222&quality=50", "fillWidth=99&format=Webp"])
def test_past_the_bound_an_answer_is_as_before_it(stocked: World, query: str) -> None:
    tag = call("HEAD", PRIMARY).headers["etag"][1:33]
    url = f"{PRIMARY}?{query}&tag={tag}"
    before = call("GET", url)
    for width in range(10, 10 + BOUND):
        call("GET", f"{PRIMARY}?width={width}")
    stocked.variants_store.delete([key for key in stocked.blobs_of_variants.keys if "steps/" not in key])
    after = call("GET", url)
    assert (after.status, after.body, after.headers) == (200, before.body, before.headers)
    assert call("HEAD", url).headers["etag"] == after.headers["etag"]
    assert call("GET", url, headers={"If-None-Match": after.headers["etag"]}).status == 304
    assert stored(stocked) == 0


def test_a_badge_is_drawn_in_every_answer_and_stores_nothing(stocked: World) -> None:
    renderer, facts = PillowRenderer(), PillowRenderer().probe(POSTER)
    plain = {
        (width, fmt): opened(call("GET", f"{PRIMARY}?maxWidth={width}&format={fmt}"))
        for (_, width), fmt in product(BADGES[:3], BADGE_FORMATS)
    }
    before = stored(stocked)
    for count, width in BADGES:
        options = ImageProcessingOptions(
            max_width=width, unplayed_count=count, quality=100, format=RequestedFormat.JPG
        )
        plan = make_plan(facts, options)
        assert plan
        expected = Image.open(BytesIO(renderer.render(POSTER, plan, NO_DEADLINE).data))
        corner = (width - 60, 0, width, 60)
        for fmt, name in BADGE_FORMATS.items():
            shown = opened(call("GET", f"{PRIMARY}?maxWidth={width}&format={fmt}&unplayedCount={count}"))
            assert shown.format == name
            assert difference(shown, expected) < 3
            assert difference(shown.crop(corner), expected.crop(corner)) < 5
            assert difference(shown.crop(corner), plain[width, fmt].crop(corner)) > 10
    assert len(BADGES) * len(BADGE_FORMATS) == 240
    assert stored(stocked) == before


@pytest.mark.parametrize("drawn", ["unplayedCount=3", "percentPlayed=40", "blur=4", "foregroundLayer=0.5"])
def test_what_is_drawn_over_has_the_validators_and_caching_of_any_answer(stocked: World, drawn: str) -> None:
    tag = call("HEAD", PRIMARY).headers["etag"][1:33]
    url = f"{PRIMARY}?maxWidth=200&{drawn}&tag={tag}"
    first, second = call("GET", url), call("GET", url)
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (first.body, first.headers) == (second.body, second.headers)
    assert call("GET", url, headers={"If-None-Match": first.headers["etag"]}).status == 304
    assert stored(stocked) == 0


@pytest.mark.parametrize("settings", [replace(SETTINGS, max_unstored_megapixels=5)])
def test_who_asks_for_too_much_is_told_when_to_come_back(stocked: World) -> None:
    answers = [call("GET", f"{PRIMARY}?maxWidth=200&unplayedCount={count}") for count in range(1, 9)]
    assert [answer.status for answer in answers] == [200] * 5 + [429] * 3
    refused = answers[-1]
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert "try again in" in refused.json()["detail"]
    assert call("HEAD", f"{PRIMARY}?maxWidth=200&unplayedCount=9").status == 200
    assert call("GET", f"{PRIMARY}?maxWidth=200").status == 200
    stocked.time.advance(seconds=int(refused.headers["retry-after"]))
    assert call("GET", f"{PRIMARY}?maxWidth=200&unplayedCount=9").status == 200
