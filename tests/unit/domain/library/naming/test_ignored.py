"""What a library leaves out; many examples are those by which Jellyfin tests itself."""

import pytest

from chalicelib.domain.library.naming.ignored import is_ignored


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
