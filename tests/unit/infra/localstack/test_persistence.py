"""The archive and the files of objects, without an emulator."""

import gc
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.localstack.plugins.dockerless.persistence import codec
from infra.localstack.plugins.dockerless.persistence.archive import (
    FILE,
    Archive,
    FormatError,
    KeptObject,
    KeptRow,
    Snapshot,
    Summary,
    check_format,
    read_summary,
)
from infra.localstack.plugins.dockerless.persistence.files import KeptFile, fresh_path, remove_others, sync

OBJECT = KeptObject("a.jpg", "v1", 1, "ab12", 5, "{}")
MARKER = KeptObject("a.jpg", "v2", 2, None, 0, "{}")


def snapshot(taken: float = 7.0) -> Snapshot:
    return Snapshot(
        taken,
        rows={"table": [KeptRow("1", '{"n": 1}'), KeptRow("2", '{"n": 2}')]},
        objects={"bucket": [OBJECT, MARKER]},
        messages={"events": ["one", "two"]},
    )


def test_what_is_written_is_read_by_the_next_process(tmp_path: Path) -> None:
    with closing(Archive.at(tmp_path)) as archive:
        archive.commit(snapshot())
    with closing(Archive.at(tmp_path)) as archive:
        assert list(archive.rows("table")) == [KeptRow("1", '{"n": 1}'), KeptRow("2", '{"n": 2}')]
        assert list(archive.objects("bucket")) == [OBJECT, MARKER]
        assert archive.messages("events") == ["one", "two"]
        assert archive.paths() == {"ab12"}
        assert list(archive.rows("other")) == []
    assert read_summary(tmp_path) == Summary(taken=7.0, rows=2, objects=2, bytes=5, messages=2)


def test_a_snapshot_changes_replaces_and_removes(tmp_path: Path) -> None:
    with closing(Archive.at(tmp_path)) as archive:
        archive.commit(snapshot())
        archive.commit(
            Snapshot(
                8.0,
                rows={"table": [KeptRow("1", None), KeptRow("2", "{}")]},
                gone={"bucket": [("a.jpg", "v1")]},
                messages={"events": ["two"]},
            )
        )
        assert list(archive.rows("table")) == [KeptRow("2", "{}")]
        assert list(archive.objects("bucket")) == [MARKER]
        assert archive.messages("events") == ["two"]


def test_a_snapshot_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    with closing(Archive.at(tmp_path)) as archive:
        archive.commit(snapshot())
        broken: list[str] = [b"x", object()]  # type: ignore[list-item]  # what SQLite cannot write
        with pytest.raises(sqlite3.Error):
            archive.commit(Snapshot(9.0, rows={"table": [KeptRow("1", None)]}, messages={"events": broken}))
        assert [row.key for row in archive.rows("table")] == ["1", "2"]
        assert archive.summary().taken == 7.0


def test_another_versions_archive_is_refused(tmp_path: Path) -> None:
    check_format(tmp_path)
    Archive.at(tmp_path).close()
    check_format(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("pragma user_version = 99")
    for look in (check_format, Archive.at):
        with pytest.raises(FormatError, match="format 99, and this version reads 1"):
            look(tmp_path)


@pytest.mark.parametrize("value", [datetime.now(UTC), b"\x00\xff", {"a": [1, None, "é"]}, {"$time": 1}])
def test_times_and_bytes_survive_json(value: object) -> None:
    assert codec.loads(codec.dumps({"value": value})) == {"value": value}


def test_what_cannot_be_kept_is_told() -> None:
    with pytest.raises(TypeError, match="object cannot be kept"):
        codec.dumps(object())


def test_a_file_is_read_and_written_at_a_position(tmp_path: Path) -> None:
    file = KeptFile(fresh_path(tmp_path))
    assert file.read() == b""
    assert (file.write(b"abc"), file.write(b"def"), file.tell()) == (3, 3, 6)
    assert (file.seek(1), file.read(2), file.read(), file.read()) == (1, b"bc", b"def", b"")
    assert (file.seek(-1, 2), file.read()) == (5, b"f")
    file.seek(2)
    assert (file.truncate(), file.path.read_bytes()) == (2, b"ab")


def test_a_file_ends_with_its_last_object(tmp_path: Path) -> None:
    file = KeptFile(fresh_path(tmp_path))
    file.write(b"x")
    file.close()
    path, second = file.path, file
    del file
    gc.collect()
    assert path.is_file()
    del second
    gc.collect()
    assert not path.exists()


def test_files_that_no_snapshot_knows_are_removed(tmp_path: Path) -> None:
    kept, lost = (fresh_path(tmp_path) for _ in range(2))
    for path in (kept, lost):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    remove_others(tmp_path, [kept.name])
    assert (kept.exists(), lost.exists()) == (True, False)
    sync([kept, lost])
