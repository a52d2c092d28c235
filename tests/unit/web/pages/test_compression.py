"""Which encodings a client takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web.pages.compression import ENCODINGS, accepted_encodings


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("", ()),
        ("identity", ()),
        ("gzip", ("gzip",)),
        ("gzip, deflate, br, zstd", ("br", "gzip")),
        ("GZIP;q=0.5, BR;q=1.0", ("br", "gzip")),
        ("br;q=0, gzip", ("gzip",)),
        ("*", ("br", "gzip")),
        ("*;q=0, gzip", ("gzip",)),
        ("br;q=1.0.0, gzip", ("gzip",)),
    ],
)
def test_what_is_listed_with_a_weight_counts_the_smaller_first(
    header: str, accepted: tuple[str, ...]
) -> None:
    assert accepted_encodings(header) == accepted


@given(st.text(max_size=80))
def test_no_header_crashes_it(header: str) -> None:
    assert set(accepted_encodings(header)) <= set(ENCODINGS)
