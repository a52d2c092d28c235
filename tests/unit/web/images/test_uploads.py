"""Pictures out of bodies."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.formats import sniff
from chalicelib.errors import InvalidInputError, LimitExceededError
from chalicelib.web.images.uploads import picture_of
from chalicelib.web.protocol.request import Request

GIF = b"GIF89a and more"


def sent(body: bytes, content_type: str = "image/gif") -> Request:
    headers = {"content-type": content_type} if content_type else {}
    return Request("POST", "/", headers, raw_body=base64.b64encode(body).decode(), is_base64=True)


@pytest.mark.parametrize(
    "body",
    [
        GIF,
        base64.b64encode(GIF),
        b"data:image/gif;base64," + base64.b64encode(GIF),
        b"data:image/gif;charset=utf-8;base64," + base64.b64encode(GIF),
        b"\r\n " + base64.encodebytes(GIF),
    ],
)
def test_a_picture_may_come_raw_or_as_base64(body: bytes) -> None:
    assert picture_of(sent(body), 100) == GIF


@given(st.binary(max_size=2000))
def test_base64_of_any_length_and_line_length_is_undone(more: bytes) -> None:
    assert picture_of(sent(base64.encodebytes(GIF + more)), 10_000) == GIF + more


@pytest.mark.parametrize(
    "content_type", ["", "image/*", "image/jpg", "IMAGE/GIF", "application/octet-stream"]
)
def test_a_type_may_be_vague(content_type: str) -> None:
    assert picture_of(sent(GIF, content_type), 100) == GIF


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", "image/svg+xml", "image", "image/"])
def test_a_type_may_not_be_another(content_type: str) -> None:
    with pytest.raises(InvalidInputError, match=r"^Unsupported Content-Type") as refusal:
        picture_of(sent(GIF, content_type), 100)
    assert refusal.value.field == "Content-Type"
    assert f"'{content_type}'" in str(refusal.value)


@given(st.binary(max_size=300))
def test_anything_else_is_refused_by_name(body: bytes) -> None:
    if sniff(body) is None:
        with pytest.raises(InvalidInputError) as refusal:
            picture_of(sent(body), 1000)
        assert refusal.value.field == "body"


@pytest.mark.parametrize("body", [GIF, base64.b64encode(GIF)])
def test_the_limit_counts_the_picture_not_its_coding(body: bytes) -> None:
    assert picture_of(sent(body), len(GIF))
    with pytest.raises(LimitExceededError, match=rf"{len(GIF)}; the limit is {len(GIF) - 1}"):
        picture_of(sent(body), len(GIF) - 1)
