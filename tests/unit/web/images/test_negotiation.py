"""Accept headers, reduced to what matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.formats import ImageFormat
from chalicelib.web.images.negotiation import accepted_formats

AVIF, WEBP = ImageFormat.AVIF, ImageFormat.WEBP


@pytest.mark.parametrize(
    ("accept", "formats"),
    [
        ("", set()),
        ("*/*", set()),
        ("image/*,*/*;q=0.8", set()),
        ("image/webp", {WEBP}),
        ("image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", {AVIF, WEBP}),
        ("IMAGE/WEBP ; Q=0.5", {WEBP}),
        ("image/webp;q=0", set()),
        ("image/webp;q=0.0, image/avif;q=1", {AVIF}),
        ("image/webp;q=nonsense", set()),
        ("image/webp;level=1;q=0.2", {WEBP}),
        ("image/webpx, ximage/webp", set()),
    ],
)
def test_only_what_is_named_with_a_weight_counts(accept: str, formats: set[ImageFormat]) -> None:
    assert accepted_formats({"accept": accept}, {}) == formats


def test_jellyfins_switch_in_the_query_counts() -> None:
    assert accepted_formats({}, {"accept": "webp"}) == {WEBP}


@given(st.text(max_size=80))
def test_no_header_crashes_it(accept: str) -> None:
    assert accepted_formats({"accept": accept}, {}) <= {AVIF, WEBP}
