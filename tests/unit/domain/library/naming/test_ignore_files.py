"""What `.ignore` files leave out; examples of Jellyfin's own tests, of git's documentation, and ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.naming.ignore_files import ignore_rules

_OF_A_WORD_PROCESSOR = b"{\\colortbl;\\red255\\green255\\blue255;}\n\\invalid\\escape\\sequence\n"


@pytest.mark.parametrize("text", [b"", b" \n\t\n", b"# nothing but words\n", _OF_A_WORD_PROCESSOR])
def test_an_ignore_file_without_a_line_leaves_all_out(text: bytes) -> None:
    assert ignore_rules(text).leaves_out("Film/a.mkv", is_folder=False)


def test_a_line_that_is_no_pattern_takes_nothing_from_the_others() -> None:
    rules = ignore_rules(_OF_A_WORD_PROCESSOR + b"*.mkv\n")
    assert rules.leaves_out("a.mkv", is_folder=False)
    assert not rules.leaves_out("a.mp3", is_folder=False)


@pytest.mark.parametrize(
    ("text", "path", "is_folder", "expected"),
    [
        ("Old/", "Old", True, True),
        ("Old/", "Old", False, False),
        ("Old/", "More/Old", True, True),
        ("/Old/", "More/Old", True, False),
        ("SPs", "cd/sps", True, True),
        ("*.mkv\n!best.mkv", "a.mkv", False, True),
        ("*.mkv\n!best.mkv", "best.mkv", False, False),
        ("a/*.jpg", "a/b.jpg", False, True),
        ("a/*.jpg", "a/b/c.jpg", False, False),
        ("a/**/c.jpg", "a/c.jpg", False, True),
        ("a/**/c.jpg", "a/b/b/c.jpg", False, True),
        ("a/**", "a/b/c.jpg", False, True),
        ("**/x.jpg", "q/w/x.jpg", False, True),
        ("?.jpg", "a.jpg", False, True),
        ("?.jpg", "ab.jpg", False, False),
        ("[ab].jpg", "b.jpg", False, True),
        ("[!ab].jpg", "b.jpg", False, False),
        (r"\#a", "#a", False, True),
        (r"\!a", "!a", False, True),
        ("# a", "# a", False, False),
        ("a  ", "a", False, True),
        ("[z-a", "[z-a", False, True),
        ("x\r\ny\r\n", "y", False, True),
        ("**/b/**/d", "a/b/c/d", False, True),
        ("**/b/**/d", "b/d", False, True),
        ("a/**", "a", True, False),
        ("f*o*.jpg", "foobo.jpg", False, True),
        ("f*bar*.jpg", "fobabar.jpg", False, True),
        ("f*bar", "fobarb", False, False),
        ("*a" * 60 + "b", "a" * 250, False, False),
        ("**/" * 60 + "b", "a/" * 60 + "c", False, False),
    ],
)
def test_lines_of_an_ignore_file_are_patterns_of_git(
    text: str, path: str, is_folder: object, expected: object
) -> None:
    assert ignore_rules(f"nothing\n{text}".encode()).leaves_out(path, is_folder=bool(is_folder)) is expected


@given(st.binary(max_size=200), st.text(max_size=40))
def test_any_file_can_be_read(text: bytes, path: str) -> None:
    assert ignore_rules(text).leaves_out(path, is_folder=False) in {True, False}
