"""Answers that no documentation describes: a provider reads what makes sense in them, and never breaks."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.adapters.fetching.client import FetchRequest, FetchResponse
from chalicelib.adapters.providers.audiodb import TheAudioDb
from chalicelib.adapters.providers.cover_art_archive import CoverArtArchive
from chalicelib.adapters.providers.fanart import FanArt
from chalicelib.adapters.providers.session import Client
from chalicelib.adapters.providers.tmdb import TheMovieDb
from chalicelib.adapters.providers.wikimedia import WikimediaCommons
from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import RemoteImage, Subject
from chalicelib.errors import UpstreamError
from chalicelib.services.remote.ports import RemoteImageProvider
from chalicelib.settings import RemoteSettings

type Build = Callable[[RemoteSettings, Client], RemoteImageProvider]

IDS = frozenset(
    (site, "1")
    for site in ("Tmdb", "Tvdb", "Imdb", "MusicBrainzAlbum", "MusicBrainzReleaseGroup", "MusicBrainzArtist")
)
BUILDS: list[tuple[Build, ItemType]] = [
    (TheMovieDb.configured, ItemType.MOVIE),
    (TheMovieDb.configured, ItemType.SEASON),
    (FanArt.configured, ItemType.MOVIE),
    (FanArt.configured, ItemType.MUSIC_ALBUM),
    (CoverArtArchive.configured, ItemType.MUSIC_ALBUM),
    (TheAudioDb.configured, ItemType.MUSIC_ARTIST),
    (WikimediaCommons.configured, ItemType.PERSON),
]
NAMES = """
posters backdrops logos file_path iso_639_1 width vote_average movieposter url likes lang albums images types
front image approved thumbnails 500 artists strArtistThumb search id title label entities claims P18 P31
mainsnak datavalue value query pages imageinfo mime 1 Q1 error code
"""
KEYS = st.sampled_from(NAMES.split())
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from([10**400, -(10**400), "9" * 5_000, "٣"])
    | st.sampled_from(["https://image.example/1.jpg", "/1.svg", "Q1", "File:a", "image/png", "Front"])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@dataclass
class Site:
    """A site that answers everything with the same JSON."""

    answer: Any

    def get(self, request: FetchRequest, deadline: Deadline) -> FetchResponse:
        assert request.url.startswith("https://")
        assert deadline.remaining > 0
        return FetchResponse(200, {}, json.dumps(self.answer).encode())


def offers(build: Build, item_type: ItemType, answer: Any) -> tuple[RemoteImage, ...]:  # noqa: ANN401  # any JSON value
    subject = Subject(item_type, "1", IDS, IDS, 1, 1)
    return build(RemoteSettings(), Site(answer)).images(subject, NO_DEADLINE)


@pytest.mark.parametrize(("build", "item_type"), BUILDS)
@given(answer=JSON)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_json_is_read_without_breaking(build: Build, item_type: ItemType, answer: Any) -> None:  # noqa: ANN401  # any JSON value
    try:
        images = offers(build, item_type, answer)
    except UpstreamError:
        return
    for image in images:
        assert image.url.startswith(("https://", "http://"))
        assert image.width is None or image.width > 0
        assert image.rating is None or abs(image.rating) < float("inf")


def test_a_drawn_logo_is_offered_as_a_picture() -> None:
    logo = {"file_path": "/logo.svg", "width": 500, "height": 200, "iso_639_1": "xx"}
    [image] = offers(TheMovieDb.configured, ItemType.MOVIE, {"logos": [logo]})
    assert image.url == "https://image.tmdb.org/t/p/w500/logo.png"
    assert (image.language, image.width) == (None, None)


@pytest.mark.parametrize(
    ("code", "region", "language"),
    [
        ("pt", "BR", "pt-BR"),
        ("zh", "tw", "zh-TW"),
        ("en", None, "en"),
        ("en", "419", "en"),
        ("en", 5, "en"),
        (None, "BR", None),
        ("xx", "US", None),
    ],
)
def test_the_region_of_a_language_is_read(code: object, region: object, language: str | None) -> None:
    poster = {"file_path": "/1.jpg", "iso_639_1": code, "iso_3166_1": region}
    [image] = offers(TheMovieDb.configured, ItemType.MOVIE, {"posters": [poster]})
    assert image.language == language


ALBUM = {"cdart": [{"url": "https://a.example/fanart/1.png"}]}
ALBUMS = [[{"release_group_id": "2"}, ALBUM | {"release_group_id": "1"}], {"1": ALBUM}]


@pytest.mark.parametrize("albums", ALBUMS)
def test_albums_are_read_in_the_form_of_every_version(albums: Any) -> None:  # noqa: ANN401  # any JSON value
    [image] = offers(FanArt.configured, ItemType.MUSIC_ALBUM, {"albums": albums})
    assert (image.image_type, image.thumbnail_url) == (ImageType.DISC, "https://a.example/preview/1.png")


def test_a_cover_that_is_front_and_back_is_offered_as_both_and_over_https() -> None:
    cover = {"types": ["Front", "Back"], "front": True, "image": "http://coverartarchive.org/release/1/2.jpg"}
    images = offers(CoverArtArchive.configured, ItemType.MUSIC_ALBUM, {"images": [cover]})
    assert {image.image_type for image in images} == {ImageType.PRIMARY, ImageType.BOX_REAR}
    assert {image.url for image in images} == {"https://coverartarchive.org/release/1/2.jpg"}


def test_a_cover_that_nobody_approved_is_not_offered() -> None:
    cover = {"types": ["Front"], "approved": False, "image": "https://coverartarchive.org/release/1/2.jpg"}
    assert offers(CoverArtArchive.configured, ItemType.MUSIC_ALBUM, {"images": [cover]}) == ()


def test_a_wiki_that_reports_an_error_has_failed() -> None:
    with pytest.raises(UpstreamError, match="ratelimited"):
        offers(WikimediaCommons.configured, ItemType.PERSON, {"error": {"code": "ratelimited"}})


def test_a_namesake_that_is_no_person_is_passed_over() -> None:
    def claim(value: object) -> list[object]:
        return [{"mainsnak": {"datavalue": {"value": value}}}]

    film = {"P31": claim({"id": "Q11424"}), "P18": claim("Film.jpg")}
    answer = {"search": [{"id": "Q1", "label": "1"}], "entities": {"Q1": {"claims": film}}}
    pages = [{"title": "File:Film.jpg", "imageinfo": [{"url": "https://a.example/1", "mime": "image/jpeg"}]}]
    answer["query"] = {"search": [{"title": "Q1"}], "pages": pages}
    assert offers(WikimediaCommons.configured, ItemType.PERSON, answer) == ()
    film["P31"] = claim({"id": "Q5"})
    assert len(offers(WikimediaCommons.configured, ItemType.PERSON, answer)) == 1
