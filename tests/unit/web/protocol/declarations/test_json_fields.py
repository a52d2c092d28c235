"""Fields of a JSON body are read as they should be, or refused by their name."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import InvalidInputError, LimitExceededError
from chalicelib.web.protocol.declarations.json_fields import MAX_LINE, MAX_LIST, JsonFields
from chalicelib.web.protocol.request import Request

READERS: list[Callable[[JsonFields], object]] = [
    lambda fields: fields.line("Field"),
    lambda fields: fields.required_line("Field"),
    lambda fields: fields.text("Field", 5),
    lambda fields: fields.integer("Field"),
    lambda fields: fields.guid("Field"),
    lambda fields: fields.date("Field"),
    lambda fields: fields.texts("Field"),
    lambda fields: fields.list("Field", lambda _, value: value),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def fields(value: object) -> JsonFields:
    return JsonFields.of("body", {"fIELD": value})


@given(value=JSON, reader=st.sampled_from(READERS))
def test_a_field_is_read_or_refused_by_name(value: object, reader: Callable[[JsonFields], object]) -> None:
    refused = []
    try:
        reader(fields(value))
    except InvalidInputError as error:
        refused.append(error.field)
    assert refused in ([], ["Field"])


@pytest.mark.parametrize(("value", "number"), [(7, 7), ("7", 7), (-7, -7), (None, None), ("", None)])
def test_a_number_may_stand_in_quotes(value: object, number: int | None) -> None:
    assert fields(value).integer("Field") == number


@pytest.mark.parametrize("value", [True, 7.0, "7.5", "seven", 2**31, [7]])
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(InvalidInputError, match="whole number"):
        fields(value).integer("Field")


def test_a_number_out_of_range_is_told_the_range() -> None:
    with pytest.raises(InvalidInputError, match="from 1 to 1,000"):
        fields(0).integer("Field", range(1, 1001))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-02", datetime(2026, 1, 2, tzinfo=UTC)),
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02T03:04:05.1234567+02:00", datetime(2026, 1, 2, 1, 4, 5, 123456, tzinfo=UTC)),
    ],
)
def test_a_date_comes_in_utc(text: str, moment: datetime) -> None:
    assert fields(text).date("Field") == moment


def test_a_line_has_no_control_characters_and_no_white_space_around() -> None:
    assert fields(" a\x00b\n").line("Field") == "a b"


def test_names_of_texts_keep_their_letter_case_and_empty_ones_go() -> None:
    assert fields({"Tmdb": " 949 ", "Imdb": "", "Tvdb": None}).texts("Field") == {"Tmdb": "949"}


@pytest.mark.parametrize(
    ("value", "reader"),
    [
        ("x" * (MAX_LINE + 1), READERS[0]),
        ("xxxxxx", READERS[2]),
        ({str(n): "x" for n in range(MAX_LIST + 1)}, READERS[6]),
        (["x"] * (MAX_LIST + 1), READERS[7]),
    ],
)
def test_limits_are_told(value: object, reader: Callable[[JsonFields], object]) -> None:
    with pytest.raises(LimitExceededError) as caught:
        reader(fields(value))
    assert caught.value.value == caught.value.limit + 1


def test_a_body_has_its_limit() -> None:
    request = Request("POST", "/Items", raw_body=json.dumps({"Name": "Heat"}))
    assert JsonFields.of_body(request, 16).line("name") == "Heat"
    with pytest.raises(LimitExceededError):
        JsonFields.of_body(request, 15)
