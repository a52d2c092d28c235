"""The order, the language filter and the paging of remote images."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import (
    RemoteImage,
    RemoteImageQuery,
    Subject,
    ordered,
    page,
    readable,
    selected,
)

IMAGE = RemoteImage("TheMovieDb", ImageType.PRIMARY, "https://image.example/1.jpg")
LANGUAGES = st.sampled_from([None, "", "de", "DE", "en", "fr"])
IMAGES = st.lists(
    st.builds(
        RemoteImage,
        st.just("TheMovieDb"),
        st.sampled_from(ImageType),
        st.just("https://image.example/1.jpg"),
        language=LANGUAGES,
        rating=st.none() | st.floats(0, 10),
        votes=st.none() | st.integers(0, 10_000),
    ),
    max_size=20,
)


def speaking(*languages: str | None) -> list[RemoteImage]:
    return [replace(IMAGE, language=language) for language in languages]


def test_the_preferred_language_comes_first_then_english_then_no_text_then_others() -> None:
    images = ordered(speaking("fr", None, "en", "de"), "de")
    assert [image.language for image in images] == ["de", "en", None, "fr"]


def test_english_comes_first_when_no_language_is_preferred() -> None:
    assert [image.language for image in ordered(speaking(None, "fr", "en"), None)] == ["en", None, "fr"]


def test_ratings_that_agree_to_one_decimal_are_settled_by_votes() -> None:
    few, many = replace(IMAGE, rating=5.34, votes=2), replace(IMAGE, rating=5.31, votes=9)
    best = replace(IMAGE, rating=5.41, votes=0)
    assert ordered([few, many, best, IMAGE], None) == (best, many, few, IMAGE)


@given(IMAGES, LANGUAGES)
def test_ordering_loses_nothing_and_is_stable(images: list[RemoteImage], language: str | None) -> None:
    once = ordered(images, language)
    assert sorted(once, key=repr) == sorted(images, key=repr)
    assert ordered(once, language) == once


def test_other_languages_are_left_out() -> None:
    kept = readable(speaking("fr", "DE", "en", None, ""), "de")
    assert [image.language for image in kept] == ["DE", "en", None, ""]


def test_a_regional_preference_is_met_by_its_language() -> None:
    assert [image.language for image in readable(speaking("pt", "fr"), "pt-BR")] == ["pt"]
    assert [image.language for image in ordered(speaking("en", "pt"), "pt-BR")] == ["pt", "en"]


@pytest.mark.parametrize(
    ("preferred", "listed"),
    [
        ("pt-BR", ["pt-BR", "pt", "pt-PT", "en-US", None, "fr"]),
        ("pt-PT", ["pt-PT", "pt", "pt-BR", "en-US", None, "fr"]),
        ("pt", ["pt-PT", "pt-BR", "pt", "en-US", None, "fr"]),
        ("PT-br", ["pt-BR", "pt", "pt-PT", "en-US", None, "fr"]),
        (None, ["en-US", None, "pt-PT", "fr", "pt-BR", "pt"]),
    ],
)
def test_the_preferred_region_comes_before_others_of_its_language(
    preferred: str | None, listed: list[str | None]
) -> None:
    images = ordered(speaking("pt-PT", "en-US", "fr", "pt-BR", None, "pt"), preferred)
    assert [image.language for image in images] == listed


def test_simplified_and_traditional_chinese_are_told_apart() -> None:
    images = speaking("zh-TW", "zh-CN")
    assert [image.language for image in ordered(images, "zh-CN")] == ["zh-CN", "zh-TW"]
    assert [image.language for image in ordered(images, "zh-TW")] == ["zh-TW", "zh-CN"]


def test_other_languages_are_left_out_when_none_is_preferred() -> None:
    assert [image.language for image in readable(speaking("fr", "en-GB", None), None)] == ["en-GB", None]


@given(IMAGES, st.none() | st.sampled_from(ImageType), LANGUAGES)
def test_a_selection_holds_only_the_wanted_type(
    images: list[RemoteImage], image_type: ImageType | None, language: str | None
) -> None:
    kept = selected(images, RemoteImageQuery(image_type, all_languages=True), language)
    assert all(image_type in (None, image.image_type) for image in kept)
    assert len(kept) == sum(image_type in (None, image.image_type) for image in images)


def test_all_languages_are_kept_on_request() -> None:
    query = RemoteImageQuery(all_languages=True)
    assert len(selected(speaking("fr", "de"), query, "de")) == 2
    assert len(selected(speaking("fr", "de"), RemoteImageQuery(), "de")) == 1


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [(0, None, "abc"), (1, 1, "b"), (-5, 2, "ab"), (0, 0, ""), (0, -1, ""), (9, 3, ""), (2, 9, "c")],
)
def test_a_page_is_cut_as_jellyfin_cuts_it(start: int, limit: int | None, expected: str) -> None:
    images = [replace(IMAGE, url=letter) for letter in "abc"]
    cut = page(images, RemoteImageQuery(start=start, limit=limit))
    assert "".join(image.url for image in cut) == expected


@given(IMAGES, st.integers(0, 25), st.integers(1, 7))
def test_pages_laid_end_to_end_are_the_list(images: list[RemoteImage], start: int, limit: int) -> None:
    pages = [
        image
        for first in range(start, start + 30, limit)
        for image in page(images, RemoteImageQuery(start=first, limit=limit))
    ]
    assert pages == images[start : start + 30 + limit]


def test_a_subject_is_asked_about_by_the_ids_of_its_sites() -> None:
    episode = Subject(
        ItemType.EPISODE, "Pilot", frozenset({("Imdb", "tt1")}), frozenset({("Tmdb", "1396")}), 1, 1
    )
    assert (episode.id_from("Imdb"), episode.id_from("Tmdb")) == ("tt1", None)
    assert (episode.series_id_from("Tmdb"), episode.series_id_from("Imdb")) == ("1396", None)


@pytest.mark.parametrize(
    "change",
    [
        {"type": ItemType.SERIES},
        {"name": "Other"},
        {"ids": frozenset({("Tmdb", "2")})},
        {"series_ids": frozenset({("Tmdb", "1")})},
        {"season": 1},
        {"episode": 1},
    ],
)
def test_a_fingerprint_changes_with_whatever_a_provider_may_ask_by(change: dict[str, object]) -> None:
    subject = Subject(ItemType.MOVIE, "Dune", frozenset({("Tmdb", "1"), ("Imdb", "tt1")}))
    same = Subject(ItemType.MOVIE, "Dune", frozenset({("Imdb", "tt1"), ("Tmdb", "1")}))
    assert subject.fingerprint == same.fingerprint
    assert subject.fingerprint != replace(subject, **change).fingerprint  # type: ignore[arg-type]
