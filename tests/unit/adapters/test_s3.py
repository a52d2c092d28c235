"""Notes as the metadata of an object in S3."""

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.s3 import metadata_of

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
