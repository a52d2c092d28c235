"""What the query of a list says, read in Jellyfin's names."""

from urllib.parse import parse_qs

import pytest

from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.library.queries import ItemQuery, Order, SortBy, States
from chalicelib.errors import InvalidInputError
from chalicelib.web.library.queries import Wanted, item_query, wanted
from chalicelib.web.protocol.request import Request

ID, OTHER = "1" * 32, "2" * 32


def request(query: str) -> Request:
    lists = {name.lower(): values for name, values in parse_qs(query, keep_blank_values=True).items()}
    first = {name: values[0] for name, values in lists.items()}
    return Request("GET", "/Items", query=first, lists=lists)


def test_an_empty_query_asks_for_nothing_in_particular() -> None:
    assert item_query(request("")) == ItemQuery()
    assert wanted(request("")) == Wanted(fields=frozenset())


@pytest.mark.parametrize("query", [f"ids={ID},{OTHER}", f"ids={ID}&ids={OTHER}", f"IDS={ID}, ,{OTHER},"])
def test_lists_are_joined_or_repeated(query: str) -> None:
    assert set(item_query(request(query)).ids) == {ID, OTHER}


def test_names_are_parted_by_bars_for_they_may_hold_commas() -> None:
    assert item_query(request("artists=Earth, Wind|Fire")).artists == ("Earth, Wind", "Fire")


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("sortBy=Name", (Order(SortBy.NAME),)),
        ("sortBy=name&sortOrder=DESCENDING", (Order(SortBy.NAME, descending=True),)),
        (
            "sortBy=ProductionYear,SortName&sortOrder=Descending,Ascending",
            (Order(SortBy.PRODUCTION_YEAR, descending=True), Order(SortBy.SORT_NAME)),
        ),
        (
            "sortBy=ProductionYear,SortName&sortOrder=Descending",
            (Order(SortBy.PRODUCTION_YEAR, descending=True), Order(SortBy.SORT_NAME, descending=True)),
        ),
        (
            "sortBy=AirTime,SortName&sortOrder=Descending,Ascending",
            (Order(SortBy.SORT_NAME),),
        ),
        ("sortOrder=Descending", ()),
    ],
)
def test_each_level_of_the_order_has_its_direction(query: str, order: tuple[Order, ...]) -> None:
    assert item_query(request(query)).order == order


@pytest.mark.parametrize(
    ("query", "impossible"),
    [
        ("includeItemTypes=LiveTvChannel", True),
        ("includeItemTypes=LiveTvChannel,Movie", False),
        ("imageTypes=Hologram", True),
        ("imageTypes=", False),
        ("isMissing=true", True),
        ("isMissing=false", False),
        ("isFavorite=true", False),
        ("filters=IsFolder", False),
    ],
)
def test_what_can_never_be_is_known(query: str, *, impossible: bool) -> None:
    assert item_query(request(query)).impossible is impossible


@pytest.mark.parametrize(
    ("query", "states"),
    [
        ("", States()),
        ("isFavorite=true", States(favourite=True)),
        ("isFavorite=false&isPlayed=true", States(favourite=False, played=True)),
        ("filters=IsFolder,IsPlayed", States(played=True)),
        ("filters=IsUnplayed&isPlayed=true", States(played=False)),
        ("filters=IsFavoriteOrLikes,Dislikes", States(favourite=True, liked=False)),
        ("filters=IsResumable&filters=Likes", States(resumable=True, liked=True)),
    ],
)
def test_what_a_user_must_have_done_is_read(query: str, states: States) -> None:
    assert item_query(request(query)).states == states


@pytest.mark.parametrize(
    ("filters", "is_folder"), [("IsFolder", True), ("IsNotFolder", False), ("IsPlayed", None)]
)
def test_folders_can_be_asked_for(filters: str, *, is_folder: bool | None) -> None:
    assert item_query(request(f"filters={filters}")).is_folder is is_folder


def test_groups_of_named_items_are_kept_apart() -> None:
    query = item_query(request(f"genreIds={ID}&personIds={OTHER}&includeItemTypes=movie"))
    assert query.mentions == (frozenset({ID}), frozenset({OTHER}))
    assert query.types == {ItemType.MOVIE}


@pytest.mark.parametrize("query", ["ids=x", "parentId=x", "years=x", "limit=x", "recursive=x", "genreIds=x"])
def test_what_cannot_be_read_is_named(query: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        item_query(request(query))
    assert caught.value.field == query.partition("=")[0]


@pytest.mark.parametrize(
    ("query", "limits"),
    [
        ("", {ImageType.PRIMARY: None, ImageType.BACKDROP: None}),
        ("imageTypeLimit=1", {ImageType.PRIMARY: 1, ImageType.BACKDROP: 1}),
        ("imageTypeLimit=-1", {ImageType.PRIMARY: 0, ImageType.BACKDROP: 0}),
        ("enableImageTypes=Backdrop,Nonsense", {ImageType.PRIMARY: 0, ImageType.BACKDROP: None}),
        ("enableImages=false", {ImageType.PRIMARY: 0, ImageType.BACKDROP: 0}),
    ],
)
def test_images_are_limited_by_type(query: str, limits: dict[ImageType, int | None]) -> None:
    what = wanted(request(query))
    assert {image_type: what.limit(image_type) for image_type in limits} == limits


def test_fields_are_read_in_any_letter_case() -> None:
    what = wanted(request("fields=overview,PEOPLE"))
    assert (what.field("Overview"), what.field("People"), what.field("Chapters")) == (True, True, False)
