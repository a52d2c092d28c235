"""What a query may say of an image."""

import pytest

from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat
from chalicelib.errors import InvalidInputError
from chalicelib.web.protocol.declarations.image_parameters import NEW_INDEX, image_options


def test_a_required_parameter_is_asked_for() -> None:
    with pytest.raises(InvalidInputError, match="The newIndex field is required"):
        NEW_INDEX.given({})


def test_all_options_are_read_and_empty_ones_are_absent() -> None:
    query = {
        "width": "1",
        "height": "2",
        "maxwidth": "3",
        "maxheight": "4",
        "fillwidth": "5",
        "fillheight": "",
        "quality": "80",
        "percentplayed": "12.5",
        "unplayedcount": "9",
        "blur": "3",
        "backgroundcolor": "#123456",
        "foregroundlayer": "0.5",
        "format": "webp",
    }
    assert image_options(query, frozenset()) == ImageProcessingOptions(
        width=1,
        height=2,
        max_width=3,
        max_height=4,
        fill_width=5,
        quality=80,
        percent_played=12.5,
        unplayed_count=9,
        blur=3,
        background_color="#123456",
        foreground_layer="0.5",
        format=RequestedFormat.WEBP,
    )


@pytest.mark.parametrize("text", ["jpeg", "99", "nonsense", ""])
def test_an_unknown_format_is_ignored(text: str) -> None:
    assert image_options({"format": text}, frozenset()).format is None
