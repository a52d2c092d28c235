"""Static files by name, and names that lead elsewhere."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.web.pages.files import find_file, packed_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret")
    pages = tmp_path / "pages"
    (pages / "0a1b" / "screens").mkdir(parents=True)
    (pages / "0a1b" / "app.js").write_text("plain")
    (pages / "0a1b" / "app.js.br").write_bytes(b"brotli")
    (pages / "0a1b" / "app.js.gz").write_bytes(b"gzip")
    return pages


@pytest.mark.parametrize(
    ("encodings", "data", "encoding"),
    [((), b"plain", ""), (("gzip",), b"gzip", "gzip"), (("br", "gzip"), b"brotli", "br")],
)
def test_a_file_comes_in_the_first_encoding_that_is_taken(
    folder: Path, encodings: tuple[str, ...], data: bytes, encoding: str
) -> None:
    found = find_file(folder, "0a1b/app.js", encodings)
    assert found
    assert (found.data, found.encoding) == (data, encoding)
    assert found.content_type == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "0a1b/../../secret.txt",
        "/etc/passwd",
        "0a1b\\app.js",
        "0a1b/\0",
        "",
        "0a1b",
        "x" * 5_000,
    ],
)
def test_a_name_that_is_none_of_the_folders_files_finds_nothing(folder: Path, name: str) -> None:
    assert find_file(folder, name) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="./\\a\0 %", max_size=12))
def test_no_name_leaves_the_folder(folder: Path, name: str) -> None:
    assert find_file(folder, name + "secret.txt") is None


def test_an_entity_tag_names_the_bytes_that_are_sent(folder: Path) -> None:
    tags = {found.etag for e in ((), ("gzip",), ("br",)) if (found := find_file(folder, "0a1b/app.js", e))}
    assert len(tags) == 3


def test_what_is_kept_as_gzip_alone_is_unpacked_for_who_does_not_take_it() -> None:
    packed = gzip.compress(b"body")
    assert packed_file("a.css", packed, ("br", "gzip")).data == packed
    assert packed_file("a.css", packed, ()).data == b"body"
