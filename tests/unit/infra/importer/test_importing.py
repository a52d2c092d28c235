"""Importing found items over HTTP into an application over fakes."""

import json
from contextlib import closing
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import requests
from PIL import Image

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from infra.importer.folder_import import FolderImport, RunSettings
from infra.importer.service.client import MAX_BODY_BYTES
from infra.importer.service.retries import UnreachableError
from infra.importer.state import State
from infra.importer.summary import Outcome, Summary
from tests.support.fakes.world import World
from tests.support.import_run import Counting, Run, images
from tests.support.in_process_http import Adapter, Gateway, answered, service_over
from tests.support.media_tree import picture, plant


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "media"


def test_every_picture_becomes_the_image_that_its_name_says(world: World, folder: Path) -> None:
    planted = plant(folder, 64)
    summary = Run(world, folder).go()
    assert summary.files == {Outcome.TAKEN: 64}
    assert summary.is_good
    expected: dict[Any, list[Any]] = {}
    for one in planted:
        expected.setdefault((one.item_type, one.name), []).append((one.image_type, one.path.read_bytes()))
    found = images(world)
    assert {key: sorted(value) for key, value in found.items()} == {k: sorted(v) for k, v in expected.items()}
    for key, pictures in expected.items():
        backdrops = [p for p in pictures if p[0] is ImageType.BACKDROP]
        assert [p for p in found[key] if p[0] is ImageType.BACKDROP] == backdrops


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(world: World, folder: Path) -> None:
    plant(folder, 64)
    first = Run(world, folder).go(at_most=15)
    items_then = len(world.shelves.items)
    second = Run(world, folder).go()
    assert second.files[Outcome.UNCHANGED] == first.files[Outcome.TAKEN]
    assert second.files[Outcome.TAKEN] == 64 - first.files[Outcome.TAKEN]
    assert second.created == len(world.shelves.items) - items_then
    assert sum(map(len, images(world).values())) == 64


def test_a_repetition_changes_nothing(world: World, folder: Path) -> None:
    plant(folder, 32)
    Run(world, folder).go()
    before, writes = images(world), world.blobs_of_originals.writes
    summary = Run(world, folder).go()
    assert (summary.files, summary.created) == ({Outcome.UNCHANGED: 32}, 0)
    assert (images(world), world.blobs_of_originals.writes) == (before, writes)


def test_a_changed_file_replaces_the_image_that_it_was(world: World, folder: Path) -> None:
    movie = next(one for one in plant(folder, 16) if one.path.name == "fanart.jpg")
    Run(world, folder).go()
    movie.path.write_bytes(picture(999))
    assert Run(world, folder).go().files[Outcome.TAKEN] == 1
    backdrops = [
        data for kind, data in images(world)[movie.item_type, movie.name] if kind is ImageType.BACKDROP
    ]
    assert backdrops[0] == picture(999)
    assert len(backdrops) == 3


def test_a_dry_run_says_what_would_be_done_and_does_nothing(world: World, folder: Path) -> None:
    plant(folder, 32)
    summary = Run(world, folder).go(dry_run=True)
    assert summary.files == {Outcome.TAKEN: 32}
    assert summary.created > 10
    assert world.shelves.items == {}
    assert world.blobs_of_originals.keys == []


def wide() -> bytes:
    stream = BytesIO()
    Image.new("1", (16_384, 1)).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    "data", [b"<html>", wide(), picture(1)[:20]], ids=["no picture", "too wide", "cut in its header"]
)
def test_a_dry_run_refuses_by_the_header_as_the_service_does(world: World, folder: Path, data: bytes) -> None:
    plant(folder, 8)[0].path.write_bytes(data)
    told, done = Run(world, folder).go(dry_run=True), Run(world, folder).go()
    assert told.files == done.files == {Outcome.TAKEN: 7, Outcome.REFUSED: 1}


def test_a_dry_run_names_the_limit_as_the_service_does(world: World, folder: Path) -> None:
    plant(folder, 8)[0].path.write_bytes(wide())
    told, done = Run(world, folder).go(dry_run=True), Run(world, folder).go()
    assert told.reasons == done.reasons
    ((_, reason),) = told.reasons
    assert reason == "The width in pixels is 16,384; the limit is 16,383."


def test_a_dry_run_refuses_a_file_that_is_too_large_unread(world: World, folder: Path) -> None:
    with plant(folder, 8)[0].path.open("wb") as file:
        file.truncate(100_000_001)
    told = Run(world, folder).go(dry_run=True)
    assert told.files == {Outcome.TAKEN: 7, Outcome.REFUSED: 1}
    ((_, reason),) = told.reasons
    assert reason == "The number of bytes is 100,000,001; the limit is 100,000,000."


def test_what_the_service_refuses_is_counted_with_its_reason(world: World, folder: Path) -> None:
    one = plant(folder, 16)[0]
    one.path.write_bytes(b"<html>")
    summary = Run(world, folder).go()
    assert summary.files == {Outcome.TAKEN: 15, Outcome.REFUSED: 1}
    ((outcome, reason),) = summary.reasons
    assert outcome is Outcome.REFUSED
    assert "picture" in reason
    assert [folder / row.path for row in summary.examples[outcome, reason]] == [one.path]
    assert not summary.is_good


def test_a_picture_is_taken_by_its_content_whatever_its_name_says(world: World, folder: Path) -> None:
    logo = next(one for one in plant(folder, 6) if one.path.name == "logo.png")
    logo.path.write_bytes(picture(77, ".webp"))
    assert Run(world, folder).go().files == {Outcome.TAKEN: 6}
    assert (ImageType.LOGO, logo.path.read_bytes()) in images(world)[logo.item_type, logo.name]


def test_a_large_file_goes_by_ticket(world: World, folder: Path) -> None:
    one = plant(folder, 1)[0]
    one.path.write_bytes(picture(5) + b"\0" * MAX_BODY_BYTES)
    assert Run(world, folder).go().files == {Outcome.TAKEN: 1}
    assert len(world.issued.tickets) == 1
    assert images(world)[one.item_type, one.name] == [(ImageType.PRIMARY, one.path.read_bytes())]


def test_a_large_file_that_is_no_picture_is_refused_by_its_ticket(world: World, folder: Path) -> None:
    plant(folder, 1)[0].path.write_bytes(b"<html>" * 1_000_000)
    summary = Run(world, folder).go()
    assert summary.files == {Outcome.REFUSED: 1}
    assert "Unsupported picture format" in next(iter(summary.reasons))[1]


def test_a_file_that_vanishes_fails_alone(world: World, folder: Path) -> None:
    planted = plant(folder, 6)
    read = FolderImport.read(folder)
    planted[0].path.unlink()
    summary = Summary()
    with closing(State.at(folder.parent / "state.sqlite")) as state:
        read.run(service_over(world), state, summary, RunSettings(Event(), lambda _: None, 2))
    assert summary.files == {Outcome.FAILED: 1, Outcome.TAKEN: 5}
    ((_, reason),) = summary.reasons
    assert reason == "The file cannot be read: No such file or directory."


class Faulty(Gateway):
    """A gateway that fails each request at its first attempt, half of them after the work was done."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.seen: dict[str, int] = {}

    def answer(self, request: requests.PreparedRequest) -> requests.Response:
        key = f"{request.method} {request.url} {hash(request.body)}"
        self.seen[key] = self.seen.get(key, 0) + 1
        if self.seen[key] > 1 or request.method != "POST":
            return super().answer(request)
        if len(self.seen) % 2:
            super().answer(request)
            raise requests.ReadTimeout("the answer got lost")
        return answered(429, {"Retry-After": "0"})


def test_lost_answers_and_busy_services_leave_no_duplicates(world: World, folder: Path) -> None:
    plant(folder, 24)
    summary = Run(world, folder, Faulty(world)).go()
    assert summary.files == {Outcome.TAKEN: 24}
    assert sum(map(len, images(world).values())) == 24
    names = [(item.type, item.name, item.parent_id) for item in world.shelves.items.values()]
    assert len(names) == len(set(names))


class Away(Adapter):
    """A service whose key is not accepted."""

    def answer(self, request: requests.PreparedRequest) -> requests.Response:
        assert request.headers["Authorization"]
        return answered(401)


def test_a_key_that_is_not_accepted_ends_the_run(world: World, folder: Path) -> None:
    plant(folder, 4)
    with pytest.raises(UnreachableError, match="key"):
        Run(world, folder, Away()).go()


def test_every_picture_advances_the_bar_once(world: World, folder: Path) -> None:
    planted = plant(folder, 32)
    run = Run(world, folder)
    run.go()
    assert sorted(run.advanced) == sorted(one.path.stat().st_size for one in planted)


def test_a_second_run_asks_for_lists_alone(world: World, folder: Path) -> None:
    plant(folder, 64)
    Run(world, folder).go()
    gateway = Counting(world)
    assert Run(world, folder, gateway).go().files == {Outcome.UNCHANGED: 64}
    assert gateway.requests == [("GET", "/Items"), ("GET", "/Persons"), ("GET", "/Artists")]


def test_a_file_refused_before_is_not_sent_again_while_it_is_the_same(world: World, folder: Path) -> None:
    one = plant(folder, 2)[0]
    data = picture(3)
    one.path.write_bytes(data[:-40])  # pixels are missing, which the service alone notices
    first = Run(world, folder).go()
    gateway = Counting(world)
    second = Run(world, folder, gateway).go()
    assert first.files == {Outcome.REFUSED: 1, Outcome.TAKEN: 1}
    assert (second.files, second.reasons) == ({Outcome.REFUSED: 1, Outcome.UNCHANGED: 1}, first.reasons)
    assert all(method == "GET" for method, _ in gateway.requests)
    assert "POST" in [method for method, _ in again(world, folder)]
    one.path.write_bytes(data)
    assert Run(world, folder).go().files == {Outcome.TAKEN: 1, Outcome.UNCHANGED: 1}


def again(world: World, folder: Path) -> list[tuple[str | None, str]]:
    gateway = Counting(world)
    Run(world, folder, gateway).go(again=True)
    return gateway.requests


def test_what_the_header_tells_is_refused_without_sending_it(world: World, folder: Path) -> None:
    plant(folder, 1)[0].path.write_bytes(b"<html>")
    gateway = Counting(world)
    assert Run(world, folder, gateway).go().files == {Outcome.REFUSED: 1}
    assert not [path for method, path in gateway.requests if method == "POST" and "Images" in path]


class Behind(Gateway):
    """A gateway whose lists do not tell of images yet."""

    def answer(self, request: requests.PreparedRequest) -> requests.Response:
        answer = super().answer(request)
        if request.path_url.startswith("/Items?"):
            page = answer.json()
            for item in page["Items"]:
                item |= {"ImageTags": {}, "BackdropImageTags": []}
            return answered(200, {"Content-Type": "application/json"}, json.dumps(page).encode())
        return answer


def test_what_a_killed_run_sent_is_not_sent_again_though_lists_are_behind(world: World, folder: Path) -> None:
    plant(folder, 12)
    Run(world, folder).go()
    (folder.parent / "state.sqlite").unlink()
    assert Run(world, folder, Behind(world)).go().files == {Outcome.UNCHANGED: 12}
    with closing(State.at(folder.parent / "state.sqlite")) as state:
        paths = [path for path in folder.resolve().rglob("*") if path.stat().st_size and path.is_file()]
        assert all(state.sent(path) for path in paths)


def write(folder: Path, *paths: str) -> None:
    for number, path in enumerate(paths):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture(number) if file.suffix == ".jpg" else b"")


def test_two_folders_never_fight_for_one_image(world: World, folder: Path) -> None:
    write(
        folder,
        "Movies/Ruby (2020)/r.mkv",
        "Movies/Ruby (2020)/poster.jpg",
        "Movies/Ruby (2020) [tmdbid-7]/r.mkv",
        "Movies/Ruby (2020) [tmdbid-7]/poster.jpg",
        "Movies/Ruby (2020) [tmdbid-7]/fanart.jpg",
    )
    assert Run(world, folder).go().files == {Outcome.TAKEN: 2, Outcome.LEFT_OUT: 1}
    before = images(world)
    for _ in range(2):
        summary = Run(world, folder).go()
        assert (summary.files, summary.is_good) == ({Outcome.UNCHANGED: 2, Outcome.LEFT_OUT: 1}, True)
    assert images(world) == before


def test_what_nearly_is_an_item_of_the_service_is_told(world: World, folder: Path) -> None:
    write(folder, "Movies/Amelie (2001)/a.mkv", "Movies/Amelie (2001)/poster.jpg")
    other = folder.parent / "other"
    write(other, "Movies/Amélie (2001)/a.mkv", "Movies/Amélie (2001)/poster.jpg")
    Run(world, other).go()
    (note,) = Run(world, folder).go().notes
    assert note.startswith("Movie Amelie (2001) in Movies/Amelie (2001) is new; it nearly is Amélie (2001) (")


def test_every_picture_file_stands_in_one_row(world: World, folder: Path) -> None:
    write(
        folder,
        "Movies/Dune (2021)/Dune.mkv",
        "Movies/Dune (2021)/poster.jpg",
        "Movies/Dune (2021)/cover.jpg",
        "Movies/Dune (2021)/notes.jpg",
        "Movies/@eaDir/x.jpg",
        "beside.jpg",
    )
    (folder / "Movies/Dune (2021)/empty.png").touch()
    (folder / "Movies/Dune (2021)/gone.jpg").symlink_to("nowhere.jpg")
    summary = Run(world, folder).go()
    assert summary.all_files == 7
    assert {row.path: row.outcome for row in summary.rows} == {
        "Movies/@eaDir/x.jpg": Outcome.LEFT_OUT,
        "Movies/Dune (2021)/cover.jpg": Outcome.LEFT_OUT,
        "Movies/Dune (2021)/empty.png": Outcome.LEFT_OUT,
        "Movies/Dune (2021)/gone.jpg": Outcome.LEFT_OUT,
        "Movies/Dune (2021)/notes.jpg": Outcome.LEFT_OUT,
        "Movies/Dune (2021)/poster.jpg": Outcome.TAKEN,
        "beside.jpg": Outcome.LEFT_OUT,
    }
    assert all(row.reason for row in summary.rows if row.outcome is Outcome.LEFT_OUT)


def test_items_without_pictures_are_made_too_with_what_files_beside_say(world: World, folder: Path) -> None:
    write(folder, "Movies/Fox/a.mkv")
    (folder / "Movies/Fox/movie.nfo").write_text("<movie><title>Fox: Home</title><tmdbid>12</tmdbid></movie>")
    Run(world, folder).go()
    (movie,) = [item for item in world.shelves.items.values() if item.type is ItemType.MOVIE]
    assert (movie.name, movie.provider_ids) == ("Fox: Home", {"Tmdb": "12"})
