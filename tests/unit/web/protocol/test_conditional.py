"""Preconditions by RFC 9110 §13."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web.protocol.conditional import Precondition, Validators, check_preconditions

CHANGED = datetime(2026, 11, 22, 12, 0, 0, 500_000, tzinfo=UTC)
HAVE = Validators(("tag-300x450-q90.jpg", "tag"), CHANGED)
AT, BEFORE, AFTER = (
    (CHANGED + timedelta(hours=hours)).strftime("%a, %d %b %Y %H:%M:%S GMT") for hours in (0, -1, 1)
)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, Precondition.SEND),
        ({"if-none-match": '"tag-300x450-q90.jpg"'}, Precondition.NOT_MODIFIED),
        ({"if-none-match": 'W/"tag-300x450-q90.jpg"'}, Precondition.NOT_MODIFIED),
        ({"if-none-match": '"other", "tag"'}, Precondition.NOT_MODIFIED),
        ({"if-none-match": "*"}, Precondition.NOT_MODIFIED),
        ({"if-none-match": '"other"'}, Precondition.SEND),
        ({"if-none-match": ""}, Precondition.SEND),
        ({"if-none-match": '"other"', "if-modified-since": AFTER}, Precondition.SEND),
        ({"if-modified-since": AT}, Precondition.NOT_MODIFIED),
        ({"if-modified-since": AFTER}, Precondition.NOT_MODIFIED),
        ({"if-modified-since": BEFORE}, Precondition.SEND),
        ({"if-modified-since": "yesterday"}, Precondition.SEND),
        ({"if-modified-since": "Mon, 01 Jan 99999999999 00:00:00 GMT"}, Precondition.SEND),
        ({"if-modified-since": f"Mon, 01 Jan 2020 00:00:00 +{'9' * 30}"}, Precondition.SEND),
        ({"if-unmodified-since": f"Mon, {'9' * 30} Jan 2020 00:00:00 GMT"}, Precondition.SEND),
        ({"if-unmodified-since": BEFORE}, Precondition.FAILED),
        ({"if-unmodified-since": AT}, Precondition.SEND),
        ({"if-match": '"tag"'}, Precondition.SEND),
        ({"if-match": 'W/"tag"'}, Precondition.FAILED),
        ({"if-match": '"other"'}, Precondition.FAILED),
        ({"if-match": '"tag"', "if-unmodified-since": BEFORE}, Precondition.SEND),
        ({"if-match": "*", "if-none-match": "*"}, Precondition.NOT_MODIFIED),
    ],
)
def test_preconditions_are_weighed_in_the_order_of_the_rfc(
    headers: dict[str, str], expected: Precondition
) -> None:
    assert check_preconditions(HAVE, headers) is expected


@pytest.mark.parametrize("field", ["if-modified-since", "if-unmodified-since"])
@pytest.mark.parametrize("date", [BEFORE, AFTER])
def test_without_a_time_of_change_dates_do_not_count(field: str, date: str) -> None:
    timeless = Validators(HAVE.etags, None)
    assert check_preconditions(timeless, {field: date}) is Precondition.SEND
    assert timeless.headers == {"ETag": '"tag-300x450-q90.jpg"'}


def test_the_validators_are_sent_in_their_forms() -> None:
    assert HAVE.headers == {"ETag": '"tag-300x450-q90.jpg"', "Last-Modified": AT}


@given(st.text(max_size=60), st.sampled_from(["if-none-match", "if-match", "if-modified-since"]))
def test_no_header_crashes_it(text: str, name: str) -> None:
    assert check_preconditions(HAVE, {name: text}) in Precondition
