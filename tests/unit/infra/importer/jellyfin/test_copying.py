"""Copying a Jellyfin server, the stand-in, into an application over fakes."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from chalicelib.domain.library.items import ItemType
from infra.demo.jellyfin.server import KEY, JellyfinServer, Trouble, serving
from infra.demo.jellyfin.shelf import Shelf, ShelfItem
from infra.importer.folder_import import RunSettings
from infra.importer.jellyfin.client import JellyfinClient
from infra.importer.jellyfin.copying import GONE, WITHOUT_ONE_BEFORE, ServerCopy
from infra.importer.service.answers import RefusedError
from infra.importer.service.retries import RetryPolicy, UnreachableError
from infra.importer.state import State
from infra.importer.summary import Outcome, Summary
from tests.support.fakes.world import World
from tests.support.in_process_http import service_over
from tests.support.media_tree import picture


def filled() -> tuple[Shelf, ShelfItem]:
    """Return a shelf of a few items, and one of them."""
    shelf = Shelf()
    films = shelf.add("CollectionFolder", "Films", CollectionType="movies")
    shows = shelf.add("CollectionFolder", "Shows", CollectionType="tvshows")
    music = shelf.add("CollectionFolder", "Music", CollectionType="music")
    dune = shelf.add("Movie", "Dune", films, ProductionYear=2021, ProviderIds={"Tmdb": "438631"})
    lost = shelf.add("Series", "Lost", shows)
    season = shelf.add("Season", "Season 1", lost, IndexNumber=1)
    pilot = shelf.add("Episode", "Pilot", season, IndexNumber=1, ParentIndexNumber=1)
    album = shelf.add(
        "MusicAlbum", "First", music, AlbumArtists=[{"Name": "Tern", "Id": "x"}], AlbumArtist="Tern"
    )
    artist = shelf.add("MusicArtist", "Tern")
    for number, (item, kind) in enumerate(
        [
            (dune, "Primary"),
            (dune, "Backdrop"),
            (dune, "Backdrop"),
            (lost, "Logo"),
            (season, "Primary"),
            (pilot, "Primary"),
            (album, "Primary"),
            (artist, "Primary"),
        ]
    ):
        shelf.put(item, kind, picture(number), index=len(item.images.get(kind, [])))
    return shelf, dune


@pytest.fixture
def jellyfin() -> Iterator[JellyfinServer]:
    shelf, _ = filled()
    with serving(shelf) as server:
        yield server


def copied(
    world: World, server: JellyfinServer, folder: Path, *, dry_run: bool = False, key: str = KEY
) -> Summary:
    client = JellyfinClient.at(server.url, key, 2, Event())
    client = JellyfinClient(client.url, client.session, RetryPolicy(Event(), "Jellyfin", attempts=2))
    summary = Summary(keeps_rows=True)
    with closing(State.at(folder / "state.sqlite")) as state:
        copy = ServerCopy.read(client, service_over(world))
        copy.run(state, summary, RunSettings(Event(), lambda _: None, 2, dry_run))
    return summary


def images(world: World, name: str) -> list[str]:
    (item,) = [item for item in world.shelves.items.values() if item.name == name]
    from chalicelib.domain.images.owners import OwnerKey  # noqa: PLC0415  # one helper needs it

    return [image.image_type.value for image in world.images.finder.list(OwnerKey.item(item.id)).images]


def test_items_come_under_their_ids_with_all_their_images(
    world: World, jellyfin: JellyfinServer, tmp_path: Path
) -> None:
    summary = copied(world, jellyfin, tmp_path)
    assert (summary.files, summary.created, summary.is_good) == ({Outcome.TAKEN: 8}, 9, True)
    items = {item.name: item for item in world.shelves.items.values()}
    assert set(items) == {"Films", "Shows", "Music", "Dune", "Lost", "Season 1", "Pilot", "First", "Tern"}
    assert all(jellyfin.shelf.find(item.id) for item in items.values())
    assert (items["Dune"].year, items["Dune"].provider_ids) == (2021, {"Tmdb": "438631"})
    assert [world.shelves.items[above].name for above in items["Pilot"].ancestors] == [
        "Shows",
        "Lost",
        "Season 1",
    ]
    assert items["First"].album_artists[0].id == items["Tern"].id
    assert images(world, "Dune") == ["Primary", "Backdrop", "Backdrop"]
    assert items["Tern"].type is ItemType.MUSIC_ARTIST


def test_a_repetition_downloads_nothing(world: World, jellyfin: JellyfinServer, tmp_path: Path) -> None:
    copied(world, jellyfin, tmp_path)
    jellyfin.asked.clear()
    assert copied(world, jellyfin, tmp_path).files == {Outcome.UNCHANGED: 8}
    assert not [url for url in jellyfin.asked if "/Images/" in url]


def test_a_changed_image_alone_is_copied_and_replaces_the_one_that_it_was(
    world: World, jellyfin: JellyfinServer, tmp_path: Path
) -> None:
    copied(world, jellyfin, tmp_path)
    (dune,) = jellyfin.shelf.listed(frozenset({"Movie"}), "", recursive=True)
    jellyfin.shelf.put(dune, "Backdrop", picture(99), index=0)
    summary = copied(world, jellyfin, tmp_path)
    assert summary.files == {Outcome.TAKEN: 1, Outcome.UNCHANGED: 7}
    assert images(world, "Dune") == ["Primary", "Backdrop", "Backdrop"]


def test_what_was_lost_of_the_progress_is_compared_by_bytes(
    world: World, jellyfin: JellyfinServer, tmp_path: Path
) -> None:
    copied(world, jellyfin, tmp_path)
    (tmp_path / "anew").mkdir()
    assert copied(world, jellyfin, tmp_path / "anew").files == {Outcome.UNCHANGED: 8}


def chapters(shelf: Shelf, names: int, pictures: int) -> ShelfItem:
    """Put a film of so many chapters on a shelf, of which the first have pictures."""
    (films,) = (
        item
        for item in shelf.listed(frozenset({"CollectionFolder"}), "", recursive=True)
        if item.facts["Name"] == "Films"
    )
    listed = [{"Name": f"Chapter {n}", "StartPositionTicks": n * 600_000_000} for n in range(names)]
    film = shelf.add("Movie", "Heat", films, Chapters=listed)
    for number in range(pictures):
        shelf.put(film, "Chapter", picture(500 + number), index=number)
    return film


def test_chapters_come_with_their_pictures(world: World, jellyfin: JellyfinServer, tmp_path: Path) -> None:
    film = chapters(jellyfin.shelf, 3, 2)
    assert copied(world, jellyfin, tmp_path).files == {Outcome.TAKEN: 10}
    heat = world.shelves.items[film.id]
    assert [chapter.name for chapter in heat.chapters] == ["Chapter 0", "Chapter 1", "Chapter 2"]
    assert images(world, "Heat") == ["Chapter", "Chapter"]
    jellyfin.asked.clear()
    assert copied(world, jellyfin, tmp_path).files == {Outcome.UNCHANGED: 10}
    assert not [url for url in jellyfin.asked if "/Images/" in url]


def test_a_chapters_picture_without_the_one_before_is_left_out(
    world: World, jellyfin: JellyfinServer, tmp_path: Path
) -> None:
    film = chapters(jellyfin.shelf, 3, 3)
    copy = ServerCopy.read(JellyfinClient.at(jellyfin.url, KEY, 2, Event()), service_over(world))
    jellyfin.shelf.remove(film, "Chapter", 2)
    jellyfin.shelf.remove(film, "Chapter", 1)
    summary = Summary()
    with closing(State.at(tmp_path / "state.sqlite")) as state:
        copy.run(state, summary, RunSettings(Event(), lambda _: None, 2))
    assert summary.reasons == {(Outcome.LEFT_OUT, GONE): 1, (Outcome.LEFT_OUT, WITHOUT_ONE_BEFORE): 1}


def test_a_dry_run_changes_nothing(world: World, jellyfin: JellyfinServer, tmp_path: Path) -> None:
    summary = copied(world, jellyfin, tmp_path, dry_run=True)
    assert (summary.files, summary.created) == ({Outcome.TAKEN: 8}, 9)
    assert world.shelves.items == {}


def test_an_image_that_is_listed_and_gone_costs_itself(
    world: World, jellyfin: JellyfinServer, tmp_path: Path
) -> None:
    client = JellyfinClient.at(jellyfin.url, KEY, 2, Event())
    copy = ServerCopy.read(client, service_over(world))
    (dune,) = jellyfin.shelf.listed(frozenset({"Movie"}), "", recursive=True)
    jellyfin.shelf.remove(dune, "Primary")
    summary = Summary()
    with closing(State.at(tmp_path / "state.sqlite")) as state:
        copy.run(state, summary, RunSettings(Event(), lambda _: None, 2))
    assert summary.files == {Outcome.TAKEN: 7, Outcome.LEFT_OUT: 1}
    assert summary.reasons == {(Outcome.LEFT_OUT, GONE): 1}


def test_a_picture_that_the_service_refuses_is_told(
    world: World, jellyfin: JellyfinServer, tmp_path: Path
) -> None:
    (dune,) = jellyfin.shelf.listed(frozenset({"Movie"}), "", recursive=True)
    jellyfin.shelf.put(dune, "Primary", b"<html>")
    summary = copied(world, jellyfin, tmp_path)
    assert summary.files == {Outcome.TAKEN: 7, Outcome.REFUSED: 1}


def test_a_key_that_jellyfin_does_not_accept_ends_it(
    world: World, jellyfin: JellyfinServer, tmp_path: Path
) -> None:
    with pytest.raises(UnreachableError, match="does not accept the key"):
        copied(world, jellyfin, tmp_path, key="wrong")


def test_a_server_that_is_down_ends_it(world: World, jellyfin: JellyfinServer, tmp_path: Path) -> None:
    jellyfin.trouble = Trouble.DOWN
    with pytest.raises(UnreachableError, match="Jellyfin does not answer: status 503"):
        copied(world, jellyfin, tmp_path)


def test_another_server_than_jellyfin_is_refused(world: World, jellyfin: JellyfinServer) -> None:
    client = JellyfinClient.at(f"{jellyfin.url}/elsewhere", KEY, 2, Event())
    with pytest.raises(RefusedError, match="status 404"):
        ServerCopy.read(client, service_over(world))
