"""Background colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.variants.colours import over_black, parse_colour
from chalicelib.errors import InvalidInputError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#336699", (0x33, 0x66, 0x99, 255)),
        ("336699", (0x33, 0x66, 0x99, 255)),
        ("#369", (0x33, 0x66, 0x99, 255)),
        ("#8369", (0x33, 0x66, 0x99, 0x88)),
        ("80FFaa01", (0xFF, 0xAA, 0x01, 0x80)),
        (" #000 ", (0, 0, 0, 255)),
    ],
)
def test_a_colour_is_read_with_or_without_alpha(text: str, expected: tuple[int, ...]) -> None:
    assert parse_colour(text, "backgroundColor") == expected


@pytest.mark.parametrize(
    "text", ["notacolor", "#", "#12", "#12345", "#1234567", "##123", "#१२३", "# 123", "x" * 999]
)
def test_what_is_no_colour_is_refused_by_the_name_of_its_field(text: str) -> None:
    with pytest.raises(InvalidInputError, match="RRGGBB") as caught:
        parse_colour(text, "backgroundColor")
    assert caught.value.field == "backgroundColor"
    assert len(str(caught.value)) < 200


@given(st.text())
def test_any_text_is_a_colour_or_refused(text: str) -> None:
    try:
        colour = parse_colour(text, "backgroundColor")
    except InvalidInputError:
        return
    assert all(0 <= channel <= 255 for channel in colour)


def test_a_translucent_colour_on_black_is_darker_and_opaque() -> None:
    assert over_black((255, 100, 0, 128)) == (128, 50, 0, 255)
    assert over_black((255, 100, 0, 0)) == (0, 0, 0, 255)
