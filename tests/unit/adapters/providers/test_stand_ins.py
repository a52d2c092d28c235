"""Each provider against the stand-in that answers as its documentation says, for every kind of item."""

from collections import Counter
from collections.abc import Mapping

import pytest

from chalicelib.adapters.fetching.clients import picture_client
from chalicelib.adapters.fetching.images import HttpImageFetcher
from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import RatingKind, Subject
from chalicelib.errors import UpstreamError
from chalicelib.services.remote.ports import RemoteImageProvider
from chalicelib.settings import RemoteSettings
from infra.demo.providers.server import SITES, ProviderServer, Trouble

type Providers = Mapping[str, RemoteImageProvider]

RELEASE = "76df3287-6cda-33eb-8e9a-044b5e15ffdd"
GROUP = "c31a5e2b-0bf8-32e0-8aeb-ef4ba9973932"
ARTIST = "5b11f4ce-a62d-471e-81fc-a69a8278c7da"
SERIES = {("Tmdb", "1396"), ("Tvdb", "81189")}


def subject(item_type: ItemType, ids: Mapping[str, str] | None = None, **more: object) -> Subject:
    return Subject(item_type, "Clara Bow", frozenset((ids or {}).items()), **more)  # type: ignore[arg-type]


MOVIE = subject(ItemType.MOVIE, {"Tmdb": "550"})
SHOW = subject(ItemType.SERIES, dict(SERIES))
SEASON = subject(ItemType.SEASON, series_ids=frozenset(SERIES), season=1)
EPISODE = subject(ItemType.EPISODE, series_ids=frozenset(SERIES), season=1, episode=2)
COLLECTION = subject(ItemType.BOX_SET, {"Tmdb": "10"})
PERSON = subject(ItemType.PERSON, {"Tmdb": "287", "Wikidata": "Q35332"})
ALBUM = subject(ItemType.MUSIC_ALBUM, {"MusicBrainzAlbum": RELEASE, "MusicBrainzReleaseGroup": GROUP})
BAND = subject(ItemType.MUSIC_ARTIST, {"MusicBrainzArtist": ARTIST})

OFFERED = [
    ("TheMovieDb", MOVIE, {"Primary": 6, "Backdrop": 1, "Thumb": 5, "Logo": 6}),
    ("TheMovieDb", SHOW, {"Primary": 6, "Backdrop": 1, "Thumb": 5, "Logo": 6}),
    ("TheMovieDb", SEASON, {"Primary": 6}),
    ("TheMovieDb", EPISODE, {"Primary": 6}),
    ("TheMovieDb", COLLECTION, {"Primary": 6, "Backdrop": 1, "Thumb": 5}),
    ("TheMovieDb", PERSON, {"Primary": 6}),
    ("FanArt", MOVIE, dict.fromkeys(("Primary", "Backdrop", "Banner", "Thumb", "Logo", "Art", "Disc"), 3)),
    ("FanArt", SHOW, dict.fromkeys(("Primary", "Backdrop", "Banner", "Thumb", "Logo", "Art"), 3)),
    ("FanArt", SEASON, {"Primary": 1, "Banner": 1, "Thumb": 1}),
    ("FanArt", BAND, {"Primary": 3, "Backdrop": 3, "Banner": 3, "Logo": 3}),
    ("FanArt", ALBUM, {"Primary": 3, "Disc": 3}),
    ("Cover Art Archive", ALBUM, {"Primary": 2, "BoxRear": 2, "Disc": 2}),
    ("TheAudioDB", BAND, {"Primary": 1, "Logo": 1, "Art": 1, "Thumb": 1, "Banner": 1, "Backdrop": 2}),
    ("TheAudioDB", ALBUM, {"Primary": 1, "BoxRear": 1, "Disc": 1}),
    ("Wikimedia Commons", PERSON, {"Primary": 1}),
    ("Wikimedia Commons", BAND, {"Primary": 1, "Logo": 1}),
]
IDS = [f"{name}-{subject.type}" for name, subject, _ in OFFERED]


def soon() -> Deadline:
    return Deadline.after(30.0)


def test_providers_answer_in_a_fixed_order(providers: Providers) -> None:
    assert list(providers) == ["TheMovieDb", "FanArt", "Cover Art Archive", "TheAudioDB", "Wikimedia Commons"]


@pytest.mark.parametrize(("name", "asked", "expected"), OFFERED, ids=IDS)
def test_every_documented_picture_is_offered(
    providers: Providers, name: str, asked: Subject, expected: dict[str, int]
) -> None:
    provider = providers[name]
    images = provider.images(asked, soon())
    assert Counter(image.image_type.value for image in images) == expected
    assert {image.provider for image in images} == {name}
    assert {image.image_type for image in images} <= set(provider.image_types(asked.type))
    assert len({(image.url, image.image_type) for image in images}) == len(images)


@pytest.mark.parametrize(("name", "asked", "expected"), OFFERED, ids=IDS)
def test_what_is_offered_can_be_downloaded(
    providers: Providers, settings: RemoteSettings, name: str, asked: Subject, expected: dict[str, int]
) -> None:
    fetcher = HttpImageFetcher(picture_client(settings), 30_000_000)
    image = providers[name].images(asked, soon())[0]
    assert expected[image.image_type] > 0
    for url in (image.url, image.thumbnail_url):
        assert fetcher.fetch(url or "", soon())[:3] in (b"\xff\xd8\xff", b"\x89PN")


@pytest.mark.parametrize(("name", "asked", "_expected"), OFFERED, ids=IDS)
def test_an_unknown_id_offers_nothing(
    providers: Providers, name: str, asked: Subject, _expected: dict[str, int]
) -> None:
    ids = frozenset((site, "404") for site, _ in asked.ids)
    series = frozenset((site, "404") for site, _ in asked.series_ids)
    unknown = Subject(asked.type, "404", ids, series, asked.season, asked.episode)
    assert providers[name].images(unknown, soon()) == ()


@pytest.mark.parametrize(("name", "asked", "_expected"), OFFERED, ids=IDS)
def test_a_subject_without_ids_offers_nothing(
    providers: Providers, sites: ProviderServer, name: str, asked: Subject, _expected: dict[str, int]
) -> None:
    assert providers[name].images(Subject(asked.type, "404"), soon()) == ()
    assert name == "Wikimedia Commons" or sites.asked == []


@pytest.mark.parametrize("trouble", [Trouble.DOWN, Trouble.NONSENSE, Trouble.BUSY, Trouble.SLOW])
@pytest.mark.parametrize(("name", "asked", "_expected"), OFFERED[::3], ids=IDS[::3])
def test_a_site_in_trouble_says_so(
    providers: Providers,
    sites: ProviderServer,
    name: str,
    asked: Subject,
    _expected: dict[str, int],
    trouble: Trouble,
) -> None:
    sites.trouble = dict.fromkeys(SITES, trouble)
    with pytest.raises(UpstreamError):
        providers[name].images(asked, Deadline.after(0.3))


@pytest.mark.parametrize(
    ("name", "type_of_item"),
    [("TheMovieDb", ItemType.AUDIO), ("FanArt", ItemType.PERSON), ("TheAudioDB", ItemType.MOVIE)],
)
def test_a_provider_has_nothing_for_items_that_it_does_not_know(
    providers: Providers, name: str, type_of_item: ItemType
) -> None:
    assert providers[name].image_types(type_of_item) == ()


def test_a_movie_is_found_by_the_id_of_another_site(providers: Providers, sites: ProviderServer) -> None:
    images = providers["TheMovieDb"].images(subject(ItemType.MOVIE, {"Imdb": "tt0137523"}), soon())
    assert len(images) == 18
    assert sites.asked[0] == "/tmdb/3/find/tt0137523?external_source=imdb_id&api_key=stand-in"


def test_a_poster_says_all_that_the_site_knows_of_it(providers: Providers, settings: RemoteSettings) -> None:
    poster = next(
        i for i in providers["TheMovieDb"].images(MOVIE, soon()) if i.image_type is ImageType.PRIMARY
    )
    assert (poster.width, poster.height, poster.language) == (1000, 1500, "en")
    assert (poster.rating, poster.votes, poster.rating_kind) == (5.9, 40, RatingKind.SCORE)
    assert poster.url.startswith(f"{settings.tmdb_images_url}/original/")
    assert poster.thumbnail_url == poster.url.replace("/original/", "/w342/")


def test_a_site_that_counts_likes_says_so(providers: Providers) -> None:
    image = providers["FanArt"].images(MOVIE, soon())[0]
    assert (image.rating, image.votes, image.rating_kind, image.language) == (9, None, RatingKind.LIKES, "en")


def test_a_person_is_found_by_name(providers: Providers) -> None:
    assert len(providers["Wikimedia Commons"].images(subject(ItemType.PERSON), soon())) == 1


def test_an_artist_is_found_by_the_id_of_another_site(providers: Providers, sites: ProviderServer) -> None:
    assert providers["Wikimedia Commons"].images(BAND, soon())
    assert f"haswbstatement%3AP434%3D{ARTIST}" in sites.asked[0]


def test_an_id_cannot_leave_its_place_in_the_path(providers: Providers, sites: ProviderServer) -> None:
    providers["TheMovieDb"].images(subject(ItemType.MOVIE, {"Tmdb": "../account?x=1#"}), soon())
    assert sites.asked == ["/tmdb/3/movie/..%2Faccount%3Fx%3D1%23/images?api_key=stand-in"]
