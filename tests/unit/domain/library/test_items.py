"""Item types, and what an item says about those it mentions."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.domain.library.items import Credit, Item, ItemType, Mention

MOVIE = Item("1" * 32, ItemType.MOVIE, "Heat", "heat", datetime(2026, 1, 2, tzinfo=UTC))


@pytest.mark.parametrize("text", ["MusicArtist", "musicartist", " MUSICARTIST "])
def test_a_type_is_read_in_any_letter_case(text: str) -> None:
    assert ItemType.parse(text) is ItemType.MUSIC_ARTIST


def test_an_unknown_type_is_none() -> None:
    assert ItemType.parse("Spaceship") is None


def test_the_five_named_types_are_no_folders() -> None:
    named = [item_type for item_type in ItemType if item_type.is_named]
    assert len(named) == 5
    assert not any(item_type.is_folder for item_type in named)


@pytest.mark.parametrize(
    ("item_type", "medium"),
    [(ItemType.EPISODE, "Video"), (ItemType.AUDIO, "Audio"), (ItemType.SERIES, "Unknown")],
)
def test_each_type_has_its_medium(item_type: ItemType, medium: str) -> None:
    assert item_type.media_type == medium


def test_the_parent_is_the_last_ancestor() -> None:
    assert MOVIE.parent_id is None
    assert replace(MOVIE, ancestors=("a", "b")).parent_id == "b"


def test_genres_of_music_are_music_genres() -> None:
    assert MOVIE.genre_type is ItemType.GENRE
    assert replace(MOVIE, type=ItemType.MUSIC_ALBUM).genre_type is ItemType.MUSIC_GENRE


def test_mentions_of_every_sort_are_collected() -> None:
    item = replace(
        MOVIE,
        people=(Credit("Al Pacino", "p"),),
        genres=(Mention("Crime", "g"),),
        studios=(Mention("Regency", "s"),),
        artists=(Mention("Moby", "a"),),
        album_artists=(Mention("Elliot Goldenthal", "e"),),
    )
    assert item.mentioned_ids() == {"p", "g", "s", "a", "e"}


@pytest.mark.parametrize(
    ("item_type", "numbers", "sorted_by"),
    [
        (ItemType.EPISODE, (1, 2), "0001 - 0002 - heat"),
        (ItemType.AUDIO, (None, 12), "0000 - 0012 - heat"),
        (ItemType.SEASON, (None, 3), "0000 - 0003 - heat"),
        (ItemType.EPISODE, (None, None), "heat"),
        (ItemType.MOVIE, (1, 2), "heat"),
    ],
)
def test_what_is_numbered_sorts_by_number(
    item_type: ItemType, numbers: tuple[int | None, int | None], sorted_by: str
) -> None:
    parent, own = numbers
    item = replace(MOVIE, type=item_type, parent_index_number=parent, index_number=own)
    assert item.natural_sort_name == sorted_by
