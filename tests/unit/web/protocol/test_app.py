"""Paths in any spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.web.protocol.app import PathTable

TABLE = PathTable(
    [
        "/",
        "/Users/Me",
        "/Users/{user_id}",
        "/Items/{item_id}/Images/{image_type}",
        "/Items/{item_id}/Images/{image_type}/{image_index}",
        "/web",
        "/web/{rest}",
    ]
)
INDEXED = "/Items/{item_id}/Images/{image_type}/{image_index}"


@pytest.mark.parametrize("prefix", ["", "/emby", "/MediaBrowser"])
@pytest.mark.parametrize("suffix", ["", "/", "//"])
@pytest.mark.parametrize("path", ["/Items/1/Images/Logo/2", "/items/1/IMAGES/Logo/2"])
def test_case_prefix_and_trailing_slash_do_not_count(prefix: str, path: str, suffix: str) -> None:
    match = TABLE.match(prefix + path + suffix)
    assert match
    assert match.path == INDEXED
    assert match.segments == {"item_id": "1", "image_type": "Logo", "image_index": "2"}


@pytest.mark.parametrize("path", ["/users/me", "/emby/Users/ME/"])
def test_fixed_segments_win_over_placeholders(path: str) -> None:
    match = TABLE.match(path)
    assert match
    assert match.path == "/Users/Me"


def test_values_stay_as_they_were_sent() -> None:
    match = TABLE.match("/Users/AC%2fDc")
    assert match
    assert match.segments == {"user_id": "AC%2fDc"}


@pytest.mark.parametrize(
    "path", ["/Items", "/embyItems/1/Images/Logo", "/Items/1/Images/Logo/2/3", "/x/Users/Me"]
)
def test_other_paths_are_unknown(path: str) -> None:
    assert TABLE.match(path) is None


@pytest.mark.parametrize("path", ["/", "", "/emby", "/emby/"])
def test_the_root_is_a_path_too(path: str) -> None:
    match = TABLE.match(path)
    assert match
    assert match.path == "/"


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("/web/app.js", "app.js"),
        ("/WEB/0a/App.js", "0a/App.js"),
        ("/web/a/b/c/d/", "a/b/c/d"),
        ("/web/a%2Fb", "a%2Fb"),
    ],
)
def test_the_rest_of_a_path_is_one_value(path: str, rest: str) -> None:
    match = TABLE.match(path)
    assert match
    assert (match.path, match.segments) == ("/web/{rest}", {"rest": rest})


def test_an_empty_rest_is_the_shorter_path() -> None:
    match = TABLE.match("/web/")
    assert match
    assert (match.path, match.segments) == ("/web", {})


@given(st.text(max_size=60))
def test_no_path_crashes_it(path: str) -> None:
    match = TABLE.match(path)
    assert match is None or match.path
