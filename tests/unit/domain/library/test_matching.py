"""Which known item a title means."""

import pytest

from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.matching import ItemMatcher, KnownItem
from chalicelib.domain.library.naming.titles import Title, film_title

MOVIE, SERIES = ItemType.MOVIE, ItemType.SERIES
ITEMS = (
    KnownItem("dune84", MOVIE, "Dune", 1984),
    KnownItem("dune21", MOVIE, "Dune", 2021, {"Tmdb": "438631"}),
    KnownItem("dune-show", SERIES, "Dune", 2021),
    KnownItem("other", MOVIE, "Arrakis", 2021, {"Tmdb": "999"}),
    KnownItem("fox", MOVIE, "Fox: Home"),
    KnownItem("day", MOVIE, "Day/Night"),
    KnownItem("run", MOVIE, "Run: Vol. 1"),
    KnownItem("kite", MOVIE, "The Kite Tale"),
    KnownItem("lions", MOVIE, "Lions, Inc.", 2001),
    KnownItem("rem", ItemType.MUSIC_ARTIST, "R.E.M."),
    KnownItem("cafe", MOVIE, "Café", 2004),
    KnownItem("symbols", MOVIE, "???", 1990),
    KnownItem("what", MOVIE, "What's Up?"),
    KnownItem("album", ItemType.MUSIC_ALBUM, "First", place="moss"),
)


@pytest.fixture
def matcher() -> ItemMatcher:
    return ItemMatcher(ITEMS)


@pytest.mark.parametrize(
    ("title", "item_id"),
    [
        (Title("Dune", 2021), "dune21"),
        (Title("Something else", 1950, {"Tmdb": "438631"}), "dune21"),
        (Title("Arrakis", 2021, {"Imdb": "tt1"}), "other"),
        (Title("Fox - Home"), "fox"),
        (Title("Fox_ Home"), "fox"),
        (Title("Day_Night"), "day"),
        (Title("Day-Night"), "day"),
        (Title("Run Vol. 1"), "run"),
        (Title("Kite Tale, The"), "kite"),
        (Title("Kite Tale"), "kite"),
        (Title("Lions, Inc.", 2001), "lions"),
        (Title("Lions, Inc", 2001), "lions"),
        (Title("Cafe\u0301", 2004), "cafe"),
        (Title("???", 1990), "symbols"),
        (Title("Whats Up"), "what"),
        (film_title("Fox - Home"), "fox"),
        (film_title("Day_Night"), "day"),
    ],
)
def test_a_title_means_an_item(matcher: ItemMatcher, title: Title, item_id: str) -> None:
    assert [item.id for item in matcher.match(title, {MOVIE}).items] == [item_id]


def test_an_item_with_another_id_at_that_site_never_matches(matcher: ItemMatcher) -> None:
    assert not matcher.match(Title("Arrakis", 2021, {"Tmdb": "438632"}), {MOVIE}).items
    matched = matcher.match(Title("Dune", 2021, {"Tmdb": "1"}), {MOVIE})
    assert (matched.items, [item.id for item in matched.near]) == ((), ["dune21"])


def test_a_title_that_does_not_tell_items_apart_means_all_of_them(matcher: ItemMatcher) -> None:
    assert [item.id for item in matcher.match(Title("Dune"), {MOVIE}).items] == ["dune84", "dune21"]


def test_another_year_is_another_item(matcher: ItemMatcher) -> None:
    assert not matcher.match(Title("Dune", 2000), {MOVIE}).items


@pytest.mark.parametrize(
    ("title", "near"),
    [(Title("Cafe", 2004), "cafe"), (Title("Foxhome"), "fox"), (Title("Dune", 1985), "dune84")],
)
def test_what_nearly_matches_is_told(matcher: ItemMatcher, title: Title, near: str) -> None:
    matched = matcher.match(title, {MOVIE})
    assert (matched.items, [item.id for item in matched.near]) == ((), [near])


def test_types_and_places_must_fit(matcher: ItemMatcher) -> None:
    assert [item.id for item in matcher.match(Title("Dune", 2021), {SERIES}).items] == ["dune-show"]
    assert matcher.match(Title("First"), {ItemType.MUSIC_ALBUM}, "moss").items
    assert not matcher.match(Title("First"), {ItemType.MUSIC_ALBUM}, "tern").items
    assert [item.id for item in matcher.match(Title("R.E.M"), {ItemType.MUSIC_ARTIST}).items] == ["rem"]
