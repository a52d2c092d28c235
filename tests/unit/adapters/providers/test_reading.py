"""Reading JSON of other sites: what has not the expected type is not there."""

from typing import Any

import pytest

from chalicelib.adapters.providers import reading


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12, 12),
        ("12", 12),
        (0, 0),
        (-1, None),
        (True, None),
        (1.5, None),
        ("x", None),
        ("٣", None),
        ("9" * 5_000, None),
        (10**400, None),
    ],
)
def test_a_whole_number_is_read_also_from_text(value: Any, expected: int | None) -> None:  # noqa: ANN401  # any JSON value
    assert reading.whole({"n": value}, "n") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5.3, 5.3),
        (5, 5.0),
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        (False, None),
        ("5", None),
    ],
)
def test_a_number_is_read_if_it_makes_sense(value: Any, expected: float | None) -> None:  # noqa: ANN401  # any JSON value
    assert reading.number({"n": value}, "n") == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("en", "en"), ("DE", "de"), ("", None), ("00", None), ("xx", None), (None, None)]
)
def test_a_picture_without_text_has_no_language(value: Any, expected: str | None) -> None:  # noqa: ANN401  # any JSON value
    assert reading.language({"lang": value}, "lang") == expected


@pytest.mark.parametrize("value", [None, "", "ftp://a.example/", "/1.jpg", 5, ["https://a.example/"]])
def test_what_a_browser_cannot_load_is_no_link(value: Any) -> None:  # noqa: ANN401  # any JSON value
    assert reading.link({"url": value}, "url") is None


def test_anything_but_an_object_is_an_empty_one() -> None:
    assert reading.an_object([1]) == {}
    assert reading.objects({"a": 1}) == []
    assert reading.objects([{"a": 1}, None, 5]) == [{"a": 1}]
