"""The page as it is laid down, and what of it comes from others."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import brotli
import pytest

from infra.deployment.page.pages import lay_down_pages, linked
from infra.places import PROJECT

FRONTEND = PROJECT / "frontend"
MOST_BYTES = 40_000
"""Of the whole page but what is loaded by itself, as gzip."""
LATER = {"reference", "in-front"}
"""The reference of the API, and what takes the library's place in front of a Jellyfin server."""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    lay_down_pages(FRONTEND, tmp_path / "pages")
    return tmp_path / "pages"


def test_all_but_the_document_and_the_icon_lie_in_a_folder_named_after_the_content(pages: Path) -> None:
    names = {path.name for path in pages.iterdir()}
    (version,) = (name for name in names if re.fullmatch(r"[0-9a-f]{16}", name))
    assert {name.partition(".")[0] for name in names - {version}} == {"index", "favicon"}
    assert f'src="{version}/app.js"' in (pages / "index.html").read_text()


def test_compressed_forms_hold_the_same(pages: Path) -> None:
    scripts = list(pages.rglob("*.js"))
    assert scripts
    for script in scripts:
        plain = script.read_bytes()
        for suffix, unpack in ((".gz", gzip.decompress), (".br", brotli.decompress)):
            packed = script.with_name(script.name + suffix)
            assert not packed.exists() or unpack(packed.read_bytes()) == plain
    assert (pages / "index.html.br").exists()


def test_any_change_makes_another_folder(tmp_path: Path) -> None:
    sources, target = tmp_path / "frontend", tmp_path / "pages"
    sources.mkdir()
    (sources / "index.html").write_text('<script type="module" src="app.js"></script>')
    versions = set()
    for text in ("one", "two"):
        (sources / "app.js").write_text(text)
        lay_down_pages(sources, target)
        versions |= {path.parent.name for path in target.rglob("app.js")}
        assert len(list(target.rglob("app.js"))) == 1
    assert len(versions) == 2


def test_only_links_to_files_of_the_page_are_led_elsewhere() -> None:
    document = '<a href="#/lib">x</a><link href="app.css"><a href="https://example.org/">y</a>'
    assert (
        linked(document, "v")
        == '<a href="#/lib">x</a><link href="v/app.css"><a href="https://example.org/">y</a>'
    )


def test_the_page_is_small(pages: Path) -> None:
    parts = [
        path
        for path in pages.rglob("*")
        if path.suffix in {".html", ".css", ".js"} and path.stem not in LATER
    ]
    assert {path.name for path in parts} == {"index.html", "app.css", "app.js"}
    assert sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in parts) <= MOST_BYTES


def test_the_document_has_no_script_or_style_of_its_own(pages: Path) -> None:
    document = (pages / "index.html").read_text()
    assert "<style" not in document
    assert " style=" not in document
    assert re.findall(r"<script[^>]*>([^<]*)<", document) == [""]
    assert not re.search(r"\son\w+=", document)


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in (*FRONTEND.rglob("*.js"), *FRONTEND.rglob("*.css"), FRONTEND / "index.html"):
        assert not re.findall(r"(?:import\s*\(|from\s+|url\(|src=|href=)['\"]?https?:", path.read_text()), (
            path
        )


def test_what_comes_from_npm_is_what_was_pinned() -> None:
    folder = FRONTEND / "vendor"
    pinned = {one["as"]: one["sha256"] for one in json.loads((folder / "packages.json").read_text())}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.js")}
    assert found == pinned
