"""Typed values out of text."""

import uuid
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.images.images import ImageType
from chalicelib.errors import InvalidInputError
from chalicelib.web.protocol.declarations import parameters

_INT32 = st.integers(-(2**31), 2**31 - 1)


@given(st.uuids())
def test_a_guid_is_read_in_every_notation_of_dotnet(value: uuid.UUID) -> None:
    for text in (value.hex, str(value), f"{{{value}}}", f"({value})", str(value).upper(), f" {value} "):
        assert parameters.guid("itemId", text) == value.hex


@given(st.text(max_size=40))
def test_any_other_text_is_no_guid(text: str) -> None:
    with suppress(InvalidInputError):
        value = parameters.guid("itemId", text)
        assert uuid.UUID(value).hex == value


@given(_INT32)
def test_integers_are_read_in_decimal_and_hexadecimal(value: int) -> None:
    assert parameters.integer("width", str(value)) == value
    if value >= 0:
        assert parameters.integer("width", hex(value)) == value


@pytest.mark.parametrize(
    ("text", "value"), [("300.5", 300), ("301.5", 302), ("1e3", 1000), (" 7 ", 7), ("+7", 7), (".9", 1)]
)
def test_fractions_are_rounded_half_to_even(text: str, value: int) -> None:
    assert parameters.integer("width", text) == value


@pytest.mark.parametrize("text", ["abc", "1,5", "2147483648", "1e300", "NaN", "inf", "0x", "٣", "--1", "1_0"])
def test_what_is_no_integer_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidInputError, match="is not valid") as refusal:
        parameters.integer("width", text)
    assert refusal.value.field == "width"


@example(0.00033770629670470953)
@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_numbers_are_read_in_the_invariant_notation(value: float) -> None:
    assert parameters.number("percentPlayed", repr(value)) == value


@given(st.text(max_size=30))
def test_no_text_makes_a_number_crash(text: str) -> None:
    with suppress(InvalidInputError):
        assert isinstance(parameters.number("n", text), float)


@pytest.mark.parametrize(("text", "value"), [("true", True), ("FALSE", False), ("1", True), ("0", False)])
def test_truth_values_are_lenient(text: str, value: bool) -> None:  # noqa: FBT001  # it is the value
    assert parameters.boolean("includeAllLanguages", text) is value


def test_what_is_no_truth_value_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        parameters.boolean("includeAllLanguages", "maybe")


@pytest.mark.parametrize("text", ["Primary", "primary", "PRIMARY", "0"])
def test_image_types_go_by_name_and_number(text: str) -> None:
    assert parameters.image_type(text) is ImageType.PRIMARY


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("7", 7), ("007", 7), ("999999999", 999_999_999)])
def test_an_index_is_written_in_digits(text: str, value: int) -> None:
    assert parameters.index("imageIndex", text) == value


@given(st.text(max_size=12))
def test_whatever_else_is_no_index(text: str) -> None:
    if text.isascii() and text.isdigit() and len(text) < 10:
        assert parameters.index("imageIndex", text) == int(text)
    else:
        with pytest.raises(InvalidInputError) as caught:
            parameters.index("imageIndex", text)
        assert caught.value.field == "imageIndex"
