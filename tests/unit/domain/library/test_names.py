"""Names are found however they are spelt, and sorted as people expect."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.names import dashed_name, name_key, search_key, sort_name


@given(st.text(), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_every_normal_form_has_the_same_key(name: str, form: str) -> None:
    assert name_key(unicodedata.normalize(form, name)) == name_key(name)  # type: ignore[arg-type]


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Björk", "BJÖRK"),
        ("Straße", "STRASSE"),
        ("  Sigur   Rós ", "sigur rós"),
        ("Non\u00a0Breaking", "non breaking"),
        ("ﬁnal", "FINAL"),
        ("Perfume", "\uff30\uff45\uff52\uff46\uff55\uff4d\uff45"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
    ],
)
def test_letter_case_white_space_and_compatibility_forms_are_levelled(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Beyonce", "Beyoncé"), ("AC/DC", "AC-DC"), ("a b", "ab")])
def test_other_differences_make_other_names(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text())
def test_what_is_searched_and_sorted_by_has_no_stray_white_space(name: str) -> None:
    for key in (name_key(name), search_key(name), sort_name(name)):
        assert key == " ".join(key.split())


def test_the_older_client_writes_dashes() -> None:
    assert dashed_name("AC/DC & Who?") == "AC-DC - Who-"


def test_a_search_needs_no_accents() -> None:
    assert search_key("Amélie POULAIN") == "amelie poulain"


@pytest.mark.parametrize(
    ("name", "sorted_by"),
    [
        ("The Matrix", "matrix"),
        ("A Serious Man", "serious man"),
        ("Alien 3", "alien 0000000003"),
        ("The", "the"),
        ("Theory", "theory"),
    ],
)
def test_articles_and_numbers_sort_as_people_expect(name: str, sorted_by: str) -> None:
    assert sort_name(name) == sorted_by
