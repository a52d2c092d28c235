"""The page and a brought web client, as a browser asks for them."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.container import override_container
from chalicelib.services.ports import Blob
from infra.deployment.page.pages import lay_down_pages
from infra.places import PROJECT
from tests.support.fakes.world import SETTINGS, World
from tests.support.gateway import Answer, call

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive") / "pages"
    lay_down_pages(PROJECT / "frontend", folder)
    return folder


@pytest.fixture
def world(pages: Path) -> Iterator[World]:
    world = World()
    world.page_folder = pages
    with override_container(world.container):
        yield world


@pytest.fixture
def script(pages: Path) -> str:
    return next(pages.glob("*/app.js")).relative_to(pages).as_posix()


def get(path: str, **headers: str) -> Answer:
    return call(
        "GET", path, headers=BROWSER | {name.replace("_", "-"): text for name, text in headers.items()}
    )


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("path", "location"), [("/", "./web/"), ("/web", "./web/"), ("/page", "./page/")])
def test_a_browser_is_led_to_the_page_whatever_stands_before_the_path(path: str, location: str) -> None:
    answer = get(path)
    assert (answer.status, answer.headers["location"]) == (302, location)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", ["/web/", "/page/", "/web/index.html"])
def test_the_document_may_run_its_own_scripts_alone_and_is_asked_for_each_time(path: str) -> None:
    answer = get(path)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert policy.endswith("frame-ancestors 'none'")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.usefixtures("world")
def test_a_script_is_kept_for_ever_and_comes_compressed(script: str) -> None:
    answer = get(f"/web/{script}")
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    zipped = call("GET", f"/web/{script}", headers={"Accept-Encoding": "gzip"})
    plain = call("GET", f"/web/{script}")
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(zipped.body) == plain.body


@pytest.mark.usefixtures("world")
def test_a_copy_that_is_still_good_is_not_sent_again(script: str) -> None:
    etag = get(f"/web/{script}").headers["etag"]
    answer = get(f"/web/{script}", If_None_Match=etag)
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["cache-control"].endswith("immutable")


@pytest.mark.usefixtures("world")
def test_a_head_has_the_headers_alone(script: str) -> None:
    answer = call("HEAD", f"/web/{script}", headers=BROWSER)
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-encoding"] == "br"


@pytest.mark.usefixtures("world")
def test_the_document_links_to_files_that_are_there() -> None:
    document = call("GET", "/web/").body.decode()
    links = [part.split('"')[0] for part in document.replace("src=", "href=").split('href="')[1:]]
    assert len(links) >= 4
    for link in links:
        assert call("GET", f"/web/{link}").status == 200, link


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "path", ["/web/nothing.js", "/page/nothing.js", "/web/%2e%2e/app.py", "/web/..%2fapp.py"]
)
def test_what_is_not_there_is_a_404(path: str) -> None:
    assert get(path).status == 404


@pytest.mark.usefixtures("world")
def test_an_icon_is_there_for_browsers_that_ask_unbidden() -> None:
    assert get("/favicon.ico").headers["content-type"] == "image/x-icon"


@pytest.mark.usefixtures("world")
def test_another_spelling_of_the_path_is_answered_uncompressed(script: str) -> None:
    assert "content-encoding" not in get(f"/emby/Web/{script}").headers


@pytest.mark.parametrize("path", ["/", "/web/", "/page/", "/favicon.ico"])
def test_a_deployment_may_leave_it_out(pages: Path, path: str) -> None:
    world = World(replace(SETTINGS, web=False))
    world.page_folder = pages
    world.blobs_of_variants.put("web/index.html.gz", Blob(gzip.compress(b"client"), "text/html"))
    with override_container(world.container):
        assert get(path).status == 404


def test_a_brought_client_takes_the_place_of_the_page_which_stays_below_another_path(world: World) -> None:
    bring(world, "index.html", b"<title>Client</title>")
    assert gzip.decompress(get("/web/").body) == b"<title>Client</title>"
    assert "content-security-policy" not in get("/web/").headers
    assert b"Jellyfin Images" in call("GET", "/page/").body


@pytest.mark.parametrize(
    ("name", "query", "kept"),
    [
        ("main.jellyfin.bundle.js", "?0123456789abcdef0123", True),
        ("12.0123456789abcdef0123.chunk.js", "", True),
        ("config.json", "", False),
        ("themes/dark/theme.css", "", False),
    ],
)
def test_a_brought_clients_files_are_kept_where_a_hash_names_them(
    world: World, name: str, query: str, *, kept: bool
) -> None:
    bring(world, name, b"body")
    answer = get(f"/web/{name}{query}")
    assert gzip.decompress(answer.body) == b"body"
    assert answer.headers["cache-control"].endswith("immutable") is kept


def test_a_brought_clients_pictures_are_sent_as_they_are(world: World) -> None:
    world.blobs_of_variants.put("web/assets/banner.png", Blob(b"png", "image/png"))
    answer = get("/web/assets/banner.png")
    assert (answer.body, answer.headers["content-type"]) == (b"png", "image/png")
    assert "content-encoding" not in answer.headers


@pytest.mark.usefixtures("world")
def test_the_document_of_the_api_has_validators() -> None:
    answer = get("/openapi.json")
    assert get("/openapi.json", If_None_Match=answer.headers["etag"]).status == 304


def bring(world: World, name: str, data: bytes) -> None:
    world.blobs_of_variants.put(f"web/{name}.gz", Blob(gzip.compress(data), "text/plain"))


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("name", ["%16%1D", "%00", "%EA%88%B0", "x" * 600])
def test_a_name_that_no_file_has_is_a_404(name: str) -> None:
    for folder in ("web", "page"):
        assert get(f"/{folder}/{name}").status == 404
