"""The keys of the search: a name is found by its beginning and by that of its words."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.finding import ANY_KIND, finds_of, partition_of, scope_and_id, term_of
from chalicelib.domain.library.items import Item, ItemType

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
TOP, FILM = "1" * 32, "2" * 32


def film(name: str) -> Item:
    return Item(FILM, ItemType.MOVIE, name, name, NOON, (TOP,))


def is_found(name: str, text: str, *, by_name: bool | None = None) -> bool:
    term = term_of(text)
    ways = (True, False) if by_name is None else (by_name,)
    partitions = {partition_of(kind, term, is_name=way) for kind in ("Movie", ANY_KIND) for way in ways}
    found = [
        find for find in finds_of(film(name)) if find.partition in partitions and find.key.startswith(term)
    ]
    assert all(scope_and_id(find.key) == (TOP, FILM) for find in found)
    return bool(found)


@pytest.mark.parametrize("text", ["the", "The Lord", "lord", "LORD OF", "rings", "fellowship", "ring"])
def test_a_name_is_found_by_the_beginning_of_any_word(text: str) -> None:
    assert is_found("The Lord of the Rings: The Fellowship", text)


@pytest.mark.parametrize("text", ["ord", "ings", "lord rings", "hobbit"])
def test_it_is_not_found_by_the_middle_of_one_or_by_words_apart(text: str) -> None:
    assert not is_found("The Lord of the Rings: The Fellowship", text)


def test_accents_case_and_signs_do_not_matter_at_a_word_s_beginning() -> None:
    assert is_found("Le Fabuleux Destin d'Amélie", "amelie")
    assert is_found("Spider-Man", "man")
    assert is_found("Überflieger", "ÜBER", by_name=True)
    assert is_found("  Heat", "heat", by_name=True)
    assert is_found("...And Justice", "...and", by_name=True)
    assert is_found("...And Justice", "and")


def test_words_behind_the_eighth_are_not_found() -> None:
    name = "one two three four five six seven eight nine"
    assert is_found(name, "eight")
    assert not is_found(name, "nine")
    assert is_found(name, name)


@given(st.text(min_size=1, max_size=255))
def test_any_name_is_found_by_itself_in_keys_that_dynamodb_takes(name: str) -> None:
    finds = finds_of(film(name))
    assert len(finds) <= 16
    assert all(
        0 < len(find.key.encode()) <= 1_024 and len(find.partition.encode()) <= 2_048 for find in finds
    )
    if "\0" not in name and term_of(name):
        assert is_found(name, name, by_name=True)
