"""Every image of a server is asked for once, gently, and a run goes on where one stopped."""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest

from infra.demo.jellyfin.server import KEY, JellyfinServer, serving
from infra.demo.jellyfin.shelf import USER, Shelf
from infra.errors import OperatorError, SettingError
from infra.importer.jellyfin.warming import paced, warm
from tests.support.media_tree import picture
from tests.support.reverse_proxies import nginx
from tests.support.served_app import serving_app
from tests.support.upstream import world_before


@dataclass(frozen=True)
class House:
    """A server with a library, and the address at which it and the service in front of it are one."""

    server: JellyfinServer
    url: str
    folder: Path

    def warm(self, **changed: object) -> int:
        state = str(self.folder / "state")
        options = {"url": self.url, "api_key": KEY, "rate": 1000.0, "workers": 3, "state": state}
        return warm(argparse.Namespace(**(options | changed)))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with (
        serving(Shelf()) as server,
        serving_app(world_before(server.url).container) as images_url,
        nginx(tmp_path, images_url, server.url) as url,
    ):
        shelf = server.shelf
        for number in range(4):
            film = shelf.add("Movie", f"Film {number}")
            shelf.put(film, "Primary", picture(number))
            shelf.put(film, "Backdrop", picture(100 + number))
        for kind in ("Person", "MusicArtist", USER):
            shelf.put(shelf.add(kind, "Ada"), "Primary", picture(200))
        yield House(server, url, tmp_path)


def test_all_images_are_fetched_and_then_known(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.warm() == 0
    assert house.server.pictures_asked == 4 * 2 + 3
    assert "11 images of 7 items and users" in capsys.readouterr().out
    assert house.warm() == 0
    assert house.warm(state=str(house.folder / "other")) == 0
    assert house.server.pictures_asked == 11
    assert "taken" in capsys.readouterr().out


def test_a_run_goes_on_where_one_stopped(house: House) -> None:
    broken = (
        b"no picture" * 500_000
    )  # what cannot be read is shown as it is, but for what is as large as this
    house.server.shelf.put(house.server.shelf.add("Movie", "Broken"), "Primary", broken, "image/jpeg")
    assert house.warm() == 1
    before = house.server.pictures_asked
    new = house.server.shelf.add("Movie", "New")
    house.server.shelf.put(new, "Primary", picture(9))
    assert house.warm() == 1
    assert house.server.pictures_asked - before <= 2


def test_what_does_not_come_from_the_service_is_told(house: House) -> None:
    with pytest.raises(OperatorError, match="do not come from this service"):
        house.warm(url=house.server.url)


def test_a_key_and_an_address_are_needed(house: House) -> None:
    for changed in ({"api_key": ""}, {"url": "jellyfin.home"}):
        with pytest.raises(SettingError, match="--url URL --api-key KEY"):
            house.warm(**changed)


def test_a_wrong_key_is_told(house: House) -> None:
    with pytest.raises(OperatorError, match="does not accept the key"):
        house.warm(api_key="wrong")


def test_things_come_no_faster_than_the_rate() -> None:
    began = time.monotonic()
    assert list(paced(range(11), 100, Event())) == list(range(11))
    assert time.monotonic() - began >= 0.1


def test_a_stop_ends_the_waiting() -> None:
    stop = Event()
    things = paced(range(10), 0.01, stop)
    assert next(things) == 0
    stop.set()
    assert list(things) == []
