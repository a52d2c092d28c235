"""The importer against the deployed stack: killed half-way and taken up again. `make soak` runs it large."""

import hashlib
import json
import os
import signal
from collections import defaultdict
from pathlib import Path

import pytest

from infra.local.service import Service
from tests.support.deployed_service import Http, eventually
from tests.support.import_command import SECONDS, Importer, counted
from tests.support.media_tree import Planted, picture, plant
from tests.support.naming.table import ROWS

PICTURES = int(os.environ.get("IMPORT_PICTURES", "48"))
TYPES = "Movie,Series,Season,Episode,MusicAlbum,MusicArtist,Person"

type Images = dict[tuple[str, str], dict[str, list[str]]]
"""Tags by image type, or by path, of each item."""


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
    first = Importer.of_folder(service, tmp_path / "media")
    assert eventually(lambda: first.sent() >= PICTURES // 2, SECONDS)
    first.process.send_signal(signal.SIGKILL)
    assert "What became" not in first.output()
    sent = first.sent()
    assert PICTURES // 2 <= sent < PICTURES

    second = Importer.of_folder(service, tmp_path / "media")
    text = second.output()
    assert second.process.returncode == 0, text
    wanted = expected(planted)
    assert listed(admin, wanted) == wanted
    assert second.sent() == PICTURES

    third = Importer.of_folder(service, tmp_path / "media", "--dry-run")
    assert counted(third.output(), "unchanged") == PICTURES


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_interrupted_says_how_to_go_on(
    service: Service, tmp_path: Path, sent: signal.Signals
) -> None:
    plant(tmp_path / "media", 400, first=100_000 * sent)  # more than are sent before the interruption arrives
    importer = Importer.of_folder(service, tmp_path / "media")
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
        really = next((row.really[name] for row in ROWS if name in row.really), path.suffix)
        path.write_bytes(picture(7_000_000 + number, really) if is_picture else text)
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
    first = Importer.of_folder(service, tmp_path / "media", "--report", str(report))
    text = first.output()
    assert first.process.returncode == 0, text
    told = json.loads(report.read_text("utf-8"))
    pictures = sum(1 for path in (tmp_path / "media").rglob("*") if path.suffix in {".jpg", ".png"})
    assert told["files"] == len(told["rows"]) == pictures
    taken = {row["path"].partition("/")[2]: row for row in told["rows"] if row["outcome"] == "taken"}
    expected = {path for images in wanted.values() for path in images}
    assert set(taken) == expected - {"Lantern/2. Sezon/folder.jpg"}  # rows 18 and 21 are one season
    for (_, image_type), paths in wanted.items():
        assert {taken[path]["image"] for path in paths if path in taken} <= {image_type}

    second = Importer.of_folder(service, tmp_path / "media")
    text = second.output()
    assert second.process.returncode == 0, text
    assert counted(text, "unchanged") == len(taken)

    gale = admin.get("/Items?recursive=true&includeItemTypes=Movie&searchTerm=Gale&fields=ProviderIds").json()
    assert [item["ProviderIds"] for item in gale["Items"]] == [{"Imdb": "tt0123456"}]
    many = admin.get("/Items?recursive=true&includeItemTypes=Movie&searchTerm=Many").json()["Items"][0]
    tags_of_many = [tag for path in wanted["Movie Many (2000)", "Backdrop"].values() for tag in path]
    assert many["BackdropImageTags"] == tags_of_many
    web = admin.get("/Items?recursive=true&includeItemTypes=Movie&searchTerm=Web").json()["Items"][0]
    (tag_of_logo,) = wanted["Movie Web (2001)", "Logo"]["Web (2001)/logo.png"]
    assert web["ImageTags"] == {"Logo": tag_of_logo}
    logo = admin.get(f"/Items/{web['Id']}/Images/Logo", accept="image/webp,*/*")
    assert (logo.headers["Content-Type"], logo.content[8:12]) == ("image/webp", b"WEBP")
