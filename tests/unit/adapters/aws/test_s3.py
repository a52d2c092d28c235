"""Notes as the metadata of an object in S3, and bodies that end too soon."""

from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from botocore.response import StreamingBody
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.aws.s3 import S3Blob, metadata_of
from chalicelib.errors import BusyError

TEXTS = st.text(st.characters(codec="utf-8"), max_size=3_000)


@given(st.dictionaries(st.sampled_from(["field", "reason", "key"]), TEXTS))
def test_notes_are_ascii_that_s3_takes_and_begin_as_they_were_written(notes: dict[str, str]) -> None:
    metadata = metadata_of(notes)
    assert sum(len(name) + len(text) for name, text in metadata.items()) <= 2_048
    for name, text in metadata.items():
        assert text.isascii()
        assert notes[name].startswith(unquote(text, errors="strict"))


def test_a_reason_of_usual_length_is_kept_whole() -> None:
    reason = "'Amélie 50 %.jpg' is no image of a Movie by its name."
    assert unquote(metadata_of({"field": "file", "reason": reason})["reason"]) == reason


def test_a_long_reason_fills_its_share() -> None:
    assert len(metadata_of({"field": "file", "reason": "日" * 400})["reason"]) > 900


def test_a_body_that_is_cut_short_is_unavailable() -> None:
    body = StreamingBody(BytesIO(b"half"), content_length=8)
    answer: Any = {"Body": body, "ContentLength": 8, "ContentType": "image/jpeg"}
    with pytest.raises(BusyError, match="IncompleteReadError"):
        S3Blob(answer).read()
