"""What the services rely on in any memory of offers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import RatingKind, RemoteImage, Subject
from chalicelib.services.remote.ports import Offer, OfferCache
from tests.support.fakes.remote import FakeOfferCache

NOW = datetime.now(UTC).replace(microsecond=123_000)
SUBJECT = Subject(ItemType.MOVIE, "Metropolis", frozenset({("Tmdb", "19")}))
FULL = RemoteImage(
    "TheMovieDb",
    ImageType.LOGO,
    "https://image.example/Ünïcode.png",
    "https://image.example/small.png",
    800,
    310,
    "de",
    5.317,
    12,
    RatingKind.SCORE,
)
BARE = RemoteImage("FanArt", ImageType.PRIMARY, "https://image.example/1.jpg", rating_kind=RatingKind.LIKES)


@pytest.fixture(params=["fake", pytest.param("dynamodb", marks=pytest.mark.emulator)])
def cache(request: pytest.FixtureRequest) -> OfferCache:
    if request.param == "fake":
        return FakeOfferCache()
    request.getfixturevalue("table")
    from chalicelib.adapters.dynamodb.library.offer_cache import DynamoOfferCache  # noqa: PLC0415  # only where it is there

    return DynamoOfferCache(timedelta(days=7))


def test_nothing_is_known_at_first(cache: OfferCache) -> None:
    assert cache.find(SUBJECT) == {}


def test_what_is_stored_is_found_as_it_was(cache: OfferCache) -> None:
    offers = {"TheMovieDb": Offer((FULL, BARE), NOW), "FanArt": Offer((), NOW - timedelta(hours=1))}
    cache.store(SUBJECT, offers)
    assert cache.find(SUBJECT) == offers


def test_a_later_offer_replaces_its_providers_own_alone(cache: OfferCache) -> None:
    cache.store(SUBJECT, {"FanArt": Offer((BARE,), NOW), "TheMovieDb": Offer((FULL,), NOW)})
    cache.store(SUBJECT, {"FanArt": Offer((), NOW)})
    assert cache.find(SUBJECT) == {"FanArt": Offer((), NOW), "TheMovieDb": Offer((FULL,), NOW)}


def test_each_subject_has_its_own(cache: OfferCache) -> None:
    cache.store(SUBJECT, {"FanArt": Offer((BARE,), NOW)})
    assert cache.find(replace(SUBJECT, name="Other")) == {}


def test_a_famous_film_fits(cache: OfferCache) -> None:
    many = tuple(replace(FULL, url=f"https://image.example/{n:032x}.png") for n in range(3_000))
    cache.store(SUBJECT, {"TheMovieDb": Offer(many, NOW)})
    assert cache.find(SUBJECT)["TheMovieDb"].images == many
