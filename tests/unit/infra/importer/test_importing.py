"""Importing found items over HTTP into an application over fakes."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import requests
from PIL import Image
from requests.adapters import BaseAdapter

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.items import ItemType
from infra.importer.found import FoundItem, FoundPicture
from infra.importer.importing import Importing
from infra.importer.matching import Items
from infra.importer.retries import UnreachableError
from infra.importer.service_client import MAX_BODY_BYTES, ServiceClient
from infra.importer.state import State
from infra.importer.summary import Outcome, Summary
from infra.importer.walk import walk
from infra.importer.workers import each_in_parallel
from tests.support.fakes.world import World
from tests.support.in_process_http import Adapter, Gateway, answered, service_over
from tests.support.media_tree import picture, plant


@dataclass
class Run:
    """One run of the importer, from its start to its summary."""

    world: World
    folder: Path
    transport: BaseAdapter | None = None
    summary: Summary = field(default_factory=Summary)
    advanced: list[FoundPicture] = field(default_factory=list)

    def go(self, *, dry_run: bool = False, at_most: int | None = None) -> Summary:
        """Import the folder, or only so many of its items, as when the run is cut off."""
        service: ServiceClient = service_over(self.world, self.transport)
        items, stop = Items(service, dry_run=dry_run), Event()
        items.load()
        with closing(State.at(self.folder.parent / "state.sqlite")) as state:
            work = Importing(service, items, state, self.summary, stop, self.advanced.append, dry_run)
            each_in_parallel(self._found(at_most), work.take, 3, stop)
        self.summary.created = items.created
        return self.summary

    def _found(self, at_most: int | None) -> Iterator[FoundItem]:
        found = [item for item in walk(self.folder) if isinstance(item, FoundItem)]
        return iter(found[:at_most])


def images(world: World) -> dict[tuple[ItemType, str], list[tuple[ImageType, bytes]]]:
    """Return every image of every item with its bytes."""
    listed: dict[tuple[ItemType, str], list[tuple[ImageType, bytes]]] = {}
    for item in world.shelves.items.values():
        for image in world.images.finder.list(OwnerKey.item(item.id)).images:
            found = world.blobs_of_originals.open(image.original)
            assert found
            series = (
                world.shelves.items[item.series_id].name
                if item.type is ItemType.SEASON and item.series_id
                else ""
            )
            name = f"{series}/{item.name}" if series else item.name
            listed.setdefault((item.type, name), []).append((image.image_type, found.read()))
    return listed


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
    assert summary.examples[outcome, reason] == [one.path]
    assert not summary.is_good


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
    assert "no picture" in next(iter(summary.reasons))[1]


def test_a_file_that_vanishes_fails_alone(world: World, folder: Path) -> None:
    plant(folder, 6)
    movie = next(item for item in walk(folder) if isinstance(item, FoundItem))
    gone = FoundPicture(ImageType.PRIMARY, folder / "gone.jpg", 1)
    summary, service = Summary(), service_over(world)
    with closing(State.at(folder.parent / "state.sqlite")) as state:
        work = Importing(service, Items(service), state, summary, Event(), lambda _: None)
        work.take(movie.with_pictures((gone, *movie.pictures)))
    assert summary.files == {Outcome.FAILED: 1, Outcome.TAKEN: 6}


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
    assert sorted(picture.path for picture in run.advanced) == sorted(one.path for one in planted)
