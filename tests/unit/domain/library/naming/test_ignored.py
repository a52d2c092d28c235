"""What a library leaves out; many examples are those by which Jellyfin tests itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.naming.ignored import ignore_rules, is_ignored


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/media/small.jpg", True),
        ("/media/albumart.jpg", True),
        ("/media/movie.sample.mp4", True),
        ("/media/movie/sample.mp4", True),
        ("/media/movie/minta.avi", True),
        ("/media/movie/sample/movie.mp4", True),
        ("/media/movie/Sample", False),
        ("/foo/sample/bar/baz.mkv", False),
        ("/media/movies/the sample/the sample.mkv", False),
        ("/media/movies/sampler.mkv", False),
        ("/media/movies/#Recycle/test.txt", True),
        ("/media/movies/#recycle/", True),
        ("/media/movies/#recycle", True),
        ("thumbs.db", True),
        ("/media/movies/movie.avi", False),
        ("/media/.hiddendir/file.mp4", False),
        ("/media/dir/.hiddenfile.mp4", True),
        ("/media/dir/._macjunk.mp4", True),
        ("/volume1/video/Series/@eaDir", True),
        ("/volume1/video/Series/@eaDir/file.txt", True),
        ("/directory/@Recycle/file.mp3", True),
        ("/media/movies/.@__thumb", True),
        ("/media/movies/.@__thumb/foo-bar-thumbnail.png", True),
        ("/media/music/Foo B.A.R./epic.flac", False),
        ("/media/music/Foo B.A.R.", False),
        ("/movies/.zfs/snapshot/AutoM-2023-09", True),
        ("/movies/$RECYCLE.BIN/x.jpg", True),
        ("/movies/System Volume Information/x.jpg", True),
        ("/movies/Film.trickplay/1.jpg", True),
        ("/movies/Film/metadata/x.jpg", True),
        ("/movies/Film/extrafanart/x.jpg", True),
    ],
)
def test_names_that_are_no_media(path: str, expected: object) -> None:
    assert is_ignored(path) is expected


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
    ],
)
def test_lines_of_an_ignore_file_are_patterns_of_git(
    text: str, path: str, is_folder: object, expected: object
) -> None:
    assert ignore_rules(f"nothing\n{text}".encode()).leaves_out(path, is_folder=bool(is_folder)) is expected


@given(st.binary(max_size=200), st.text(max_size=40))
def test_any_file_can_be_read(text: bytes, path: str) -> None:
    assert ignore_rules(text).leaves_out(path, is_folder=False) in {True, False}
