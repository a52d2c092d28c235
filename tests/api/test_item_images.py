"""Item images over HTTP, from the proxy event to the answer, with real pictures and everything else in memory."""

import base64
from dataclasses import replace
from email.utils import format_datetime
from io import BytesIO

import pytest
from PIL import Image

from chalicelib.container import override_container
from tests.support.fakes.world import ADMIN, SETTINGS, World
from tests.support.gateway import Answer, call

ITEM = "0123456789abcdef0123456789abcdef"
PRIMARY = f"/Items/{ITEM}/Images/Primary"
BACKDROP = f"/Items/{ITEM}/Images/Backdrop"


def picture(width: int = 100, height: int = 150, fmt: str = "JPEG", colour: str = "teal") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, fmt)
    return stream.getvalue()


def size(answer: Answer) -> tuple[int, int]:
    return Image.open(BytesIO(answer.body)).size


def upload(url: str, data: bytes, content_type: str = "image/jpeg") -> Answer:
    return call("POST", url, body=data, headers=ADMIN | {"Content-Type": content_type})


@pytest.fixture(autouse=True)
def item(world: World) -> None:
    world.add_item(ITEM)


def infos() -> list[dict[str, object]]:
    answer: list[dict[str, object]] = call("GET", f"/Items/{ITEM}/Images", headers=ADMIN).json()
    return answer


def test_an_upload_comes_back_untouched() -> None:
    data = picture()
    assert upload(PRIMARY, data).status == 204
    answer = call("GET", PRIMARY)
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, data, "image/jpeg")
    assert answer.headers["cache-control"] == "public"
    assert answer.headers["content-disposition"] == "inline"


@pytest.mark.parametrize("prefix", [b"", b"data:image/jpeg;base64,"])
def test_base64_text_is_a_picture_too(prefix: bytes) -> None:
    data = picture()
    assert upload(PRIMARY, prefix + base64.encodebytes(data)).status == 204
    assert call("GET", PRIMARY).body == data


@pytest.mark.parametrize("content_type", ["image/*", "application/octet-stream", "image/png; charset=utf-8"])
def test_the_bytes_decide_what_it_is(content_type: str) -> None:
    assert upload(PRIMARY, picture(), content_type).status == 204
    assert call("GET", PRIMARY).headers["content-type"] == "image/jpeg"


def test_an_upload_is_listed_with_its_facts() -> None:
    upload(PRIMARY, picture())
    upload(BACKDROP, picture(160, 90))
    upload(BACKDROP, picture(320, 180))
    primary, first, second = infos()
    assert (primary["ImageType"], primary["Width"], primary["Height"]) == ("Primary", 100, 150)
    assert "ImageIndex" not in primary
    assert [first["ImageIndex"], second["ImageIndex"]] == [0, 1]
    assert [first["Width"], second["Width"]] == [160, 320]
    assert len(str(first["ImageTag"])) == 32


def test_an_index_that_exists_is_replaced_and_any_other_appended() -> None:
    for width in (10, 20):
        upload(BACKDROP, picture(width, 10))
    upload(f"{BACKDROP}/0", picture(30, 10))
    upload(f"{BACKDROP}/7", picture(40, 10))
    assert [info["Width"] for info in infos()] == [30, 20, 40]


def test_a_delete_shifts_those_above_down_and_announces_the_original(world: World) -> None:
    for width in (10, 20, 30):
        upload(BACKDROP, picture(width, 10))
    gone = infos()[1]["Path"]
    assert call("DELETE", f"{BACKDROP}/1", headers=ADMIN).status == 204
    assert [info["Width"] for info in infos()] == [10, 30]
    assert world.messages.messages == [gone]


def test_deleting_what_is_not_there_is_no_error(world: World) -> None:
    assert call("DELETE", f"{BACKDROP}/99", headers=ADMIN).status == 204
    assert world.messages.messages == []


def test_two_images_change_places() -> None:
    for width in (10, 20, 30):
        upload(BACKDROP, picture(width, 10))
    assert call("POST", f"{BACKDROP}/0/Index?newIndex=2", headers=ADMIN).status == 204
    assert [info["Width"] for info in infos()] == [30, 20, 10]
    assert call("POST", f"{BACKDROP}/0/Index?newIndex=99", headers=ADMIN).status == 204
    assert [info["Width"] for info in infos()] == [30, 20, 10]


def test_a_variant_is_made_once_and_then_found(world: World) -> None:
    upload(PRIMARY, picture())
    first, second = (call("GET", f"{PRIMARY}?maxWidth=50") for _ in range(2))
    assert size(first) == (50, 75)
    assert first.body == second.body
    assert [a.headers["x-image-cache"] for a in (first, second)] == ["miss", "hit"]
    assert world.blobs_of_variants.writes == 1


def test_a_hit_reads_one_row_and_one_blob(world: World) -> None:
    upload(PRIMARY, picture())
    call("GET", f"{PRIMARY}?maxWidth=50")
    rows = world.rows.reads
    world.blobs_of_originals.reads = world.blobs_of_variants.reads = 0
    assert call("GET", f"{PRIMARY}?maxWidth=50").headers["x-image-cache"] == "hit"
    assert world.rows.reads - rows == 1
    assert (world.blobs_of_originals.reads, world.blobs_of_variants.reads) == (0, 1)


def test_a_replaced_original_never_serves_an_old_variant() -> None:
    upload(PRIMARY, picture(colour="red"))
    before = call("GET", f"{PRIMARY}?maxWidth=50")
    upload(PRIMARY, picture(colour="blue"))
    after = call("GET", f"{PRIMARY}?maxWidth=50")
    assert after.headers["x-image-cache"] == "miss"
    assert after.body != before.body


@pytest.mark.parametrize("field", ["if-none-match", "if-modified-since"])
def test_a_known_image_is_304_and_reads_one_row_and_no_blob(world: World, field: str) -> None:
    upload(PRIMARY, picture())
    answer = call("GET", f"{PRIMARY}?maxWidth=50")
    known = {"if-none-match": answer.headers["etag"], "if-modified-since": answer.headers["last-modified"]}
    reads = world.rows.reads
    world.blobs_of_originals.reads = world.blobs_of_variants.reads = 0
    again = call("GET", f"{PRIMARY}?maxWidth=50", headers={field: known[field]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["content-type"] == answer.headers["content-type"]
    assert again.headers["etag"] == answer.headers["etag"]
    assert world.rows.reads - reads == 1
    assert world.blobs_of_originals.reads == world.blobs_of_variants.reads == 0


@pytest.mark.parametrize("etag", ["theirs", "ours"])
def test_a_copy_known_by_its_tag_is_304_and_reads_no_blob(world: World, etag: str) -> None:
    upload(PRIMARY, picture())
    url = f"{PRIMARY}?maxWidth=50&tag={infos()[0]['ImageTag']}"
    first = call("GET", url, headers={"Accept": "image/webp"})
    named = first.headers["etag"] if etag == "ours" else f'"{infos()[0]["ImageTag"]}"'
    world.blobs_of_originals.reads = world.blobs_of_variants.reads = 0
    again = call("GET", url, headers={"If-None-Match": named, "Accept": "image/webp"})
    assert (again.status, again.headers["etag"]) == (304, first.headers["etag"])
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert world.blobs_of_originals.reads == world.blobs_of_variants.reads == 0


def test_a_copy_that_the_client_cannot_read_is_not_good() -> None:
    upload(PRIMARY, picture())
    url = f"{PRIMARY}?maxWidth=50&tag={infos()[0]['ImageTag']}"
    webp = call("GET", url, headers={"Accept": "image/webp"})
    other = call("GET", url, headers={"If-None-Match": webp.headers["etag"]})
    assert (other.status, other.headers["content-type"]) == (200, "image/jpeg")


def test_a_refresh_gets_everything_anew() -> None:
    upload(PRIMARY, picture())
    answer = call("GET", f"{PRIMARY}?tag=x", headers={"Cache-Control": "no-cache", "If-None-Match": '"x"'})
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-cache, no-store, must-revalidate"
    assert answer.headers["pragma"] == "no-cache, no-store, must-revalidate"


def test_a_head_has_the_headers_of_a_get_and_reads_no_blob(world: World) -> None:
    upload(PRIMARY, picture())
    got = call("GET", PRIMARY)
    world.blobs_of_originals.reads = 0
    head = call("HEAD", PRIMARY)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(got.body))
    for name in ("etag", "content-type", "last-modified", "cache-control"):
        assert head.headers[name] == got.headers[name]
    assert world.blobs_of_originals.reads == 0


def test_the_tag_picks_the_backdrop_when_there_is_no_index() -> None:
    for width in (10, 20):
        upload(BACKDROP, picture(width, 10))
    answer = call("GET", f"{BACKDROP}?tag={infos()[1]['ImageTag']}")
    assert size(answer) == (20, 10)


def test_an_older_backdrop_in_the_place_of_a_newer_one_is_sent(world: World) -> None:
    upload(BACKDROP, picture(10, 10))
    world.time.advance(hours=1)
    upload(BACKDROP, picture(20, 10))
    world.time.advance(hours=1)
    newer = call("GET", f"{BACKDROP}/1")
    assert "last-modified" not in newer.headers
    call("POST", f"{BACKDROP}/0/Index?newIndex=1", headers=ADMIN)
    since = format_datetime(world.time.now(), usegmt=True)
    answer = call("GET", f"{BACKDROP}/1", headers={"If-Modified-Since": since})
    assert (answer.status, size(answer)) == (200, (10, 10))


def test_vary_stands_exactly_where_accept_matters() -> None:
    upload(PRIMARY, picture())
    webp = call("GET", f"{PRIMARY}?maxWidth=50", headers={"Accept": "image/webp,*/*"})
    assert (webp.headers["content-type"], webp.headers["vary"]) == ("image/webp", "Accept")
    fixed = call("GET", f"{PRIMARY}?maxWidth=50&format=Png", headers={"Accept": "image/webp"})
    assert fixed.headers["content-type"] == "image/png"
    assert "vary" not in fixed.headers


@pytest.mark.parametrize(
    "url",
    [
        f"/items/{ITEM}/images/PRIMARY?MaxWidth=50",
        f"/emby/Items/{ITEM}/Images/Primary?maxwidth=50",
        f"/MediaBrowser/Items/{ITEM}/Images/Primary/?maxWidth=50",
        f"/Items/{ITEM}/Images/0?maxWidth=50",
        f"/Items/{{{ITEM}}}/Images/Primary/0?maxWidth=50",
        f"/Items/{ITEM}/Images/Primary?maxWidth=50.2",
        f"/Items/{ITEM}/Images/Primary/0/TAG/Jpg/50/300/0/0",
    ],
)
def test_many_spellings_mean_the_same_image(url: str) -> None:
    upload(PRIMARY, picture())
    answer = call("GET", url)
    assert answer.status == 200
    assert size(answer) == (50, 75)


@pytest.mark.parametrize("query", ["", "?maxWidth=90"])
def test_a_large_answer_is_elsewhere(query: str) -> None:
    world = World(replace(SETTINGS, max_inline_bytes=300))
    world.add_item(ITEM)
    with override_container(world.container):
        upload(PRIMARY, picture(), "image/jpeg")
        for cache in ("hit" if not query else "miss", "hit"):
            answer = call("GET", PRIMARY + query)
            assert (answer.status, answer.headers["x-image-cache"]) == (302, cache)
            assert answer.headers["location"].startswith("https://blobs.test/")
            assert answer.headers["cache-control"] == "private, max-age=60"
        head = call("HEAD", PRIMARY + query)
        assert head.status == 200
        assert call("GET", PRIMARY + query, headers={"If-None-Match": head.headers["etag"]}).status == 304


def test_a_redirect_is_never_confirmed_beyond_its_url() -> None:
    world = World(replace(SETTINGS, max_inline_bytes=300))
    world.add_item(ITEM)
    with override_container(world.container):
        upload(PRIMARY, picture())
        answer = call("GET", f"{PRIMARY}?tag={infos()[0]['ImageTag']}")
        assert answer.status == 302
        assert not {"etag", "last-modified"} & answer.headers.keys()


@pytest.mark.parametrize(
    ("url", "field"),
    [
        (f"/Items/{ITEM}/Images/Poster", "imageType"),
        (f"/Items/{ITEM}/Images/13", "imageType"),
        ("/Items/42/Images/Primary", "itemId"),
        (f"{PRIMARY}?maxWidth=wide", "maxWidth"),
        (f"{PRIMARY}?width=99999999999", "width"),
        (f"{PRIMARY}?percentPlayed=abc", "percentPlayed"),
        (f"{BACKDROP}/abc", "imageIndex"),
        (f"{PRIMARY}/0/TAG/Nope/1/1/0/0", "format"),
    ],
)
def test_what_cannot_be_read_is_a_400_that_names_it(url: str, field: str) -> None:
    answer = call("GET", url)
    assert answer.status == 400
    assert list(answer.json()["errors"]) == [field]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("body", "content_type", "field"),
    [
        (b"", "image/jpeg", "body"),
        (b"hello", "image/png", "body"),
        (base64.b64encode(b"hello"), "image/png", "body"),
        (b"/9j/4AAQ*not*base64*", "image/jpeg", "body"),
        (picture(), "text/plain", "Content-Type"),
        (picture(640, 640)[:2000], "image/jpeg", "body"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_stored(
    world: World, body: bytes, content_type: str, field: str
) -> None:
    answer = upload(PRIMARY, body, content_type)
    assert answer.status == 400
    assert list(answer.json()["errors"]) == [field]
    assert world.blobs_of_originals.keys == []
    assert world.rows.claimed == {}
    assert infos() == []


def test_missing_things_are_404() -> None:
    assert call("GET", f"/Items/{'0' * 32}/Images/Primary").status == 404
    assert call("GET", PRIMARY).json()["detail"] == "Metropolis does not have an image of type Primary"
    assert call("GET", f"{BACKDROP}/99").status == 404
    assert call("GET", "/Nothing/Here").status == 404


def test_a_wrong_verb_is_405_and_names_the_right_ones() -> None:
    answer = call("PATCH", PRIMARY)
    assert answer.status == 405
    assert answer.headers["allow"] == "DELETE, GET, HEAD, POST"


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("GET", f"/Items/{ITEM}/Images"),
        ("POST", PRIMARY),
        ("DELETE", PRIMARY),
        ("POST", f"{BACKDROP}/0/Index?newIndex=1"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"X-Emby-Token": "wrong"}])
def test_what_needs_a_key_is_401_without_one(method: str, url: str, headers: dict[str, str]) -> None:
    assert call(method, url, body=picture(), headers=headers).status == 401


def test_a_wrong_token_does_not_matter_where_none_is_needed() -> None:
    upload(PRIMARY, picture())
    assert call("GET", PRIMARY, headers={"X-Emby-Token": "wrong"}).status == 200


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate, gzip"])
def test_a_packed_upload_is_refused(encoding: str) -> None:
    headers = {
        "Content-Type": "image/jpeg",
        "Content-Encoding": encoding,
    } | ADMIN
    answer = call("POST", PRIMARY, body=picture(), headers=headers)
    assert answer.status == 415
    assert answer.headers["accept-encoding"] == "identity"
    assert list(answer.json()["errors"]) == ["Content-Encoding"]
    assert call("GET", PRIMARY).status == 404


def test_a_preflight_request_is_granted() -> None:
    answer = call("OPTIONS", PRIMARY, headers={"Access-Control-Request-Headers": "x-emby-token"})
    assert answer.status == 204
    assert answer.headers["access-control-allow-headers"] == "x-emby-token"


def test_there_is_a_limit_to_the_images_of_a_type(world: World) -> None:
    for width in range(1, world.settings.max_images_per_type + 1):
        upload(BACKDROP, picture(width, 1))
    answer = upload(BACKDROP, picture(999, 1))
    assert answer.status == 400
    assert "100" in answer.json()["detail"]
