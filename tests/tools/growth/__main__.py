"""Print what a page, Latest, album artists, a search and an image cost, before and after, as the library grows.

Before: as a library of an earlier release is read until the sweep has listed its items and packed its images.
"""

import logging
import os
import sys
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

_SIZES = (10, 1_000, 10_000, 100_000)
_COUNTS = (1, 10, 101)
_ROUNDS = 5
_MANY = 10_000
_HEAD = """
| {} | queries before | after | read units before | after | CPU ms before | after |
|---|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one request cost: calls of DynamoDB, read units, milliseconds of processor time."""

    calls: int
    units: float
    milliseconds: float


def main() -> None:
    """Print both tables, for the numbers of tracks that the command line names, else for four."""
    logging.disable()
    sizes = [int(size) for size in sys.argv[1:]] or _SIZES
    print(_HEAD.format("request"))
    for size in sizes:
        for line in _lists(size):
            print(line, flush=True)
    print(_HEAD.format("image of an item"))
    for line in _images():
        print(line, flush=True)


def _lists(size: int) -> Iterator[str]:
    top = item_id("top")
    table = PaperTable.of(rows_of(music(size)))
    tracks = f"/Items?parentId={top}&recursive=true&includeItemTypes=Audio&sortBy=SortName&limit=100"
    requests = {
        "first page of 100 tracks": tracks,
        "page of 100 from the middle": f"{tracks}&startIndex={size // 2}",
        "Latest": f"/Items/Latest?parentId={top}&limit=24",
        "album artists": f"/Artists/AlbumArtists?parentId={top}&limit=100",
        "search": f"/Search/Hints?searchTerm={title('track 7').split()[0]}&limit=24",
        "search of tracks": "/Items?searchTerm=ri&recursive=true&includeItemTypes=Audio&limit=24",
    }
    complete: Attributes = {"pk": {"S": "library"}, "sk": {"S": "listings"}, "is_complete": {"BOOL": True}}
    with _service(table) as world:
        for name, url in requests.items():
            table.remove("library", "listings")
            ask, few = partial(_answered, url, 200), 1 if size > _MANY else 3
            before = _cost(world, table, ask, few)
            table.put(complete)
            after = _cost(world, table, ask, _ROUNDS)
            yield _row(f"{name}, {size:,}", before, after)


def _images() -> Iterator[str]:
    for count in _COUNTS:
        images = _many(count)
        table = PaperTable.of([_old_row(images)])
        last = images.images[-1]
        url = f"/Items/{images.owner.id}/Images/Backdrop/{count - 1}?tag={last.tag}&maxWidth=300"
        with _service(table) as world:

            def ask(url: str = url, tag: str = last.tag) -> None:
                _answered(url, 304, {"If-None-Match": f'"{tag}"'})

            before = _cost(world, table, ask, 60)
            row, apart = images_rows(images)
            table.put(row.serialize())
            if apart:
                table.put(apart.serialize())
            after = _cost(world, table, ask, 60)
        yield _row(f"304 with {count} images", before, after)


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


def _row(name: str, before: Cost, after: Cost) -> str:
    cells = (
        f"{before.calls:,} | {after.calls:,}",
        f"{before.units:,.0f} | {after.units:,.0f}",
        f"{before.milliseconds:,.1f} | {after.milliseconds:,.1f}",
    )
    return f"| {name} | {' | '.join(cells)} |"


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


if __name__ == "__main__":
    os.environ |= {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "paper",
        "AWS_SECRET_ACCESS_KEY": "paper",
    }
    main()
