"""The `format` parameter."""

import pytest

from chalicelib.domain.images.formats import OUTPUT_FORMATS
from chalicelib.domain.variants.options import RequestedFormat


@pytest.mark.parametrize("text", ["webp", "WEBP", "Webp", " webp ", "4"])
def test_a_format_is_known_by_name_in_any_case_and_by_jellyfins_number(text: str) -> None:
    assert RequestedFormat.parse(text) is RequestedFormat.WEBP


@pytest.mark.parametrize("text", ["", "jpeg", "Bmp", "0", "5", "99", "-1", "wéb"])
def test_an_unknown_format_is_none(text: str) -> None:
    assert RequestedFormat.parse(text) is None


def test_every_format_but_original_names_one_that_can_be_written() -> None:
    named = {asked.image_format for asked in RequestedFormat if asked is not RequestedFormat.ORIGINAL}
    assert named == OUTPUT_FORMATS
    assert RequestedFormat.ORIGINAL.image_format is None
