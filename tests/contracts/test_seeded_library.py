"""The library that is seeded for measuring has the rows that its items' writes would have left."""

from collections.abc import Mapping
from typing import Any

import pytest

from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.library.listings import Listed, Listing, Window
from tests.support.fakes.accounts import NOON, FakeClock
from tests.tools.growth.music import item_id, music
from tests.tools.growth.rows import rows_of


@pytest.mark.emulator
def test_seeded_rows_are_those_of_writes(table: str) -> None:
    from chalicelib.adapters.dynamodb.library.library import DynamoLibrary  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.table.models import connection  # noqa: PLC0415

    library = DynamoLibrary(FakeClock())
    for item in music(30):
        library.add(item)
    client: Any = connection().client  # PynamoDB's type of it names no calls
    written = {_key(row): _content(row) for row in client.scan(TableName=table)["Items"]}
    seeded = {_key(row): _content(row) for row in rows_of(music(30))}
    del written["library", "mark"]
    assert seeded.keys() == written.keys()
    assert seeded == written


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["pk"]["S"], row["sk"]["S"]


def _content(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says; how often a segment was written is another matter than how many places it has."""
    return {name: value for name, value in row.items() if name != "writes"}


@pytest.mark.emulator
def test_a_library_that_is_seeded_beside_others_is_counted_with_them(table: str) -> None:
    from chalicelib.adapters.dynamodb.library.library import DynamoLibrary  # noqa: PLC0415  # only where it is there
    from chalicelib.adapters.dynamodb.table.models import connection  # noqa: PLC0415
    from tests.tools.growth.seed import seed  # noqa: PLC0415

    library = DynamoLibrary(FakeClock())
    shelf = library.add(Item("1" * 32, ItemType.COLLECTION_FOLDER, "Films", "films", NOON))
    artist = library.add(Item("2" * 32, ItemType.MUSIC_ARTIST, "Aardvark", "aardvark", NOON))
    assert seed(connection().client, table, 20) > 20
    shelves, artists = Listing("", ItemType.COLLECTION_FOLDER), Listing("", ItemType.MUSIC_ARTIST)
    assert library.totals([shelves, artists]) == {shelves: 2, artists: 3}
    assert library.listed([shelves], Window(0, 9)) == Listed((shelf.id, item_id("top")), 2)
    found = library.listed([artists], Window(0, 1, below="ab"))
    assert found == Listed((artist.id,), 1)
