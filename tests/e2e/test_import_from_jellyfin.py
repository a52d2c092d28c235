"""A Jellyfin server, the stand-in, copied into the deployed stack: killed half-way, taken up again, repeated."""

import hashlib
import signal
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.demo.jellyfin.server import KEY, JellyfinServer, serving
from infra.demo.jellyfin.shelf import Shelf, ShelfItem
from infra.local.service import Service
from tests.support.deployed_service import Http, eventually
from tests.support.import_command import SECONDS, Importer, counted
from tests.support.media_tree import picture

FILMS = 12

type Tags = dict[tuple[str, int | None], str]


def filled() -> Shelf:
    """Return a shelf whose items no other test has: films with chapters, a series, an album and its artist."""
    shelf, own = Shelf(), uuid.uuid4().hex[:8]
    films = shelf.add("CollectionFolder", f"Films {own}", CollectionType="movies")
    shows = shelf.add("CollectionFolder", f"Shows {own}", CollectionType="tvshows")
    music = shelf.add("CollectionFolder", f"Music {own}", CollectionType="music")
    first = int(own, 16) % 8_000_000
    chapters = [{"Name": f"Chapter {n}", "StartPositionTicks": n * 600_000_000} for n in range(2)]
    for number in range(FILMS):
        film = shelf.add(
            "Movie",
            f"Film {own} {number}",
            films,
            ProductionYear=1990 + number,
            ProviderIds={"Tmdb": f"{own}{number}"},
            Chapters=chapters,
        )
        _illustrate(shelf, film, first + 10 * number, "Primary Logo Backdrop Backdrop Chapter Chapter")
    series = shelf.add("Series", f"Series {own}", shows)
    season = shelf.add("Season", "Season 1", series, IndexNumber=1)
    episode = shelf.add("Episode", f"Pilot {own}", season, IndexNumber=1, ParentIndexNumber=1)
    artist = shelf.add("MusicArtist", f"Artist {own}")
    album = shelf.add("MusicAlbum", f"Album {own}", music, AlbumArtists=[{"Name": artist.facts["Name"]}])
    for number, (item, kinds) in enumerate(
        [
            (series, "Primary Thumb"),
            (season, "Primary"),
            (episode, "Primary"),
            (artist, "Primary"),
            (album, "Disc"),
        ]
    ):
        _illustrate(shelf, item, first + 1_000 + 10 * number, kinds)
    return shelf


def _illustrate(shelf: Shelf, item: ShelfItem, first: int, kinds: str) -> None:
    for number, kind in enumerate(kinds.split(), first):
        shelf.put(item, kind, picture(number), index=len(item.images.get(kind, [])))


def on_the_shelf(item: ShelfItem) -> Tags:
    """Return the tags that the service gives to an item's images."""
    return {
        (kind, index if kind in {"Backdrop", "Chapter"} else None): hashlib.sha256(image.data).hexdigest()[
            :32
        ]
        for kind, images in item.images.items()
        for index, image in enumerate(images)
    }


def in_the_service(admin: Http, item: ShelfItem) -> Tags:
    """Return the tags of the images that an item has, under its id in Jellyfin."""
    listed = admin.get(f"/Items/{item.id}/Images")
    assert listed.ok, listed.text
    return {(image["ImageType"], image.get("ImageIndex")): image["ImageTag"] for image in listed.json()}


@pytest.fixture
def jellyfin() -> Iterator[JellyfinServer]:
    with serving(filled()) as server:
        yield server


@pytest.mark.timeout(SECONDS)
def test_a_server_is_copied_with_ids_and_all_images_and_then_changes_alone(
    admin: Http, service: Service, jellyfin: JellyfinServer, tmp_path: Path
) -> None:
    items = jellyfin.shelf.listed(frozenset(), "", recursive=True)
    images = sum(len(on_the_shelf(item)) for item in items)

    def copy() -> Importer:
        return Importer.of_server(service, jellyfin.url, KEY, tmp_path / "state.sqlite")

    first = copy()
    assert eventually(lambda: first.sent("copied") >= images // 3, SECONDS)
    first.process.send_signal(signal.SIGKILL)
    first.output()
    copied = first.sent("copied")
    assert images // 3 <= copied < images

    jellyfin.asked.clear()
    second = copy()
    text = second.output()
    assert second.process.returncode == 0, text
    assert counted(text, "unchanged") >= copied
    assert len([asked for asked in jellyfin.asked if "/Images/" in asked]) <= images - copied
    for item in items:
        assert in_the_service(admin, item) == on_the_shelf(item)
    film = next(item for item in items if item.facts["Type"] == "Movie")
    shown = admin.get(f"/Items/{film.id}?fields=ProviderIds,Chapters").json()
    assert (shown["Name"], shown["ProviderIds"]) == (film.facts["Name"], film.facts["ProviderIds"])
    assert [chapter["Name"] for chapter in shown["Chapters"]] == ["Chapter 0", "Chapter 1"]

    jellyfin.asked.clear()
    third = copy()
    text = third.output()
    assert third.process.returncode == 0, text
    assert counted(text, "unchanged") == images
    assert not [asked for asked in jellyfin.asked if "/Images/" in asked]

    jellyfin.shelf.put(film, "Backdrop", picture(9_000_001), index=0)
    jellyfin.asked.clear()
    fourth = copy()
    text = fourth.output()
    assert fourth.process.returncode == 0, text
    assert (counted(text, "taken"), counted(text, "unchanged")) == (1, images - 1)
    assert len([asked for asked in jellyfin.asked if "/Images/" in asked]) == 1
    assert in_the_service(admin, film) == on_the_shelf(film)


def test_a_key_that_jellyfin_does_not_accept_is_told(
    service: Service, jellyfin: JellyfinServer, tmp_path: Path
) -> None:
    importer = Importer.of_server(service, jellyfin.url, "wrong", tmp_path / "state.sqlite")
    text = importer.output()
    assert importer.process.returncode != 0
    assert "Jellyfin does not accept the key" in " ".join(text.split())
