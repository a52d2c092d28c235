"""A web client that is brought: what is sent, in which order, and what becomes of the one before."""

import gzip
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest

from infra.errors import SettingError
from infra.operations.web import MOST_BYTES, WebClients


@dataclass
class FakeS3:
    """The calls of S3 that a web client needs, over a dict; `calls` has the keys in their order."""

    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def put_object(self, *, Key: str, **rest: object) -> None:  # noqa: N803  # of boto3
        self.kept[Key] = rest
        self.calls.append(f"put {Key}")

    def get_paginator(self, _name: str) -> "FakeS3":
        return self

    def paginate(self, *, Prefix: str, **_rest: object) -> list[dict[str, Any]]:  # noqa: N803  # of boto3
        found = [key for key in self.kept if key.startswith(Prefix)]
        return [{"Contents": [{"Key": key, "ETag": self._etag(key)}]} for key in found] + [{}]

    def delete_objects(self, *, Delete: dict[str, Any], **_rest: object) -> None:  # noqa: N803  # of boto3
        for entry in Delete["Objects"]:
            del self.kept[entry["Key"]]
            self.calls.append(f"delete {entry['Key']}")

    def _etag(self, key: str) -> str:
        return f'"{md5(self.kept[key]["Body"], usedforsecurity=False).hexdigest()}"'


@pytest.fixture
def s3() -> FakeS3:
    return FakeS3({"variants/ab": {"Body": b"variant"}})


@pytest.fixture
def clients(s3: FakeS3) -> WebClients:
    return WebClients(s3, "variants-bucket")  # type: ignore[arg-type]  # a fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "index.html", b"<title>Client</title>")
    write(tmp_path, "main.bundle.js", b"run();" * 100)
    write(tmp_path, "assets/img/banner.png", b"png")
    write(tmp_path, "zlib.wasm", b"wasm" * 100)
    write(tmp_path, ".git/config", b"hidden")
    return tmp_path


def write(folder: Path, name: str, data: bytes) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def test_files_are_kept_with_their_types_and_text_compressed(
    clients: WebClients, s3: FakeS3, folder: Path
) -> None:
    brought = clients.bring(folder)
    assert (brought.sent, brought.unchanged, brought.removed, brought.left_out) == (4, 0, 0, ())
    script = s3.kept["web/main.bundle.js.gz"]
    assert gzip.decompress(script["Body"]) == b"run();" * 100
    assert (script["ContentType"], script["ContentEncoding"]) == ("text/javascript; charset=utf-8", "gzip")
    picture = s3.kept["web/assets/img/banner.png"]
    assert (picture["Body"], picture["ContentType"]) == (b"png", "image/png")
    assert "ContentEncoding" not in picture
    assert s3.kept["web/zlib.wasm.gz"]["ContentType"] == "application/wasm"


def test_what_did_not_change_is_not_sent_again(clients: WebClients, s3: FakeS3, folder: Path) -> None:
    clients.bring(folder)
    s3.calls.clear()
    write(folder, "main.bundle.js", b"changed();")
    brought = clients.bring(folder)
    assert (brought.sent, brought.unchanged) == (1, 3)
    assert s3.calls == ["put web/main.bundle.js.gz"]


def test_the_document_comes_last_and_the_old_files_go_after_it(
    clients: WebClients, s3: FakeS3, folder: Path
) -> None:
    clients.bring(folder)
    (folder / "main.bundle.js").rename(folder / "main.2.bundle.js")
    write(folder, "index.html", b"<title>Two</title>")
    s3.calls.clear()
    assert clients.bring(folder).removed == 1
    assert s3.calls == [
        "put web/main.2.bundle.js.gz",
        "put web/index.html.gz",
        "delete web/main.bundle.js.gz",
    ]


def test_it_is_removed_document_first_and_nothing_else_with_it(
    clients: WebClients, s3: FakeS3, folder: Path
) -> None:
    clients.bring(folder)
    s3.calls.clear()
    assert clients.remove() == 4
    assert s3.calls[0] == "delete web/index.html.gz"
    assert list(s3.kept) == ["variants/ab"]
    assert clients.remove() == 0


def test_a_file_that_no_answer_has_room_for_is_left_out(
    clients: WebClients, s3: FakeS3, folder: Path
) -> None:
    write(folder, "film.mp3", bytes(MOST_BYTES + 1))
    assert clients.bring(folder).left_out == ("film.mp3",)
    assert "web/film.mp3" not in s3.kept


@pytest.mark.parametrize("names", [[], ["main.js"], ["sub/index.html"], ["index.html", "name\twith tab.js"]])
def test_a_folder_that_cannot_be_served_is_refused_before_anything_is_sent(
    clients: WebClients, s3: FakeS3, tmp_path: Path, names: list[str]
) -> None:
    for name in names:
        write(tmp_path, name, b"x")
    with pytest.raises(SettingError):
        clients.bring(tmp_path)
    assert s3.calls == []
