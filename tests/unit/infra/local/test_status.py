"""What is told of the service on this machine."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from infra.local.status import duration, show
from infra.localstack.plugins.dockerless.persistence.archive import (
    FILE,
    Archive,
    KeptObject,
    KeptRow,
    Snapshot,
)
from infra.localstack.settings import Settings


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (59.9, "59 s"), (60, "1 min 0 s"), (3_725, "1 h 2 min"), (90_000, "1 d 1 h"), (-5, "0 s")],
)
def test_a_duration_has_its_two_largest_units(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_a_service_that_is_down_still_has_its_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cloud = Settings.from_environment({"RUN_DIR": str(tmp_path)})
    assert show(cloud) == 1
    assert "No data is stored yet." in capsys.readouterr().out
    with closing(Archive.at(cloud.data)) as archive:
        rows, objects = {"t": [KeptRow("1", "{}")]}, {"b": [KeptObject("k", "", 1, "p", 2_000, "{}")]}
        archive.commit(Snapshot(1.0, rows=rows, objects=objects))
    assert show(cloud) == 1
    said = capsys.readouterr().out
    assert "The service is down. Start it: jellyfin-images up" in said
    assert "1 files (2.0 kB), 1 rows, 0 events; last snapshot" in said


def test_data_of_a_later_version_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cloud = Settings.from_environment({"RUN_DIR": str(tmp_path)})
    cloud.data.mkdir()
    with closing(sqlite3.connect(cloud.data / FILE)) as later:
        later.execute("pragma user_version = 99")  # and none of the tables of this one
    assert show(cloud) == 1
    assert f"{cloud.data} is of another version (format 99" in capsys.readouterr().out
