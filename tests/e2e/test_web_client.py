"""A web client that an operator brings, as browsers get it.

It runs alone, since others test the page at the same address.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.test_operations import operate
from tests.support.deployed_service import Http

pytestmark = pytest.mark.disruptive

FILES = 300
BUNDLE = "main.jellyfin.bundle.js"
CHUNK = "12.0123456789abcdef0123.chunk.js"

FOR_EVER = "public, max-age=31536000, immutable"
SEEN = (
    ("", "text/html; charset=utf-8", "gzip", "no-cache"),
    (CHUNK, "text/javascript; charset=utf-8", "gzip", FOR_EVER),
    (f"{BUNDLE}?0123456789abcdef0123", "text/javascript; charset=utf-8", "gzip", FOR_EVER),
    ("config.json", "application/json", "gzip", "no-cache"),
    ("assets/banner.png", "image/png", None, "no-cache"),
)
"""Of a file: its name, media type, encoding and caching, as a browser is told them."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(
        f'<!doctype html><title>Client</title><script src="{CHUNK}"></script>'
    )
    (tmp_path / CHUNK).write_text("run();" * 1_000)
    (tmp_path / BUNDLE).write_text("main();" * 1_000)
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "assets" / "banner.png").write_bytes(bytes(range(256)))
    for number in range(FILES):
        (tmp_path / "assets" / f"{number}.svg").write_text(
            f"<svg id='{number}' xmlns='http://www.w3.org/2000/svg'/>"
        )
    yield tmp_path
    operate("web", "--remove")


def seen(http: Http, name: str) -> tuple[str | None, ...]:
    """Return what a browser is told of a file."""
    answer = http.call("GET", f"/web/{name}", headers={"Accept-Encoding": "gzip, br"})
    assert answer.status_code == 200, name
    return tuple(
        answer.headers.get(header) for header in ("Content-Type", "Content-Encoding", "Cache-Control")
    )


def test_it_is_served_in_the_place_of_the_page_until_it_is_removed(anyone: Http, folder: Path) -> None:
    assert operate("web", str(folder)) == f"{FILES + 5} files sent, 0 unchanged, 0 removed.\n"
    for name, *expected in SEEN:
        assert seen(anyone, name) == tuple(expected), name
    assert anyone.call("GET", "/web/").text == (folder / "index.html").read_text()
    assert (
        anyone.call("GET", f"/web/{CHUNK}", headers={"Accept-Encoding": "identity"}).text == "run();" * 1_000
    )
    assert anyone.call("GET", "/web/assets/banner.png").content == bytes(range(256))
    assert "Jellyfin Images" in anyone.call("GET", "/page/").text
    etag = anyone.call("GET", f"/web/{CHUNK}").headers["ETag"]
    assert anyone.call("GET", f"/web/{CHUNK}", headers={"If-None-Match": etag}).status_code == 304

    (folder / BUNDLE).write_text("changed();")
    (folder / "config.json").unlink()
    assert operate("web", str(folder)) == f"1 files sent, {FILES + 3} unchanged, 1 removed.\n"
    assert anyone.call("GET", f"/web/{BUNDLE}").text == "changed();"
    assert anyone.call("GET", "/web/config.json").status_code == 404

    assert operate("web", "--remove").startswith(f"{FILES + 4} files removed.")
    assert "Jellyfin Images" in anyone.call("GET", "/web/").text
