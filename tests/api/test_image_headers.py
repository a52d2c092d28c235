"""What an image answer says about itself: caching, validators, types; HEAD says what GET does."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from chalicelib.container import override_container
from chalicelib.domain.variants.geometry import target_size
from chalicelib.services.variants.answers import Elsewhere
from chalicelib.web.images.redirects import location
from chalicelib.web.protocol.request import Request
from tests.support.calls import calls_of
from tests.support.fakes.world import ADMIN, SETTINGS, World
from tests.support.gateway import Answer, call
from tests.support.pictures import animated, encoded, logo, scene

ITEM = "0123456789abcdef0123456789abcdef"
IMAGES = f"/Items/{ITEM}/Images"
PRIMARY = f"{IMAGES}/Primary"
KEPT = "public, max-age=31536000, immutable"
TOLD_BY_GET_ALONE = {"x-image-cache", "content-length"}
"""What is found out while the content is made."""


def picture(colour: str = "teal", size: tuple[int, int] = (100, 150)) -> bytes:
    return encoded(Image.new("RGB", size, colour))


def upload(url: str, data: bytes) -> str:
    """Store an image and return its tag."""
    assert call("POST", url, body=data, headers=ADMIN | {"Content-Type": "image/jpeg"}).status == 204
    return call("HEAD", url).headers["etag"][1:33]


@pytest.fixture(autouse=True)
def item(world: World) -> None:
    world.add_item(ITEM)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("query", ["", "&maxWidth=50", "&maxWidth=50&unplayedCount=3"])
def test_only_the_own_tag_of_an_image_makes_it_immutable(method: str, query: str) -> None:
    old = upload(PRIMARY, picture("red"))
    assert call(method, f"{PRIMARY}?tag={old}{query}").headers["cache-control"] == KEPT
    new = upload(PRIMARY, picture("blue"))
    for tag in (old, "undefined", "null", "x", "", new.upper(), new[:-1]):
        assert call(method, f"{PRIMARY}?tag={tag}{query}").headers["cache-control"] == "public"
    assert call(method, f"{PRIMARY}?tag={new}{query}").headers["cache-control"] == KEPT


def test_the_legacy_path_is_immutable_with_the_own_tag_alone() -> None:
    tag = upload(PRIMARY, picture())
    for told, expected in ((tag, KEPT), ("undefined", "public"), ("0" * 32, "public")):
        answer = call("GET", f"{PRIMARY}/0/{told}/Jpg/50/300/0/0")
        assert (answer.status, answer.headers["cache-control"]) == (200, expected)


def test_a_backdrop_under_the_tag_of_another_is_not_immutable() -> None:
    backdrop = f"{IMAGES}/Backdrop"
    first = upload(backdrop, picture("red"))
    upload(backdrop, picture("blue"))
    assert call("GET", f"{backdrop}/0?tag={first}").headers["cache-control"] == KEPT
    assert call("GET", f"{backdrop}/1?tag={first}").headers["cache-control"] == "public"


@pytest.mark.parametrize("query", ["", "&maxWidth=50"])
def test_a_copy_of_what_was_replaced_is_never_confirmed(query: str) -> None:
    old = upload(PRIMARY, picture("red"))
    url = f"{PRIMARY}?tag={old}{query}"
    before = call("GET", url)
    upload(PRIMARY, picture("blue"))
    for etag in (before.headers["etag"], f'"{old}"'):
        answer = call("GET", url, headers={"If-None-Match": etag})
        assert (answer.status, answer.headers["cache-control"]) == (200, "public")
        assert answer.body == call("GET", url).body != before.body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_304_says_what_the_200_says(method: str) -> None:
    tag = upload(PRIMARY, picture())
    url, accept = f"{PRIMARY}?maxWidth=50&tag={tag}", {"Accept": "image/webp"}
    sent = call("GET", url, headers=accept)
    known = call(method, url, headers=accept | {"If-None-Match": sent.headers["etag"]})
    assert (known.status, known.body) == (304, b"")
    assert known.headers["content-type"] == "image/webp"
    assert known.headers == {n: v for n, v in sent.headers.items() if n not in TOLD_BY_GET_ALONE}


def test_a_redirect_names_the_type_of_its_note_and_the_url_says_how_to_show_the_picture() -> None:
    world = World(replace(SETTINGS, max_inline_bytes=300))
    world.add_item(ITEM)
    with override_container(world.container):
        upload(PRIMARY, picture())
        answer = call("GET", PRIMARY)
    assert (answer.status, answer.headers["content-type"]) == (302, "text/plain; charset=utf-8")
    assert b"Location" in answer.body
    assert "disposition=inline" in answer.headers["location"]


@pytest.mark.parametrize("prefix", ["", "/emby"])
@pytest.mark.parametrize("place", ["", "/0", "/0/tag/Jpg/90/90/0/0"])
def test_a_client_that_sends_its_authorization_along_is_not_led_to_s3(prefix: str, place: str) -> None:
    world = World(replace(SETTINGS, max_inline_bytes=300))
    world.add_item(ITEM)
    url = f"{prefix}{PRIMARY}{place}"
    sent = {"Authorization": 'MediaBrowser Token="administrator-key"'}
    with override_container(world.container):
        upload(PRIMARY, picture())
        direct, through = call("GET", url), call("GET", url, headers=sent)
    assert direct.headers["location"].startswith("https://blobs.test/")
    asked, blob = urlsplit(direct.headers["location"]), through.headers["location"]
    assert urljoin(f"https://api.test/stage{url}", blob) == (
        f"https://api.test/stage/Blobs{asked.path}?{asked.query}"
    )
    assert "Authorization" in direct.headers["vary"]
    assert direct.headers["vary"] == through.headers["vary"]


def test_what_api_gateway_does_not_pass_on_is_had_from_s3_alone() -> None:
    answer = Elsewhere("https://blobs.test/originals/a?x=1", 900, "originals/a", 10_000_001, is_hit=True)
    request = Request("GET", "/a/b", headers={"authorization": "any"})
    assert location(answer, request, 10_000_000) == answer.url
    assert location(replace(answer, size=10_000_000), request, 10_000_000) == "../Blobs/originals/a?x=1"


def grainy(mode: str) -> Image.Image:
    return Image.merge(mode, [Image.effect_noise((200, 120), 90) for _ in mode])


@pytest.mark.parametrize(
    ("stored", "kind", "frames"),
    [
        (encoded(grainy("RGB"), "PNG"), "image/jpeg", 1),
        (encoded(grainy("RGBA"), "PNG"), "image/webp", 1),
        (encoded(grainy("RGB"), "GIF", save_all=True, append_images=[grainy("RGB")]), "image/webp", 2),
    ],
    ids=["opaque", "transparent", "moving"],
)
def test_what_no_redirect_brings_to_a_client_is_answered_as_a_picture_that_reaches_it(
    stored: bytes, kind: str, frames: int
) -> None:
    world = World(replace(SETTINGS, max_inline_bytes=300, max_gateway_bytes=20_000))
    world.add_item(ITEM)
    sent = {"Authorization": 'MediaBrowser Token="administrator-key"', "Accept": "*/*"}
    with override_container(world.container):
        upload(PRIMARY, stored)
        head, moved = call("HEAD", PRIMARY, headers=sent), call("GET", PRIMARY, headers=sent)
        plain, whole = call("GET", PRIMARY), call("GET", f"{PRIMARY}?format=Original", headers=sent)
        smaller = call("HEAD", f"{PRIMARY}?maxWidth=20", headers=sent)
    key = urlsplit(moved.headers["location"]).path.partition("Blobs/")[2]
    found = world.variants_store.open(key)
    assert found is not None
    made = found.read()
    assert len(stored) > 20_000 >= len(made) > 5_000
    with Image.open(BytesIO(made)) as picture:
        assert (picture.size, picture.get_format_mimetype()) == ((200, 120), kind)
        assert getattr(picture, "n_frames", 1) == frames
    assert (head.status, head.headers["content-type"]) == (200, kind)
    assert head.headers["cache-control"].startswith("private")
    for answer in (head, moved, plain, whole):
        assert "Authorization" in answer.headers["vary"]
    assert "Authorization" not in smaller.headers.get("vary", "")
    for exact in (plain, whole):
        assert "/originals/" in exact.headers["location"]


@pytest.mark.parametrize("query", ["", "?maxWidth=50"])
def test_the_length_of_a_head_is_that_of_the_content_or_is_left_out(query: str) -> None:
    upload(PRIMARY, picture())
    head = call("HEAD", PRIMARY + query)
    expected = str(len(picture())) if not query else None
    assert head.headers.get("content-length") == expected


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"{PRIMARY}?width=wide", 400),
        (IMAGES, 401),
        (f"{IMAGES}/Logo", 404),
        ("/Nothing", 404),
        (f"{PRIMARY}?late", 412),
    ],
)
def test_an_error_is_problem_json(url: str, status: int) -> None:
    upload(PRIMARY, picture())
    late = {"If-Unmodified-Since": "Thu, 01 Jan 1998 00:00:00 GMT"} if "late" in url else {}
    answer = call("GET", url, headers=late)
    assert (answer.status, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"


SUBJECTS = {
    "Primary": encoded(scene(300, 450)),
    "Logo": encoded(logo(), "PNG"),
    "Thumb": animated("GIF"),
    "Banner": encoded(scene(200, 40), "WEBP"),
    "Disc": encoded(scene(50, 50), "TIFF"),
}
SIDES = st.none() | st.integers(-1, 500)
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("width", "height", "maxWidth", "maxHeight", "fillWidth", "fillHeight"), SIDES),
        "quality": st.integers(-1, 101),
        "tag": st.sampled_from(["own", "other", "undefined"]),
        "format": st.sampled_from(["Jpg", "Png", "Gif", "Webp", "Avif", "Original", "nonsense"]),
        "percentPlayed": st.integers(0, 101),
        "unplayedCount": st.integers(0, 1000),
        "blur": st.integers(0, 9),
        "backgroundColor": st.sampled_from(["#fff", "80102030", "no colour"]),
        "foregroundLayer": st.sampled_from(["0.5", "1", "nonsense"]),
    },
)
ACCEPTS = st.sampled_from(["", "*/*", "image/webp", "image/avif", "image/avif,image/webp,*/*"])
CONDITIONS = st.sampled_from(
    [
        {},
        {"Cache-Control": "no-cache"},
        {"If-None-Match": '"other"'},
        {"If-None-Match": "*"},
        {"If-Match": '"other"'},
        {"If-Unmodified-Since": "Thu, 01 Jan 1998 00:00:00 GMT"},
    ]
)


@pytest.fixture(scope="module")
def stocked() -> Iterator[dict[str, str]]:
    """Install a world with five kinds of pictures; yield their tags."""
    world = World(replace(SETTINGS, max_variants_per_image=20, popular=""))
    world.add_item(ITEM)
    with override_container(world.container):
        yield {name: upload(f"{IMAGES}/{name}", data) for name, data in SUBJECTS.items()}


@settings(max_examples=300)
@given(
    subject=st.sampled_from(sorted(SUBJECTS)),
    query=QUERIES,
    accept=ACCEPTS,
    condition=CONDITIONS,
)
def test_a_head_says_what_a_get_says(
    stocked: dict[str, str], subject: str, query: dict[str, object], accept: str, condition: dict[str, str]
) -> None:
    told = {name: value for name, value in query.items() if value is not None}
    if told.get("tag") == "own":
        told["tag"] = stocked[subject]
    url = f"{IMAGES}/{subject}?{urlencode(told)}"
    got, head = (call(method, url, headers={"Accept": accept} | condition) for method in ("GET", "HEAD"))
    assert head.status == got.status
    assert _told(head) == _told(got)
    assert head.headers.get("content-length", str(len(got.body))) == str(len(got.body))
    if got.status == 200:
        name = (Image.open(BytesIO(got.body)).format or "").lower()
        assert got.headers["content-type"] == f"image/{name}"


def _told(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in TOLD_BY_GET_ALONE}


@pytest.mark.parametrize(
    ("method", "query", "most"),
    [("HEAD", "?maxWidth=50", 1), ("GET", "?maxWidth=50", 2), ("GET", "", 1), ("GET", "?unplayedCount=3", 2)],
)
def test_an_answer_is_planned_once_and_once_more_for_the_log(method: str, query: str, most: int) -> None:
    upload(PRIMARY, picture())
    with calls_of(target_size) as count:
        assert call(method, PRIMARY + query).status == 200
    assert count() == most
