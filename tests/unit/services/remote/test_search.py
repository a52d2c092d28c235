"""Listing what providers offer for an item."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.domain.remote.artwork import ProviderInfo, RemoteImage, RemoteImageQuery, Subject
from chalicelib.errors import NotFoundError, UpstreamError
from chalicelib.services.remote.offers import OfferCollector
from chalicelib.services.remote.search import ArtworkSearch
from tests.support.fakes.accounts import NOON
from tests.support.fakes.remote import FakeProvider, failing
from tests.support.fakes.world import World

MOVIE, SHOW, SEASON, EPISODE = ("1" * 32, "2" * 32, "3" * 32, "4" * 32)
URL = "https://image.example/1.jpg"
POSTER = RemoteImage("first", ImageType.PRIMARY, URL, language="en", rating=5.0)


class Desk:
    """The use case over a world with a movie and a series, and two providers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.first = FakeProvider("first", (POSTER, replace(POSTER, rating=7.0)))
        backdrop = replace(POSTER, provider="Second", image_type=ImageType.BACKDROP, language=None)
        self.second = FakeProvider("Second", (backdrop,), (ImageType.BACKDROP,))
        show = Item(SHOW, ItemType.SERIES, "Show", "show", NOON, provider_ids={"Tmdb": "1396"})
        season = Item(SEASON, ItemType.SEASON, "Season 2", "2", NOON, (SHOW,), SHOW, index_number=2)
        episode = Item(EPISODE, ItemType.EPISODE, "Pilot", "pilot", NOON, (SHOW, SEASON), SHOW, SEASON)
        episode = replace(episode, index_number=7, parent_index_number=2, provider_ids={"Imdb": "tt7"})
        movie = Item(MOVIE, ItemType.MOVIE, "Dune", "dune", NOON, provider_ids={"Tmdb": "1"}, language="de")
        for item in (movie, show, season, episode):
            world.shelves.add(item)

    @property
    def search(self) -> ArtworkSearch:
        offers = OfferCollector(self.world.offers, self.world.time, timedelta(hours=1))
        return ArtworkSearch(self.world.library, (self.first, self.second), offers, timedelta(seconds=8))


@pytest.fixture
def desk() -> Desk:
    return Desk(World())


def test_offers_stand_in_the_order_of_the_providers_each_sorted(desk: Desk) -> None:
    page = desk.search.list(MOVIE, RemoteImageQuery(), NO_DEADLINE)
    assert [(image.provider, image.rating) for image in page.images] == [
        ("first", 7.0),
        ("first", 5.0),
        ("Second", 5.0),
    ]
    assert (page.total, page.providers) == (3, ("first", "Second"))


def test_a_type_leaves_out_the_providers_that_do_not_have_it(desk: Desk) -> None:
    page = desk.search.list(MOVIE, RemoteImageQuery(ImageType.PRIMARY), NO_DEADLINE)
    assert (page.total, page.providers) == (2, ("first",))
    assert desk.second.asked == []


def test_one_provider_is_asked_by_name_in_any_letter_case_and_all_are_named(desk: Desk) -> None:
    page = desk.search.list(MOVIE, RemoteImageQuery(provider="SECOND"), NO_DEADLINE)
    assert (page.total, page.providers) == (1, ("first", "Second"))
    assert desk.first.asked == []


def test_an_unknown_provider_gives_an_empty_list(desk: Desk) -> None:
    page = desk.search.list(MOVIE, RemoteImageQuery(provider="third"), NO_DEADLINE)
    assert (page.images, page.total) == ((), 0)


def test_the_total_counts_all_pages(desk: Desk) -> None:
    page = desk.search.list(MOVIE, RemoteImageQuery(start=1, limit=1), NO_DEADLINE)
    assert (len(page.images), page.total) == (1, 3)


def test_the_items_language_filters_unless_all_are_wanted(desk: Desk) -> None:
    desk.first.offer = tuple(replace(POSTER, language=language) for language in ("fr", "de", "en", None))
    page = desk.search.list(MOVIE, RemoteImageQuery(ImageType.PRIMARY), NO_DEADLINE)
    assert [image.language for image in page.images] == ["de", "en", None]
    page = desk.search.list(MOVIE, RemoteImageQuery(ImageType.PRIMARY, all_languages=True), NO_DEADLINE)
    assert page.total == 4


def test_an_episode_is_asked_about_by_its_numbers_and_its_series(desk: Desk) -> None:
    desk.search.list(EPISODE, RemoteImageQuery(), NO_DEADLINE)
    imdb, tmdb = frozenset({("Imdb", "tt7")}), frozenset({("Tmdb", "1396")})
    assert desk.first.asked == [Subject(ItemType.EPISODE, "Pilot", imdb, tmdb, 2, 7)]


def test_a_season_is_asked_about_by_its_number_and_its_series(desk: Desk) -> None:
    desk.search.list(SEASON, RemoteImageQuery(), NO_DEADLINE)
    tmdb = frozenset({("Tmdb", "1396")})
    assert desk.first.asked == [Subject(ItemType.SEASON, "Season 2", frozenset(), tmdb, 2)]


def test_providers_are_listed_with_their_types(desk: Desk) -> None:
    assert desk.search.providers_of(MOVIE) == (
        ProviderInfo("first", (ImageType.PRIMARY, ImageType.BACKDROP)),
        ProviderInfo("Second", (ImageType.BACKDROP,)),
    )
    assert desk.search.providers_of(SHOW) == ()


def test_an_item_that_does_not_exist_is_not_found(desk: Desk) -> None:
    for call in (
        lambda: desk.search.list("9" * 32, RemoteImageQuery(), NO_DEADLINE),
        lambda: desk.search.providers_of("9" * 32),
    ):
        with pytest.raises(NotFoundError):
            call()
    assert desk.first.asked == desk.second.asked == []


def test_a_listing_has_its_own_time_within_the_requests(desk: Desk) -> None:
    desk.first.trouble = failing(UpstreamError("down"))
    assert desk.search.list(MOVIE, RemoteImageQuery(), Deadline.after(60)).total == 1
