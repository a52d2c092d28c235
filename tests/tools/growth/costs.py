"""What requests cost the application over a table on paper: before, as a library without places, and after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
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
from tests.tools.growth.music import item_id, music
from tests.tools.growth.paper_table import Attributes, PaperTable
from tests.tools.growth.requests import requests_of
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
    table = PaperTable.of(rows_of(music(size)))
    complete = ListingsRow("library", "listings", is_complete=True, has_tallies=True).serialize()
    with _service(table) as world:
        for name, url in requests_of(size).items():
            table.remove("library", "listings")
            ask, few = partial(_answered, url, 200), 1 if size > _MANY else min(rounds, 3)
            before = _cost(world, table, ask, few)
            table.put(complete)
            after = _cost(world, table, ask, rounds)
            yield Measured(name, size, before, after)


def costs_after(size: int) -> dict[str, Cost]:
    """Return what the lists of a library with so many tracks cost, each asked once."""
    table = PaperTable.of(rows_of(music(size)))
    with _service(table) as world:
        return {
            name: _cost(world, table, partial(_answered, url, 200), 1)
            for name, url in requests_of(size).items()
        }


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


@dataclass(frozen=True, slots=True)
class Compared:
    """A request, and what it costs in two libraries, asked in turn."""

    request: str
    small: Cost
    large: Cost

    @property
    def ratio(self) -> float:
        """Return how many times the milliseconds of the small one the large one takes."""
        return self.large.milliseconds / self.small.milliseconds


def compared(small: int, large: int, rounds: int) -> Iterator[Compared]:
    """Measure the lists of two libraries, round by round: whatever else the machine has to do slows both."""
    tables = [PaperTable.of(rows_of(music(size))) for size in (small, large)]
    urls = [requests_of(size) for size in (small, large)]
    for name in urls[0]:
        costs: list[list[Cost]] = [[], []]
        for turn in range(2 * rounds):
            with _service(tables[turn % 2]) as world:
                ask = partial(_answered, urls[turn % 2][name], 200)
                costs[turn % 2].append(_cost(world, tables[turn % 2], ask, 1))
        yield Compared(name, *map(_median, costs))


def _median(costs: list[Cost]) -> Cost:
    return replace(costs[0], milliseconds=median(cost.milliseconds for cost in costs))


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
