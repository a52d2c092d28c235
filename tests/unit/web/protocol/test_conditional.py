"""Preconditions by RFC 9110 §13."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web.protocol.conditional import Validators, Verdict, verdict

CHANGED = datetime(2026, 11, 22, 12, 0, 0, 500_000, tzinfo=UTC)
HAVE = Validators(("tag-300x450-q90.jpg", "tag"), CHANGED)
AT, BEFORE, AFTER = (
    (CHANGED + timedelta(hours=hours)).strftime("%a, %d %b %Y %H:%M:%S GMT") for hours in (0, -1, 1)
)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, Verdict.SEND),
        ({"if-none-match": '"tag-300x450-q90.jpg"'}, Verdict.NOT_MODIFIED),
        ({"if-none-match": 'W/"tag-300x450-q90.jpg"'}, Verdict.NOT_MODIFIED),
        ({"if-none-match": '"other", "tag"'}, Verdict.NOT_MODIFIED),
        ({"if-none-match": "*"}, Verdict.NOT_MODIFIED),
        ({"if-none-match": '"other"'}, Verdict.SEND),
        ({"if-none-match": ""}, Verdict.SEND),
        ({"if-none-match": '"other"', "if-modified-since": AFTER}, Verdict.SEND),
        ({"if-modified-since": AT}, Verdict.NOT_MODIFIED),
        ({"if-modified-since": AFTER}, Verdict.NOT_MODIFIED),
        ({"if-modified-since": BEFORE}, Verdict.SEND),
        ({"if-modified-since": "yesterday"}, Verdict.SEND),
        ({"if-modified-since": "Mon, 01 Jan 99999999999 00:00:00 GMT"}, Verdict.SEND),
        ({"if-modified-since": f"Mon, 01 Jan 2020 00:00:00 +{'9' * 30}"}, Verdict.SEND),
        ({"if-unmodified-since": f"Mon, {'9' * 30} Jan 2020 00:00:00 GMT"}, Verdict.SEND),
        ({"if-unmodified-since": BEFORE}, Verdict.FAILED),
        ({"if-unmodified-since": AT}, Verdict.SEND),
        ({"if-match": '"tag"'}, Verdict.SEND),
        ({"if-match": 'W/"tag"'}, Verdict.FAILED),
        ({"if-match": '"other"'}, Verdict.FAILED),
        ({"if-match": '"tag"', "if-unmodified-since": BEFORE}, Verdict.SEND),
        ({"if-match": "*", "if-none-match": "*"}, Verdict.NOT_MODIFIED),
    ],
)
def test_preconditions_are_weighed_in_the_order_of_the_rfc(
    headers: dict[str, str], expected: Verdict
) -> None:
    assert verdict(HAVE, headers) is expected


@pytest.mark.parametrize("field", ["if-modified-since", "if-unmodified-since"])
@pytest.mark.parametrize("date", [BEFORE, AFTER])
def test_without_a_time_of_change_dates_do_not_count(field: str, date: str) -> None:
    timeless = Validators(HAVE.etags, None)
    assert verdict(timeless, {field: date}) is Verdict.SEND
    assert timeless.headers == {"ETag": '"tag-300x450-q90.jpg"'}


def test_the_validators_are_sent_in_their_forms() -> None:
    assert HAVE.headers == {"ETag": '"tag-300x450-q90.jpg"', "Last-Modified": AT}


@given(st.text(max_size=60), st.sampled_from(["if-none-match", "if-match", "if-modified-since"]))
def test_no_header_crashes_it(text: str, name: str) -> None:
    assert verdict(HAVE, {name: text}) in Verdict
