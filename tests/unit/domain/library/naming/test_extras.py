"""Which videos and songs are extras; many examples are those by which Jellyfin tests itself."""

import pytest

from chalicelib.domain.library.naming.extras import is_extra, is_extras_folder, is_sample_film


@pytest.mark.parametrize(
    "file",
    [
        "trailer.mp4",
        "300-trailer.mp4",
        "300.trailer.mp4",
        "300_trailer.mp4",
        "300-trailer2.mp4",
        "theme.mp3",
        "300-scene.mp4",
        "300-scene2.mp4",
        "300-clip.mp4",
        "300-deleted.mp4",
        "300-deletedscene.mp4",
        "300-interview.mp4",
        "300-behindthescenes.mp4",
        "300-featurette.mp4",
        "300-short.mp4",
        "300-extra.mp4",
        "300-other.mp4",
        "sample.mp4",
        "300-sample.mp4",
        "300.sample.mp4",
        "300_sample.mp4",
        "a-behindthescenes2.mp4",
        "THEME.flac",
    ],
)
def test_an_extra_is_known_by_its_name(file: str) -> None:
    assert is_extra(file)


@pytest.mark.parametrize("file", ["300 - trailer.mp4", "300 - sample.mp4", "Up - trailer.mkv"])
def test_a_dash_with_blanks_parts_a_trailer(file: str) -> None:
    assert is_extra(file)


@pytest.mark.parametrize(
    "file",
    [
        "trailer.mp3",
        "theme.mkv",
        "stuff trailerthings.mkv",
        "I Live In A Trailer.mp4",
        "The DNA Sample.mp4",
        "Our Blue Trailer.mkv",
        "The Big Short.mkv",
        "Up something else.mkv",
        "scene.mkv",
        "trailer.jpg",
        "not a theme.mp3",
    ],
)
def test_other_names_are_of_no_extra(file: str) -> None:
    assert not is_extra(file)


@pytest.mark.parametrize(
    "name",
    [
        "behind the scenes",
        "deleted scenes",
        "interviews",
        "scenes",
        "samples",
        "shorts",
        "trailers",
        "Featurettes",
        "clips",
        "backdrops",
        "extra",
        "extras",
        "other",
        "theme-music",
        "Sample",
    ],
)
def test_folders_of_extras(name: str) -> None:
    assert is_extras_folder(name)


@pytest.mark.parametrize("name", ["gibberish", "not a scene", "The Big Short", "Season 1"])
def test_other_folders_hold_none(name: str) -> None:
    assert not is_extras_folder(name)


def test_a_film_with_the_word_sample_is_not_looked_at() -> None:
    assert is_sample_film("kiln-sample.mkv")
    assert is_sample_film("The Sample (2001).mkv")
    assert not is_sample_film("Sampler.mkv")
