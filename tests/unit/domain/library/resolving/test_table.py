"""Every row of the table of names, by the resolver alone."""

from collections.abc import Iterable

import pytest

from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.resolving.resolver import resolve
from chalicelib.domain.library.resolving.results import FoundItem
from tests.support.naming.table import ROWS, Row


def told(item: FoundItem) -> str:
    """Return what a row calls an item."""
    name = item.title.name
    if item.type is ItemType.SEASON and item.parent:
        return f"{item.parent.title.name} > {name}"
    if item.type is ItemType.EPISODE and item.parent:
        last = f"-{item.last}" if item.last else ""
        return f"{told(item.parent)} > Episode {item.aired or item.number}{last} {name}"
    ids = "".join(f" {site}={number}" for site, number in item.title.provider_ids.items())
    return f"{item}{f' of {item.artist}' if item.artist else ''}{ids}"


def images(item: FoundItem) -> list[str]:
    return [f"{picture.image_type} {picture.path.partition('/')[2]}" for picture in item.pictures]


def merged(items: Iterable[FoundItem]) -> dict[str, list[str]]:
    """Return items with their images; an item may be found in several folders."""
    found: dict[str, list[str]] = {}
    for item in items:
        if item.type is not ItemType.COLLECTION_FOLDER:
            found.setdefault(told(item), []).extend(images(item))
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
def test_a_row_comes_out_as_the_table_says(row: Row) -> None:
    resolution = resolve(row.names, read_text=lambda path: row.texts.get(path, b""))
    assert merged(resolution.items) == {name: list(pictures) for name, pictures in row.items.items()}
    left_out = [found.path.partition("/")[2] or found.path for found in resolution.left_out]
    assert sorted(left_out) == sorted(row.left_out)


def test_the_table_is_whole() -> None:
    assert [row.number for row in ROWS] == list(range(1, 61))


def test_all_rows_lie_in_one_tree() -> None:
    names = [name for row in ROWS for name in row.names]
    texts = {path: text for row in ROWS for path, text in row.texts.items()}
    resolution = resolve(names, read_text=lambda path: texts.get(path, b""))
    expected: dict[str, list[str]] = {}
    for row in ROWS:
        for name, pictures in row.items.items():
            expected.setdefault(name, []).extend(pictures)
    expected["Lantern > Season 2"] = ["Primary Lantern/season02-poster.jpg"]  # rows 18 and 21 are one season
    assert merged(resolution.items) == expected
