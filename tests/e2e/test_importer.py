"""The importer against the deployed stack: killed half-way and taken up again. `make soak` runs it large."""

import hashlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from infra.local.service import Service
from tests.support.deployed_service import Http, eventually
from tests.support.media_tree import Planted, picture, plant
from tests.support.naming.table import ROWS

PICTURES = int(os.environ.get("IMPORT_PICTURES", "48"))
SECONDS = 3600
TYPES = "Movie,Series,Season,Episode,MusicAlbum,MusicArtist,Person"

type Images = dict[tuple[str, str], dict[str, list[str]]]
"""Tags by image type, or by path, of each item."""


_IN_BACKGROUND = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
"""Begins a command with interruptions ignored, as a shell does in its background."""


class Importer:
    """The command, as an operator starts it."""

    def __init__(self, service: Service, folder: Path, *options: str) -> None:
        self.state = folder.parent / "state.sqlite"
        command = [
            sys.executable,
            "-m",
            "infra.cli",
            "import",
            str(folder),
            "--state",
            str(self.state),
            *options,
        ]
        environment = {**os.environ, "ADMIN_API_KEY": service.admin_api_key, "COLUMNS": "120"}
        self.process = subprocess.Popen(  # noqa: S603  # our own command
            [*_IN_BACKGROUND, *command, "--url", service.base_url],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def output(self) -> str:
        """Wait for the end and return what was printed."""
        text, _ = self.process.communicate(timeout=SECONDS)
        return text

    def sent(self) -> int:
        """Return how many pictures the state knows to be sent."""
        try:
            with closing(sqlite3.connect(f"file:{self.state}?mode=ro", uri=True)) as state:
                return int(state.execute("select count(*) from sent").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def counted(text: str, outcome: str) -> int:
    """Return how many files the summary counts."""
    match = re.search(rf"{outcome}\s+│\s+([\d,]+)", text)
    assert match, text
    return int(match[1].replace(",", ""))


def expected(planted: list[Planted]) -> Images:
    """Return the tags of every image that must be there."""
    images: Images = defaultdict(lambda: defaultdict(list))
    for one in planted:
        tag = hashlib.sha256(one.path.read_bytes()).hexdigest()[:32]
        images[one.item_type.value, one.name][one.image_type.value].append(tag)
    return images


def listed(admin: Http, wanted: Images) -> Images:
    """Return the tags of the images that are there, of the wanted items."""
    images: Images = {}
    query = f"/Items?recursive=true&includeItemTypes={TYPES}&enableImages=false&limit=200"
    start, total = 0, 1
    while start < total:
        page = admin.get(f"{query}&startIndex={start}").json()
        start, total = start + 200, page["TotalRecordCount"]
        for item in page["Items"]:
            name = f"{item['SeriesName']}/{item['Name']}" if item["Type"] == "Season" else item["Name"]
            if (item["Type"], name) in wanted:
                images[item["Type"], name] = tags(admin, item["Id"])
    return images


def tags(admin: Http, item_id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for image in admin.get(f"/Items/{item_id}/Images").json():
        found[image["ImageType"]].append(image["ImageTag"])
    return found


@pytest.mark.timeout(SECONDS)
def test_an_import_that_is_killed_half_way_ends_with_the_right_image_on_every_item(
    admin: Http, service: Service, tmp_path: Path
) -> None:
    planted = plant(tmp_path / "media", PICTURES)
    first = Importer(service, tmp_path / "media")
    assert eventually(lambda: first.sent() >= PICTURES // 2, SECONDS)
    first.process.send_signal(signal.SIGKILL)
    assert "What became" not in first.output()
    sent = first.sent()
    assert PICTURES // 2 <= sent < PICTURES

    second = Importer(service, tmp_path / "media")
    text = second.output()
    assert second.process.returncode == 0, text
    wanted = expected(planted)
    assert listed(admin, wanted) == wanted
    assert second.sent() == PICTURES

    third = Importer(service, tmp_path / "media", "--dry-run")
    assert counted(third.output(), "unchanged") == PICTURES


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_interrupted_says_how_to_go_on(
    service: Service, tmp_path: Path, sent: signal.Signals
) -> None:
    plant(tmp_path / "media", 400, first=100_000 * sent)  # more than are sent before the interruption arrives
    importer = Importer(service, tmp_path / "media")
    eventually(lambda: importer.sent() > 0, SECONDS)
    importer.process.send_signal(sent)
    text = importer.output()
    assert importer.process.returncode == 130, text
    assert "goes on where it stopped" in text


def plant_table(root: Path) -> Images:
    """Make a folder of all rows of the table of names; returns the tags of every image that must be there."""
    images: Images = defaultdict(lambda: defaultdict(list))
    tags: dict[str, str] = {}
    for number, name in enumerate(dict.fromkeys(name for row in ROWS for name in row.names)):
        path = root / os.fsdecode(os.fsencode(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        text = next((row.texts[name] for row in ROWS if name in row.texts), b"")
        is_picture = path.suffix in {".jpg", ".png"}
        path.write_bytes(picture(7_000_000 + number, path.suffix) if is_picture else text)
        if is_picture:
            tags[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
    for row in ROWS:
        libraries = {name.partition("/")[0] for name in row.names}
        for item, pictures in row.items.items():
            for image in pictures:
                image_type, _, path_in_library = image.partition(" ")
                found = (tags.get(f"{library}/{path_in_library}") for library in sorted(libraries))
                images[item, image_type][path_in_library].append(next(filter(None, found)))
    return images


@pytest.mark.timeout(SECONDS)
def test_a_tree_of_the_whole_table_comes_out_as_it_says(
    admin: Http, service: Service, tmp_path: Path
) -> None:
    wanted = plant_table(tmp_path / "media")
    report = tmp_path / "report.json"
    first = Importer(service, tmp_path / "media", "--report", str(report))
    text = first.output()
    assert first.process.returncode == 0, text
    told = json.loads(report.read_text("utf-8"))
    pictures = sum(1 for path in (tmp_path / "media").rglob("*") if path.suffix in {".jpg", ".png"})
    assert told["files"] == len(told["rows"]) == pictures
    taken = {row["path"].partition("/")[2]: row for row in told["rows"] if row["outcome"] == "taken"}
    expected = {path for images in wanted.values() for path in images}
    assert set(taken) == expected - {"Lantern/2. Sezon/folder.jpg"}  # rows 18 and 21 are one season

    second = Importer(service, tmp_path / "media")
    text = second.output()
    assert second.process.returncode == 0, text
    assert counted(text, "unchanged") == len(taken)

    gale = admin.get("/Items?recursive=true&includeItemTypes=Movie&searchTerm=Gale&fields=ProviderIds").json()
    assert [item["ProviderIds"] for item in gale["Items"]] == [{"Imdb": "tt0123456"}]
    many = admin.get("/Items?recursive=true&includeItemTypes=Movie&searchTerm=Many").json()["Items"][0]
    tags_of_many = [tag for path in wanted["Movie Many (2000)", "Backdrop"].values() for tag in path]
    assert many["BackdropImageTags"] == tags_of_many
