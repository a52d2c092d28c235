"""Item images through the deployed stack: upload, look, change, remove; nothing in process."""

import base64
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
from PIL import Image

from tests.support.deployed_service import Http, Stores, eventually, noise, opened, photo
from tests.support.pictures import encoded


def tag_of(admin: Http, item: str) -> str:
    return str(admin.get(f"/Items/{item}/Images").json()[0]["ImageTag"])


@pytest.fixture
def primary(admin: Http, item: str) -> str:
    """Upload a picture of 400 by 600 and return its path."""
    path = f"/Items/{item}/Images/Primary"
    assert admin.upload(path, photo(400, 600)).status_code == 204
    return path


@pytest.mark.parametrize("encode", [bytes, base64.b64encode, base64.encodebytes])
def test_an_upload_comes_back_as_it_was(
    admin: Http, anyone: Http, item: str, encode: Callable[[bytes], bytes]
) -> None:
    path, data = f"/Items/{item}/Images/Primary", photo()
    assert admin.upload(path, encode(data)).status_code == 204
    answer = anyone.get(path)
    assert (answer.status_code, answer.content) == (200, data)
    assert answer.headers["Content-Type"] == "image/jpeg"


def test_what_fits_a_function_passes_and_what_does_not_is_a_413(admin: Http, anyone: Http, item: str) -> None:
    path, large = f"/Items/{item}/Images/Primary", noise(1100, 1000)
    assert 3_000_000 < len(large) < 4_400_000
    assert admin.upload(path, large, "image/png").status_code == 204
    assert anyone.get(path).content == large
    problem(admin.upload(path, noise(1500, 1500), "image/png"), 413)
    problem(admin.upload(path, noise(2000, 2000), "image/png"), 413)
    assert anyone.get(path).content == large


def test_an_upload_is_listed(admin: Http, item: str) -> None:
    admin.upload(f"/Items/{item}/Images/Primary", photo(400, 600))
    admin.upload(f"/Items/{item}/Images/Backdrop", photo(320, 180))
    admin.upload(f"/Items/{item}/Images/Backdrop", photo(640, 360, "PNG"), "image/png")
    listed = {(i["ImageType"], i.get("ImageIndex")): i for i in admin.get(f"/Items/{item}/Images").json()}
    assert set(listed) == {("Primary", None), ("Backdrop", 0), ("Backdrop", 1)}
    assert [(i["Width"], i["Height"]) for i in listed.values()] == [(400, 600), (320, 180), (640, 360)]


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("", (400, 600)),
        ("?maxWidth=100", (100, 150)),
        ("?maxHeight=300", (200, 300)),
        ("?maxWidth=100&maxHeight=120", (80, 120)),
        ("?maxWidth=4000", (400, 600)),
        ("?width=200", (200, 300)),
        ("?height=150", (100, 150)),
        ("?fillWidth=100", (100, 150)),
        ("?fillHeight=300", (200, 300)),
        ("?fillWidth=200&fillHeight=200", (200, 300)),
    ],
)
def test_every_sizing_parameter_has_its_effect(
    anyone: Http, primary: str, query: str, size: tuple[int, int]
) -> None:
    assert opened(anyone.get(primary + query)).size == size


@pytest.mark.parametrize(
    ("name", "pillow"), [("Jpg", "JPEG"), ("Png", "PNG"), ("Webp", "WEBP"), ("Gif", "GIF"), ("Avif", "AVIF")]
)
def test_every_format_can_be_asked_for(anyone: Http, primary: str, name: str, pillow: str) -> None:
    assert opened(anyone.get(f"{primary}?maxWidth=50&format={name}")).format == pillow


def test_quality_decides_the_number_of_bytes(anyone: Http, primary: str) -> None:
    low, high = (anyone.get(f"{primary}?maxWidth=300&quality={quality}").content for quality in (10, 95))
    assert len(low) < len(high)


def test_the_format_follows_what_the_client_accepts(anyone: Http, primary: str) -> None:
    assert (
        anyone.get(f"{primary}?maxWidth=50", accept="image/webp,*/*").headers["Content-Type"] == "image/webp"
    )
    assert anyone.get(f"{primary}?maxWidth=50").headers["Content-Type"] == "image/jpeg"


def test_a_variant_is_made_once_and_served_from_the_store_after(
    anyone: Http, admin: Http, stores: Stores, item: str, primary: str
) -> None:
    path = f"{primary}?fillWidth=123"
    first, second = anyone.get(path), anyone.get(path)
    assert [a.headers["X-Image-Cache"] for a in (first, second)] == ["miss", "hit"]
    assert first.content == second.content
    assert len(stores.variants(tag_of(admin, item))) >= 1


def test_a_tag_makes_the_answer_immutable(admin: Http, anyone: Http, item: str, primary: str) -> None:
    answer = anyone.get(f"{primary}?tag={tag_of(admin, item)}")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?maxWidth=99"])
def test_a_copy_that_is_still_good_is_304(anyone: Http, primary: str, query: str) -> None:
    answer = anyone.get(primary + query)
    by_tag = anyone.get(primary + query, if_none_match=answer.headers["ETag"])
    by_time = anyone.get(primary + query, if_modified_since=answer.headers["Last-Modified"])
    assert [(a.status_code, a.content) for a in (by_tag, by_time)] == [(304, b"")] * 2


@pytest.mark.parametrize("query", ["", "?maxWidth=99"])
def test_a_head_has_the_headers_of_a_get(anyone: Http, primary: str, query: str) -> None:
    got, head = anyone.get(primary + query), anyone.call("HEAD", primary + query)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "ETag", "Last-Modified", "Cache-Control"):
        assert head.headers[name] == got.headers[name]


def test_the_event_of_an_upload_brings_the_blur_hash(admin: Http, item: str, primary: str) -> None:
    assert eventually(lambda: admin.get(f"/Items/{item}/Images").json()[0].get("BlurHash")), primary


def test_a_delete_removes_row_blob_and_variants(
    admin: Http, anyone: Http, stores: Stores, item: str, primary: str
) -> None:
    tag = tag_of(admin, item)
    assert opened(anyone.get(f"{primary}?maxWidth=64")).size == (64, 96)
    assert stores.original(tag)
    assert admin.call("DELETE", primary).status_code == 204
    assert anyone.get(primary).status_code == 404
    assert admin.get(f"/Items/{item}/Images").json() == []
    assert eventually(lambda: not stores.original(tag) and not stores.variants(tag))


def test_a_replaced_image_is_seen_at_once(admin: Http, anyone: Http, primary: str) -> None:
    before = anyone.get(f"{primary}?maxWidth=50")
    assert admin.upload(primary, photo()).status_code == 204
    after = anyone.get(f"{primary}?maxWidth=50")
    assert after.headers["X-Image-Cache"] == "miss"
    assert after.headers["ETag"] != before.headers["ETag"]


def test_backdrops_are_exchanged(admin: Http, item: str) -> None:
    path = f"/Items/{item}/Images/Backdrop"
    for width in (32, 64):
        admin.upload(path, photo(width, 18))
    assert admin.call("POST", f"{path}/0/Index?newIndex=1").status_code == 204
    assert [i["Width"] for i in admin.get(f"/Items/{item}/Images").json()] == [64, 32]


@pytest.mark.parametrize(
    "spelling",
    [
        "/items/{item}/images/primary",
        "/ITEMS/{item}/IMAGES/PRIMARY",
        "/emby/Items/{item}/Images/Primary",
        "/MediaBrowser/items/{item}/Images/primary",
        "/Items/{item}/Images/Primary/",
        "/Items/{item}/Images/Primary/0",
        "/Items/{dashed}/Images/Primary",
    ],
)
def test_every_spelling_of_a_path_reaches_the_image(
    anyone: Http, item: str, primary: str, spelling: str
) -> None:
    dashed = f"{item[:8]}-{item[8:12]}-{item[12:16]}-{item[16:20]}-{item[20:]}"
    answer = anyone.get(spelling.format(item=item, dashed=dashed) + "?MAXWIDTH=100")
    assert opened(answer).size == (100, 150), primary


def test_api_gateways_own_address_answers_the_same(gateway: Http, anyone: Http, item: str) -> None:
    path, data = f"/Items/{item}/Images/Primary", photo()
    assert gateway.upload(path, data).status_code == 204
    assert gateway.get(path).content == data == anyone.get(path).content
    assert opened(gateway.get(f"{path}?maxWidth=40&format=Webp")).size == (40, 60)
    assert gateway.call("DELETE", path).status_code == 204
    assert gateway.get(path).status_code == 404


def problem(answer: requests.Response, status: int) -> dict[str, Any]:
    """Check that an answer is a proper refusal and return its body."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    return body


@pytest.mark.parametrize(
    ("body", "content_type", "field"),
    [
        (b"", "image/jpeg", "body"),
        (b"hello", "image/png", "body"),
        (base64.b64encode(b"hello"), "image/png", "body"),
        (b"/9j/4AAQ*not*base64*", "image/jpeg", "body"),
        (photo(), "text/plain", "Content-Type"),
        (photo()[:-900], "image/jpeg", "body"),
        (photo(name="PNG")[:-900], "image/png", "body"),
    ],
    ids=["empty", "text", "base64 of text", "broken base64", "wrong type", "cut JPEG", "cut PNG"],
)
def test_what_is_no_picture_is_refused_and_nothing_is_stored(
    admin: Http, item: str, body: bytes, content_type: str, field: str
) -> None:
    refused = problem(admin.upload(f"/Items/{item}/Images/Primary", body, content_type), 400)
    assert list(refused["errors"]) == [field]
    assert admin.get(f"/Items/{item}/Images").json() == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/Items/{item}/Images/Poster", "imageType"),
        ("/Items/42/Images/Primary", "itemId"),
        ("/Items/{item}/Images/Primary?maxWidth=wide", "maxWidth"),
        ("/Items/{item}/Images/Backdrop/first", "imageIndex"),
    ],
)
def test_what_cannot_be_read_is_named(anyone: Http, item: str, path: str, field: str) -> None:
    assert list(problem(anyone.get(path.format(item=item)), 400)["errors"]) == [field]


@pytest.mark.parametrize("request_line", ["GET ", "POST /Primary", "DELETE /Primary"])
@pytest.mark.parametrize("headers", [{}, {"X-Emby-Token": "0" * 32}])
def test_without_a_good_key_the_answer_is_401(
    anyone: Http, admin: Http, item: str, request_line: str, headers: dict[str, str]
) -> None:
    method, path = request_line.split(" ")
    refused = anyone.call(method, f"/Items/{item}/Images{path}", data=photo(), headers=headers)
    problem(refused, 401)
    assert admin.get(f"/Items/{item}/Images").json() == []


@pytest.mark.parametrize(
    "path", ["/Nothing/Here", "/Items/x/y/z", f"/Items/{'0' * 32}/Images/Primary", "/%00"]
)
def test_what_is_not_there_is_a_404(anyone: Http, path: str) -> None:
    problem(anyone.get(path), 404)


@pytest.mark.parametrize("verb", ["PATCH", "PUT"])
def test_a_wrong_verb_is_a_405_that_names_the_right_ones(anyone: Http, item: str, verb: str) -> None:
    refused = anyone.call(verb, f"/Items/{item}/Images/Primary")
    problem(refused, 405)
    assert refused.headers["Allow"] == "DELETE, GET, HEAD, POST"


def test_a_browser_may_ask_from_elsewhere(anyone: Http, item: str) -> None:
    asked = {"Origin": "https://web.test", "Access-Control-Request-Method": "POST"}
    granted = anyone.call("OPTIONS", f"/Items/{item}/Images/Primary", headers=asked)
    assert granted.status_code == 204
    assert granted.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("query", ["format=Png", "format=Png&unplayedCount=3"], ids=["stored", "transient"])
def test_a_client_that_sends_its_authorization_along_gets_a_large_picture_too(
    admin: Http, anyone: Http, primary: str, query: str
) -> None:
    grain = Image.open(BytesIO(noise(1400, 1150))).convert("RGB")
    assert admin.upload(primary, encoded(grain, quality=95)).status_code == 204
    sent = {"Authorization": f'MediaBrowser Token="{admin.headers["X-Emby-Token"]}"'}
    address = anyone.base_url + f"{primary}?{query}"
    with (
        requests.Session() as careless
    ):  # as urllib, Java's and other clients are: requests drops the header itself
        moved = careless.get(address, headers=sent, allow_redirects=False, timeout=60)
        assert moved.status_code == 302, moved.text
        answer = careless.get(urljoin(address, moved.headers["Location"]), headers=sent, timeout=60)
    plain = requests.get(address, timeout=60)
    for got in (answer, plain):
        assert (got.status_code, got.headers["Content-Type"]) == (200, "image/png"), got.text[:500]
        assert got.headers["Content-Disposition"] == "inline"
        assert len(got.content) > 4_400_000
        assert Image.open(BytesIO(got.content)).size == grain.size
    assert answer.content == plain.content
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
