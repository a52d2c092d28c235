"""A request out of a proxy event."""

import pytest

from chalicelib.errors import InvalidInputError, UnsupportedEncodingError
from chalicelib.web.protocol.request import Request, path_value
from tests.support.gateway import event


def test_names_lose_their_letter_case_and_the_first_value_counts() -> None:
    made = event("GET", "/x?Tag=a&tag=b&MaxWidth=3&empty=", b"", {"X-Emby-Token": "t"})
    request = Request.from_event(made)
    assert request.query == {"tag": "a", "maxwidth": "3", "empty": ""}
    assert request.headers == {"x-emby-token": "t"}
    assert (request.method, request.source_address) == ("GET", "203.0.113.7")


def test_repeated_headers_are_joined() -> None:
    made = event("GET", "/x", b"", {}) | {"multiValueHeaders": {"Accept": ["image/webp", "image/avif"]}}
    assert Request.from_event(made).headers == {"accept": "image/webp, image/avif"}


def test_single_values_are_enough() -> None:
    made = event("GET", "/x?a=1", b"", {"A": "b"})
    request = Request.from_event(made | {"multiValueHeaders": None, "multiValueQueryStringParameters": None})
    assert (request.headers, request.query) == ({"a": "b"}, {"a": "1"})


def test_the_body_is_bytes() -> None:
    assert Request.from_event(event("POST", "/x", b"\xff\x00", {})).body == b"\xff\x00"
    assert Request("POST", "/x", raw_body="text").body == b"text"


def test_a_body_that_the_gateway_garbled_is_the_callers_mistake() -> None:
    with pytest.raises(InvalidInputError):
        _ = Request("POST", "/x", raw_body="%%%", is_base64=True).body


def test_a_packed_body_is_refused_by_the_name_of_its_header() -> None:
    packed = Request.from_event(event("POST", "/x", b"\x1f\x8b", {"Content-Encoding": "gzip"}))
    with pytest.raises(UnsupportedEncodingError, match="'gzip'") as refusal:
        _ = packed.body
    assert refusal.value.field == "Content-Encoding"


def test_an_encoding_without_a_body_or_that_changes_nothing_does_not_matter() -> None:
    assert Request.from_event(event("POST", "/x", b"", {"Content-Encoding": "gzip"})).body == b""
    assert Request.from_event(event("POST", "/x", b"x", {"Content-Encoding": "Identity"})).body == b"x"


@pytest.mark.parametrize(
    ("segment", "name"),
    [("AC%2FDC", "AC/DC"), ("a+b", "a+b"), ("%C3%85", "Å"), ("%FF", "\ufffd"), ("%", "%")],
)
def test_path_segments_are_decoded_once(segment: str, name: str) -> None:
    assert path_value(segment) == name
