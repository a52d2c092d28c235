"""Rows of the library say all that an item says, and nothing that it does not."""

import json
from dataclasses import replace

import pytest

from chalicelib.adapters.dynamodb.library.rows import details_row, entry_of, entry_row, item_of
from chalicelib.domain.library.entries import Entry
from chalicelib.domain.library.items import Chapter, Credit, Item, ItemType, Mention
from chalicelib.domain.library.metadata import Metadata
from tests.support.fakes.accounts import NOON

BARE = Item("a" * 32, ItemType.EPISODE, "Pilot", "pilot", NOON, version=1)
METADATA = Metadata(
    original_title="Pilote",
    tags=("space", "a"),
    community_rating=0.0,
    critic_rating=100,
    premiered="2015-12-14T00:00:00+00:00",
    run_time_ticks=0,
    air_days=("Monday",),
    is_locked=True,
    locked_fields=("Name",),
)
FULL = replace(
    BARE,
    ancestors=("b" * 32, "c" * 32),
    index_number=0,
    parent_index_number=0,
    people=(Credit("Somebody", "d" * 32),),
    genres=(Mention("Drama", "e" * 32),),
    chapters=(Chapter("One", 0),),
    provider_ids={"Tvdb": "1"},
    metadata=METADATA,
)


@pytest.mark.parametrize("item", [BARE, FULL])
def test_an_item_comes_back_as_it_went(item: Item) -> None:
    assert item_of(details_row(item)) == item


@pytest.mark.parametrize("item", [BARE, FULL])
def test_an_entry_comes_back_as_it_went(item: Item) -> None:
    assert entry_of(entry_row(item)) == Entry.of(item)


def test_what_is_not_said_takes_no_room() -> None:
    assert set(json.loads(entry_row(BARE).document)) == {"id", "type", "name", "sort_name", "created"}
    assert json.loads(details_row(BARE).document).keys().isdisjoint({"metadata", "people", "ancestors"})
