"""What requests cost the application over a table on paper: before, as a library without places, and after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from statistics import median
from time import process_time
from typing import Any

from chalicelib.adapters.dynamodb.images.catalog import DynamoImageCatalog
from chalicelib.adapters.dynamodb.images.rows import ImagesRow, images_rows
from chalicelib.adapters.dynamodb.library.library import DynamoLibrary
from chalicelib.adapters.dynamodb.library.places import ListingsRow
from chalicelib.adapters.dynamodb.table.models import bind, connection
from chalicelib.container import override_container
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import (
    ImageDetails,
    ImageFacts,
    ImageType,
    OwnerImages,
    Step,
    StoredImage,
)
from chalicelib.domain.images.owners import OwnerKey
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call
from tests.tools.growth.music import item_id, music, title
from tests.tools.growth.paper_table import Attributes, PaperTable
from tests.tools.growth.rows import rows_of

_ROUNDS = 5
_IMAGE_ROUNDS = 60
_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What one request cost: calls of DynamoDB, read units, milliseconds of processor time."""

    calls: int
    units: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A request, the size of what it asks, and what it costs before and after."""

    request: str
    size: int
    before: Cost
    after: Cost


def list_costs(size: int, rounds: int = _ROUNDS) -> Iterator[Measured]:
    """Measure the lists of a library with so many tracks."""
    top = item_id("top")
    table = PaperTable.of(rows_of(music(size)))
    artist = item_id("artist 0")
    tracks = f"/Items?parentId={top}&recursive=true&includeItemTypes=Audio&sortBy=SortName&limit=100"
    genre = item_id("genre 0")
    tracks_of_genre = f"/Items?parentId={top}&recursive=true&includeItemTypes=Audio&genreIds={genre}"
    requests = {
        "first page of 100 tracks": tracks,
        "page of 100 from the middle": f"{tracks}&startIndex={size // 2}",
        "100 tracks from a name on": f"{tracks}&nameStartsWithOrGreater={_some_track()}",
        "Latest": f"/Items/Latest?parentId={top}&limit=24",
        "album artists": f"/Artists/AlbumArtists?parentId={top}&limit=100",
        "20 album artists from a letter on": (
            f"/Artists/AlbumArtists?parentId={top}&limit=20&nameStartsWithOrGreater=M"
        ),
        "20 artists": f"/Artists?parentId={top}&limit=20",
        "genres": f"/MusicGenres?parentId={top}&sortBy=SortName&limit=20",
        "genres of albums": f"/Genres?parentId={top}&includeItemTypes=MusicAlbum&sortBy=SortName&limit=20",
        "labels of albums": f"/Studios?parentId={top}&includeItemTypes=MusicAlbum&limit=20",
        "20 composers": f"/Persons?parentId={top}&limit=20",
        "20 tracks of a genre": f"{tracks_of_genre}&limit=20",
        "20 from the middle of a genre": f"{tracks_of_genre}&limit=20&startIndex={size // 10}",
        "a genre, with numbers": f"/Items/{genre}",
        "similar to an album": f"/Items/{item_id('album 0')}/Similar?limit=12",
        "similar to what mentions nothing": f"/Items/{top}/Similar?limit=12",
        "numbers of all types": "/Items/Counts",
        "an artist, with numbers": f"/Items/{artist}",
        "albums of an artist": f"/Items?albumArtistIds={artist}&recursive=true&includeItemTypes=MusicAlbum",
        "tracks of an artist": f"/Items?artistIds={artist}&recursive=true&includeItemTypes=Audio",
        "search": f"/Search/Hints?searchTerm={title('track 7').split()[0]}&limit=24",
        "search of tracks": "/Items?searchTerm=ri&recursive=true&includeItemTypes=Audio&limit=24",
    }
    complete = ListingsRow("library", "listings", is_complete=True, has_tallies=True).serialize()
    with _service(table) as world:
        for name, url in requests.items():
            table.remove("library", "listings")
            ask, few = partial(_answered, url, 200), 1 if size > _MANY else min(rounds, 3)
            before = _cost(world, table, ask, few)
            table.put(complete)
            after = _cost(world, table, ask, rounds)
            yield Measured(name, size, before, after)


def _some_track() -> str:
    """Return how the name of a track sorts that half of all tracks, the fifth of each album on, stand behind."""
    return next(item.sort_name for item in music(5) if item.index_number == 5)[:4]


def image_cost(count: int, rounds: int = _IMAGE_ROUNDS) -> Measured:
    """Measure a request for the last of so many images of an item, whose copy the client has."""
    images = _many(count)
    table = PaperTable.of([_old_row(images)])
    tag = images.images[-1].tag
    url = f"/Items/{images.owner.id}/Images/Backdrop/{count - 1}?tag={tag}&maxWidth=300"
    ask = partial(_answered, url, 304, {"If-None-Match": f'"{tag}"'})
    with _service(table) as world:
        before = _cost(world, table, ask, rounds)
        for row in images_rows(images):
            if row:
                table.put(row.serialize())
        return Measured("304", count, before, _cost(world, table, ask, rounds))


@contextmanager
def _service(table: PaperTable) -> Iterator[World]:
    """Yield the application over a table on paper; the rest is in memory."""
    world = World()
    bind("paper")
    events = connection().client.meta.events
    events.register_first("before-send.dynamodb", table.answer)
    world.catalog = DynamoImageCatalog()
    try:
        with override_container(world.container):
            yield world
    finally:
        events.unregister("before-send.dynamodb", table.answer)


def _cost(world: World, table: PaperTable, ask: Callable[[], None], rounds: int) -> Cost:
    """Ask some times, each time as a new process would: no list is kept from the time before."""
    times: list[float] = []
    for _ in range(rounds):
        world.library = DynamoLibrary(world.clock)
        world.container.__dict__.pop("library", None)
        table.clear()
        begun = process_time()
        ask()
        times.append((process_time() - begun - table.own_seconds) * 1_000)
    return Cost(table.calls.total(), table.units, median(times))


def _answered(url: str, status: int, headers: dict[str, str] | None = None) -> None:
    answer = call("GET", url, headers=ADMIN | (headers or {}))
    assert answer.status == status, (url, answer.status, answer.body[:500])


def _many(count: int) -> OwnerImages:
    """Return an item with backdrops, each with hashes and a ladder of its own."""
    facts = ImageFacts(ImageFormat.JPG, 3840, 2160)
    images = tuple(
        StoredImage(
            ImageType.BACKDROP,
            item_id(f"picture {n}"),
            f"originals/{item_id(f'picture {n}')}{item_id(f'rest {n}')}",
            2_000_000 + n,
            facts,
            NOON,
            _details(n),
        )
        for n in range(count)
    )
    return OwnerImages(OwnerKey.item(item_id("top")), "Metropolis", images, version=1)


def _details(n: int) -> ImageDetails:
    tag = item_id(f"picture {n}")
    steps = tuple(
        Step(f"steps/{tag}/v3-{side}.jpg", side, side * 9 // 16, side * 100 + n)
        for side in (1920, 960, 480, 240)
    )
    return ImageDetails(item_id(f"blur {n}")[:28], item_id(f"thumb {n}"), "#102030", tag[:16], steps)


def _old_row(images: OwnerImages) -> Attributes:
    """Return the row as releases before heads were packed wrote it."""
    entries: list[dict[str, Any]] = [
        asdict(image)
        | {
            "image_type": image.image_type.value,
            "facts": asdict(image.facts) | {"format": image.facts.format.value},
            "modified": image.modified.isoformat(),
            "details": _old_details(image),
        }
        for image in images.images
    ]
    owner = str(images.owner)
    return ImagesRow(owner, "images", name=images.name, version=1, images=entries).serialize()


def _old_details(image: StoredImage) -> dict[str, Any]:
    assert image.details
    return asdict(image.details) | {"steps": [asdict(step) for step in image.details.steps]}
