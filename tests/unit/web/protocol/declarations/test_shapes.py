"""JSON in Jellyfin's conventions."""

from datetime import UTC, datetime

from chalicelib.web.protocol.declarations.shapes import Verbatim, date_time, shaped


def test_nulls_are_left_out_at_every_depth() -> None:
    value = {"A": None, "B": [{"C": None, "D": 0}], "E": {"F": None}}
    assert shaped(value, camel_case=False) == {"B": [{"D": 0}], "E": {}}


def test_names_turn_to_camel_case_but_data_does_not() -> None:
    value = {"ImageTags": Verbatim({"Primary": "x"}), "BlurHash": "LKO2"}
    assert shaped(value, camel_case=True) == {"imageTags": {"Primary": "x"}, "blurHash": "LKO2"}


def test_times_have_seven_digits_and_a_z() -> None:
    assert date_time(datetime(2026, 1, 2, 3, 4, 5, 678_900, tzinfo=UTC)) == "2026-01-02T03:04:05.6789000Z"


def test_a_year_has_four_digits() -> None:
    assert date_time(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00.0000000Z"
