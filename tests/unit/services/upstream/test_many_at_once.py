"""Many requests at once in front of a server: how often it is asked, and what they get meanwhile."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain

import pytest

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.errors import NotFoundError
from chalicelib.services.images.found import Found
from chalicelib.services.upstream.lookup import UpstreamLookup
from infra.demo.jellyfin.server import JellyfinServer, Trouble, serving
from infra.demo.jellyfin.shelf import Shelf
from tests.support.fakes.world import World
from tests.support.media_tree import picture
from tests.support.upstream import world_before

PRIMARY = ImageType.PRIMARY
AT_ONCE = 25


class WallClock:
    """The time, which passes here."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Front:
    """Several functions in front of one server: they share all that is stored, and nothing that a process knows."""

    def __init__(self, server: JellyfinServer, *, unknown: int = 300) -> None:
        self.server = server
        self.worlds = [world_before(server.url, unknown=unknown) for _ in range(5)]
        first = self.worlds[0]
        for world in self.worlds:
            world.clock = WallClock()  # a World's own stands still
            world.upstream_memory, world.catalog = first.upstream_memory, first.catalog
            world.originals_store = first.originals_store
        first.asked.clock = WallClock()

    def film(self, number: int) -> OwnerKey:
        """Put a film on the server's shelf."""
        film = self.server.shelf.add("Movie", f"Film {number}")
        self.server.shelf.put(film, "Primary", picture(number))
        return OwnerKey.item(film.id)

    def look_up(self, owner: OwnerKey, tag: str = "", function: int = 0) -> Found:
        """Ask one of the functions."""
        return _lookup(self.worlds[function % len(self.worlds)]).look_up(owner, PRIMARY, None, tag)


def _lookup(world: World) -> UpstreamLookup:
    lookup = world.container.images.lookup
    assert isinstance(lookup, UpstreamLookup)
    return lookup


@pytest.fixture
def server() -> Iterator[JellyfinServer]:
    with serving(Shelf()) as running:
        yield running


def test_500_first_requests_for_50_pictures_are_50_fetches(server: JellyfinServer) -> None:
    front = Front(server)
    films = [front.film(number) for number in range(50)]
    wanted = list(chain.from_iterable([film] * 10 for film in films))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda n: front.look_up(wanted[n], "tag", n), range(500)))
    assert server.pictures_asked == 50
    assert all(one.is_named for one in found)
    tags = [one.image.tag for one in found]
    assert [tags[start : start + 10] for start in range(0, 500, 10)] == [
        [tags[n]] * 10 for n in range(0, 500, 10)
    ]
    assert len(set(tags)) == 50


def test_10_000_made_up_tags_and_ids_stay_within_their_bounds(server: JellyfinServer) -> None:
    front, bound = Front(server, unknown=100), 100
    film = front.film(1)
    front.look_up(film)
    began = time.monotonic()

    def ask(number: int) -> int:
        if number % 2:
            return front.look_up(film, f"made up {number}", number).image.size
        with pytest.raises(NotFoundError):
            front.look_up(OwnerKey.item(f"{number:032x}"), "x", number)
        return 0

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert set(pool.map(ask, range(10_000))) == {0, len(picture(1))}
    seconds = time.monotonic() - began
    periods = int(seconds // 60) + 2
    assert server.pictures_asked <= 1 + periods * bound + seconds / 10 + 1


def test_while_a_server_is_silent_what_is_stored_is_answered_at_once(server: JellyfinServer) -> None:
    front = Front(server)
    films = [front.film(number) for number in range(20)]
    sizes = [front.look_up(film, "tag").image.size for film in films]
    server.trouble, server.slow_seconds = Trouble.SLOW, 6.0
    times: list[float] = []

    def ask(number: int) -> int:
        began = time.monotonic()
        found = front.look_up(films[number % 20], "another tag", number)
        times.append(time.monotonic() - began)
        return found.image.size

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(ask, range(50)))
        before = server.pictures_asked
        times.clear()
        got = list(pool.map(ask, range(3_000)))
    assert got == [sizes[number % 20] for number in range(3_000)]
    assert server.pictures_asked - before <= 5
    assert sorted(times)[int(len(times) * 0.99)] < 0.3
