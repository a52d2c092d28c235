"""Items over HTTP: lists, single ones and an administrator's changes of them."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageDetails, ImageFacts, ImageType, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import Answer, call

UNKNOWN = "0123456789abcdef0123456789abcdef"


def create(**fields: object) -> dict[str, Any]:
    answer = call("POST", "/Items", body=fields, headers=ADMIN)
    assert answer.status == 200, answer.body
    item: dict[str, Any] = answer.json()
    return item


def get(url: str) -> Any:  # noqa: ANN401  # any JSON value
    answer = call("GET", url, headers=ADMIN)
    assert answer.status == 200, answer.body
    return answer.json()


def names(url: str) -> list[str]:
    return [item["Name"] for item in get(url)["Items"]]


def give_images(world: World, item_id: str, *types: ImageType) -> None:
    """Hang images on an item; the tag of each is the first letter of the type and the item's id."""
    images = world.rows.rows[OwnerKey.item(item_id)]
    for image_type in types:
        tag = f"{image_type[0].lower()}{item_id}"[:32]
        facts = ImageFacts(ImageFormat.JPG, 200, 300)
        picture = StoredImage(image_type, tag, f"originals/{tag}", 9, facts, NOON, ImageDetails(f"#{tag}"))
        images = images.with_image(picture)
    world.rows.save(Change(images))


def tag(image_type: ImageType, item: Mapping[str, str]) -> str:
    return f"{image_type[0].lower()}{item['Id']}"[:32]


@pytest.fixture
def shows(world: World) -> dict[str, Any]:  # noqa: ARG001  # the application that the calls go to
    """Make a library with a series, a season and two episodes."""
    shelf = create(Name="Shows", Type="CollectionFolder", CollectionType="tvshows")
    series = create(Name="The Expanse", Type="Series", ParentId=shelf["Id"], ProductionYear=2015)
    season = create(Name="Season 1", Type="Season", ParentId=series["Id"], IndexNumber=1)
    episodes = [
        create(Name=name, Type="Episode", ParentId=season["Id"], IndexNumber=number, ParentIndexNumber=1)
        for number, name in enumerate(("Dulcinea", "The Big Empty"), 1)
    ]
    return {"shelf": shelf, "series": series, "season": season, "episodes": episodes}


@pytest.mark.usefixtures("world")
def test_a_created_item_comes_back_in_jellyfins_shape() -> None:
    item = create(
        Name="Heat",
        Type="movie",
        ProductionYear=1995,
        Overview="Two men.",
        ProviderIds={"Tmdb": "949"},
        Genres=["Crime", "Drama"],
        Studios=[{"Name": "Regency"}],
        People=[{"Name": "Al Pacino", "Role": "Hanna", "Type": "Actor"}],
    )
    assert len(item["Id"]) == 32
    assert (item["Type"], item["MediaType"], item["IsFolder"]) == ("Movie", "Video", False)
    assert (item["ProductionYear"], item["ProviderIds"]) == (1995, {"Tmdb": "949"})
    assert item["Genres"] == [genre["Name"] for genre in item["GenreItems"]] == ["Crime", "Drama"]
    assert item["People"][0] | {"Id": ""} == {"Name": "Al Pacino", "Id": "", "Role": "Hanna", "Type": "Actor"}
    assert (item["ImageTags"], item["BackdropImageTags"]) == ({}, [])
    assert "IndexNumber" not in item
    assert get(f"/Items/{item['Id']}") == item


@pytest.mark.usefixtures("world")
def test_names_are_in_camel_case_where_the_client_asks() -> None:
    item = create(Name="Heat", Type="Movie", ProviderIds={"Tmdb": "949"})
    headers = ADMIN | {"Accept": 'application/json; profile="CamelCase"'}
    answer = call("GET", f"/Items/{item['Id']}", headers=headers).json()
    assert answer["name"] == "Heat"
    assert answer["providerIds"] == {"Tmdb": "949"}


@pytest.mark.usefixtures("world")
def test_the_named_items_that_an_item_mentions_come_into_being() -> None:
    create(Name="Heat", Type="Movie", Genres=["Crime"], People=[{"Name": "Al Pacino"}], Studios=["Regency"])
    create(Name="Play", Type="MusicAlbum", Genres=["Electronic"], AlbumArtists=["Moby"], Artists=["MOBY"])
    assert names("/Genres") == ["Crime"]
    assert names("/MusicGenres") == ["Electronic"]
    assert names("/Persons") == ["Al Pacino"]
    assert names("/Studios") == ["Regency"]
    assert names("/Artists") == names("/Artists/AlbumArtists") == ["Moby"]


@pytest.mark.usefixtures("world")
def test_what_get_answers_can_be_put_back() -> None:
    item = create(
        Name="Play", Type="MusicAlbum", Genres=["Electronic"], AlbumArtists=["Moby"], Studios=["Mute"]
    )
    answer = call("PUT", f"/Items/{item['Id']}", body=item | {"ProductionYear": "1999"}, headers=ADMIN)
    assert answer.json() == item | {"ProductionYear": 1999}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"Type": "Movie"}, "Name"),
        ({"Name": "", "Type": "Movie"}, "Name"),
        ({"Name": " \u3000", "Type": "Movie"}, "Name"),
        ({"Name": 7, "Type": "Movie"}, "Name"),
        ({"Name": "x" * 256, "Type": "Movie"}, "Name"),
        ({"Name": "\ud800", "Type": "Movie"}, "Name"),
        ({"Name": "Heat"}, "Type"),
        ({"Name": "Heat", "Type": "Spaceship"}, "Type"),
        ({"Name": "Heat", "Type": "Movie", "Id": "1"}, "Id"),
        ({"Name": "Heat", "Type": "Movie", "ParentId": UNKNOWN}, "ParentId"),
        ({"Name": "Heat", "Type": "Movie", "ProductionYear": 1995.5}, "ProductionYear"),
        ({"Name": "Heat", "Type": "Movie", "ProductionYear": 2**31}, "ProductionYear"),
        ({"Name": "Heat", "Type": "Movie", "DateCreated": "yesterday"}, "DateCreated"),
        ({"Name": "Heat", "Type": "Movie", "PreferredMetadataLanguage": "?"}, "PreferredMetadataLanguage"),
        ({"Name": "Heat", "Type": "Movie", "ProviderIds": ["949"]}, "ProviderIds"),
        ({"Name": "Heat", "Type": "Movie", "ProviderIds": {"Tmdb": 949}}, "ProviderIds"),
        ({"Name": "Heat", "Type": "Movie", "Genres": "Crime"}, "Genres"),
        ({"Name": "Heat", "Type": "Movie", "Genres": [None]}, "Genres"),
        ({"Name": "Heat", "Type": "Movie", "Genres": ["x"] * 201}, "Genres"),
        ({"Name": "Heat", "Type": "Movie", "People": [{"Role": "Hanna"}]}, "Name"),
        ({"Name": "Heat", "Type": "Movie", "Chapters": [{"StartPositionTicks": -1}]}, "StartPositionTicks"),
    ],
)
@pytest.mark.usefixtures("world")
def test_a_bad_field_is_named(body: dict[str, object], field: str) -> None:
    answer = call("POST", "/Items", body=body, headers=ADMIN)
    assert answer.status == 400, answer.body
    assert list(answer.json()["errors"]) == [field]
    assert get("/Items?recursive=true")["TotalRecordCount"] == 0


@pytest.mark.usefixtures("world")
def test_a_body_that_is_too_large_is_refused_as_such() -> None:
    body = {"Name": "Heat", "Type": "Movie", "Overview": "x" * 150_001}
    answer = call("POST", "/Items", body=body, headers=ADMIN)
    assert (answer.status, list(answer.json()["errors"])) == (413, ["body"])
    assert get("/Items?recursive=true")["TotalRecordCount"] == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'"text"'])
@pytest.mark.usefixtures("world")
def test_a_body_that_is_no_json_object_is_refused(body: bytes) -> None:
    answer = call("POST", "/Items", body=body, headers=ADMIN)
    assert (answer.status, list(answer.json()["errors"])) == (400, ["body"])


@pytest.mark.usefixtures("world")
def test_an_id_can_be_chosen_once() -> None:
    item = create(Id="01234567-89AB-CDEF-0123-456789ABCDEF", Name="Heat", Type="Movie")
    assert item["Id"] == UNKNOWN
    assert call("POST", "/Items", body=item, headers=ADMIN).status == 409


@pytest.mark.usefixtures("world")
def test_a_name_of_a_named_item_is_taken_once() -> None:
    create(Name="Björk", Type="MusicArtist")
    answer = call("POST", "/Items", body={"Name": "BJÖRK", "Type": "MusicArtist"}, headers=ADMIN)
    assert (answer.status, list(answer.json()["errors"])) == (400, ["Name"])


def test_an_item_keeps_its_type_and_a_folder_its_place(shows: dict[str, Any]) -> None:
    series, other = shows["series"], create(Name="Old shows", Type="CollectionFolder")
    url = f"/Items/{series['Id']}"
    retyped = call("PUT", url, body=series | {"Type": "Movie"}, headers=ADMIN)
    assert (retyped.status, list(retyped.json()["errors"])) == (400, ["Type"])
    moved = call("PUT", url, body=series | {"ParentId": other["Id"]}, headers=ADMIN)
    assert (moved.status, list(moved.json()["errors"])) == (400, ["ParentId"])


def test_an_item_that_holds_no_others_can_move(shows: dict[str, Any]) -> None:
    second = create(Name="Season 2", Type="Season", ParentId=shows["series"]["Id"])
    episode = shows["episodes"][0] | {"ParentId": second["Id"]}
    assert call("PUT", f"/Items/{episode['Id']}", body=episode, headers=ADMIN).status == 200
    assert names(f"/Items?parentId={second['Id']}") == ["Dulcinea"]


@pytest.mark.parametrize(("item_type", "parent_type"), [("Movie", "Movie"), ("Genre", "CollectionFolder")])
@pytest.mark.usefixtures("world")
def test_only_folders_hold_items_and_named_items_lie_nowhere(item_type: str, parent_type: str) -> None:
    parent = create(Name="Parent", Type=parent_type)
    body = {"Name": "Child", "Type": item_type, "ParentId": parent["Id"]}
    answer = call("POST", "/Items", body=body, headers=ADMIN)
    assert (answer.status, list(answer.json()["errors"])) == (400, ["ParentId"])


@pytest.mark.usefixtures("shows")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Shows"]),
        ("?recursive=true&includeItemTypes=Episode", ["Dulcinea", "The Big Empty"]),
        ("?recursive=true&includeItemTypes=Episode&sortBy=IndexNumber", ["Dulcinea", "The Big Empty"]),
        (
            "?recursive=true&IncludeItemTypes=Episode&sortBy=IndexNumber&sortOrder=Descending",
            ["The Big Empty", "Dulcinea"],
        ),
        ("?recursive=true&includeItemTypes=Series&includeItemTypes=Season", ["Season 1", "The Expanse"]),
        ("?recursive=true&excludeItemTypes=Episode,Season", ["The Expanse", "Shows"]),
        ("?recursive=true&searchTerm=expans", ["The Expanse"]),
        ("?recursive=true&nameStartsWith=e", ["The Expanse"]),
        ("?recursive=true&years=2015", ["The Expanse"]),
        ("?recursive=true&mediaTypes=Video&limit=1", ["Dulcinea"]),
        ("?recursive=true&includeItemTypes=LiveTvChannel", []),
        ("?recursive=true&isFavorite=true", []),
        ("?recursive=true&filters=IsResumable", []),
        ("?recursive=true&startIndex=99", []),
        ("?recursive=true&limit=0", []),
    ],
)
def test_a_list_has_what_the_query_asks_for(query: str, expected: list[str]) -> None:
    assert names(f"/Items{query}") == expected


def test_a_list_below_an_item_has_its_children_or_all_below(shows: dict[str, Any]) -> None:
    for item, children in (("shelf", 1), ("series", 1), ("season", 2)):
        assert get(f"/Items?parentId={shows[item]['Id']}")["TotalRecordCount"] == children
    for item, all_below in (("shelf", 4), ("series", 3), ("season", 2)):
        assert get(f"/Items?parentId={shows[item]['Id']}&recursive=true")["TotalRecordCount"] == all_below
    of_a_type = f"/Items?parentId={shows['shelf']['Id']}&recursive=true&includeItemTypes=Season"
    assert names(of_a_type) == ["Season 1"]


@pytest.mark.usefixtures("world")
def test_named_items_filter_by_name_and_by_id() -> None:
    heat = create(Name="Heat", Type="Movie", Genres=["Crime"], People=[{"Name": "Al Pacino"}])
    create(Name="Ronin", Type="Movie", Genres=["Action"], People=[{"Name": "Jean Reno"}])
    person, genre = heat["People"][0]["Id"], heat["GenreItems"][0]["Id"]
    for query in (f"personIds={person}", f"genreIds={genre}", "genres=CRIME|Western", f"parentId={person}"):
        assert names(f"/Items?recursive=true&includeItemTypes=Movie&{query}") == ["Heat"], query


@pytest.mark.usefixtures("world")
def test_pages_tell_the_total_unless_it_is_not_wanted() -> None:
    for number in range(5):
        create(Name=f"Film {number}", Type="Movie")
    page = get("/Items?startIndex=2&limit=2")
    assert [item["Name"] for item in page["Items"]] == ["Film 2", "Film 3"]
    assert (page["TotalRecordCount"], page["StartIndex"]) == (5, 2)
    assert get("/Items?limit=2&enableTotalRecordCount=false")["TotalRecordCount"] == 0


@pytest.mark.usefixtures("world")
def test_items_are_listed_by_ids_repeated_or_joined() -> None:
    first, second = (create(Name=name, Type="Movie")["Id"] for name in ("Heat", "Ronin"))
    assert names(f"/Items?ids={first},{second},{UNKNOWN}") == ["Heat", "Ronin"]
    assert names(f"/Items?ids={first}&ids={second}") == ["Heat", "Ronin"]


@pytest.mark.parametrize(
    ("query", "field"),
    [("parentId=x", "parentId"), ("ids=x", "ids"), ("years=x", "years"), ("limit=x", "limit")],
)
@pytest.mark.usefixtures("world")
def test_a_query_that_cannot_be_read_is_refused(query: str, field: str) -> None:
    answer = call("GET", f"/Items?{query}", headers=ADMIN)
    assert (answer.status, list(answer.json()["errors"])) == (400, [field])


@pytest.mark.parametrize("url", [f"/Items/{UNKNOWN}", f"/Items?parentId={UNKNOWN}"])
@pytest.mark.usefixtures("world")
def test_an_unknown_item_is_not_found(url: str) -> None:
    assert call("GET", url, headers=ADMIN).status == 404


def test_an_episode_shows_the_images_of_its_season_and_series(shows: dict[str, Any], world: World) -> None:
    series, season, episode = shows["series"], shows["season"], shows["episodes"][0]
    give_images(world, shows["shelf"]["Id"], ImageType.PRIMARY, ImageType.LOGO)
    give_images(world, series["Id"], ImageType.PRIMARY, ImageType.THUMB, ImageType.LOGO, ImageType.BACKDROP)
    give_images(world, season["Id"], ImageType.PRIMARY, ImageType.THUMB)
    shown = get(f"/Items/{episode['Id']}")
    assert (shown["SeriesId"], shown["SeriesName"]) == (series["Id"], "The Expanse")
    assert (shown["SeasonId"], shown["SeasonName"]) == (season["Id"], "Season 1")
    assert shown["SeriesPrimaryImageTag"] == tag(ImageType.PRIMARY, series)
    assert shown["SeriesThumbImageTag"] == tag(ImageType.THUMB, series)
    assert shown["ParentPrimaryImageItemId"] == season["Id"]
    assert shown["ParentThumbImageTag"] == tag(ImageType.THUMB, season)
    assert (shown["ParentLogoItemId"], shown["ParentLogoImageTag"]) == (
        series["Id"],
        tag(ImageType.LOGO, series),
    )
    assert shown["ParentBackdropImageTags"] == [tag(ImageType.BACKDROP, series)]
    assert shown["ImageBlurHashes"]["Logo"] == {
        tag(ImageType.LOGO, series): f"#{tag(ImageType.LOGO, series)}"
    }


def test_an_items_own_images_come_before_borrowed_ones(shows: dict[str, Any], world: World) -> None:
    episode = shows["episodes"][0]
    own = (ImageType.PRIMARY, ImageType.THUMB, ImageType.LOGO, ImageType.BACKDROP)
    give_images(world, shows["series"]["Id"], *own)
    give_images(world, episode["Id"], *own)
    shown = get(f"/Items/{episode['Id']}")
    assert shown["ImageTags"] == {kind: tag(kind, episode) for kind in own[:3]}
    assert shown["BackdropImageTags"] == [tag(ImageType.BACKDROP, episode)]
    assert shown["PrimaryImageAspectRatio"] == pytest.approx(2 / 3)
    assert not [name for name in shown if name.startswith("Parent") and "Image" in name]


def test_a_track_shows_the_images_of_its_album_and_artist(world: World) -> None:
    album = create(Name="Play", Type="MusicAlbum", AlbumArtists=["Moby"])
    track = create(Name="Porcelain", Type="Audio", ParentId=album["Id"], AlbumArtists=["Moby"])
    artist = album["AlbumArtists"][0]
    give_images(world, album["Id"], ImageType.PRIMARY)
    give_images(world, artist["Id"], ImageType.PRIMARY, ImageType.BACKDROP, ImageType.LOGO)
    shown = get(f"/Items/{track['Id']}")
    assert (shown["AlbumId"], shown["Album"]) == (album["Id"], "Play")
    assert shown["AlbumPrimaryImageTag"] == tag(ImageType.PRIMARY, album)
    assert shown["ParentBackdropItemId"] == artist["Id"]
    assert shown["ParentLogoItemId"] == artist["Id"]


def test_people_and_chapters_have_their_pictures(world: World) -> None:
    chapters = [{"Name": "One", "StartPositionTicks": 0}, {"Name": "Two", "StartPositionTicks": 600}]
    film = create(Name="Heat", Type="Movie", People=[{"Name": "Al Pacino"}], Chapters=chapters)
    person = film["People"][0]
    give_images(world, person["Id"], ImageType.PRIMARY)
    give_images(world, film["Id"], ImageType.CHAPTER)
    shown = get(f"/Items/{film['Id']}")
    assert shown["People"][0]["PrimaryImageTag"] == tag(ImageType.PRIMARY, person)
    assert shown["People"][0]["ImageBlurHashes"] == {
        "Primary": {tag(ImageType.PRIMARY, person): f"#{tag(ImageType.PRIMARY, person)}"}
    }
    assert [chapter.get("ImageTag") for chapter in shown["Chapters"]] == [tag(ImageType.CHAPTER, film), None]


def test_a_list_says_no_more_of_images_than_it_is_asked(world: World) -> None:
    film = create(Name="Heat", Type="Movie", Overview="Two men.")
    give_images(world, film["Id"], ImageType.PRIMARY, ImageType.LOGO, *[ImageType.BACKDROP] * 3)
    (plain,) = get("/Items")["Items"]
    assert not {"Overview", "People", "PrimaryImageAspectRatio"} & plain.keys()
    assert len(plain["BackdropImageTags"]) == 3
    (asked,) = get("/Items?fields=Overview,PrimaryImageAspectRatio&imageTypeLimit=1")["Items"]
    assert (asked["Overview"], len(asked["BackdropImageTags"])) == ("Two men.", 1)
    assert asked["PrimaryImageAspectRatio"] == pytest.approx(2 / 3)
    (some,) = get("/Items?enableImageTypes=Primary,Nonsense")["Items"]
    assert (list(some["ImageTags"]), some["BackdropImageTags"]) == (["Primary"], [])
    (none,) = get("/Items?enableImages=false")["Items"]
    assert not {"ImageTags", "BackdropImageTags", "ImageBlurHashes"} & none.keys()


def test_a_list_can_be_of_items_with_an_image(world: World) -> None:
    films = [create(Name=f"Film {number}", Type="Movie") for number in range(4)]
    for film in films[1::2]:
        give_images(world, film["Id"], ImageType.BACKDROP)
    assert names("/Items?imageTypes=Backdrop") == ["Film 1", "Film 3"]
    assert names("/Items?imageTypes=Backdrop&limit=1&enableTotalRecordCount=false") == ["Film 1"]
    assert names("/Items?imageTypes=Banner") == []
    assert names("/Items?imageTypes=Nonsense") == []


def test_a_hundred_items_cost_a_handful_of_reads(shows: dict[str, Any], world: World) -> None:
    for number in range(100):
        people = [{"Name": f"Actor {number}"}, {"Name": f"Actor {number + 1}"}]
        create(Name=f"E{number}", Type="Episode", ParentId=shows["season"]["Id"], People=people)
    world.shelves.calls.clear()
    world.rows.reads = 0
    url = f"/Items?parentId={shows['season']['Id']}&limit=100&fields=People,PrimaryImageAspectRatio"
    assert len(get(url)["Items"]) == 100
    assert world.shelves.calls.total() == 3
    assert world.rows.reads == 3


def test_the_newest_come_first_and_series_stand_for_episodes(shows: dict[str, Any]) -> None:
    create(Name="Heat", Type="Movie", DateCreated="2020-01-01T00:00:00Z")
    latest = get("/Items/Latest?limit=2")
    assert [item["Name"] for item in latest] == ["The Expanse", "Heat"]
    episodes = get(f"/Items/Latest?includeItemTypes=Episode&parentId={shows['shelf']['Id']}")
    assert {item["Type"] for item in episodes} == {"Episode"}


@pytest.mark.usefixtures("shows")
def test_a_search_finds_items_of_all_types_by_their_beginning_first() -> None:
    create(Name="Big", Type="Movie", People=[{"Name": "Tom Bigelow"}])
    found = get("/Search/Hints?searchTerm=BIG")
    assert [hint["Name"] for hint in found["SearchHints"]] == ["Big", "The Big Empty", "Tom Bigelow"]
    assert found["TotalRecordCount"] == 3
    assert found["SearchHints"][1]["Series"] == "The Expanse"


def test_a_search_hint_has_its_pictures(world: World) -> None:
    film = create(Name="Heat", Type="Movie")
    give_images(world, film["Id"], ImageType.PRIMARY, ImageType.THUMB, ImageType.BACKDROP)
    (hint,) = get("/Search/Hints?searchTerm=heat")["SearchHints"]
    assert hint["PrimaryImageTag"] == tag(ImageType.PRIMARY, film)
    assert (hint["ThumbImageItemId"], hint["BackdropImageItemId"]) == (film["Id"], film["Id"])


@pytest.mark.usefixtures("shows")
@pytest.mark.parametrize("url", ["/UserViews", f"/Users/{UNKNOWN}/Views"])
def test_the_views_are_the_top_of_the_library(url: str) -> None:
    assert names(url) == ["Shows"]


@pytest.mark.usefixtures("shows")
@pytest.mark.parametrize("url", ["/UserItems/Resume", f"/Users/{UNKNOWN}/Items/Resume"])
def test_there_is_nothing_to_resume(url: str) -> None:
    assert get(url) == {"Items": [], "TotalRecordCount": 0, "StartIndex": 0}


@pytest.mark.usefixtures("shows")
def test_the_legacy_routes_of_a_user_answer_the_same() -> None:
    user = f"userId={UNKNOWN}"
    (shelf,) = get(f"/Items?{user}")["Items"]
    assert get(f"/users/{UNKNOWN}/items")["Items"] == [shelf]
    assert get(f"/Users/{UNKNOWN}/Items/{shelf['Id']}") == get(f"/Items/{shelf['Id']}?{user}")
    assert get(f"/Users/{UNKNOWN}/Items/Latest") == get(f"/Items/Latest?{user}")


def test_a_deleted_item_takes_all_below_and_its_originals_along(shows: dict[str, Any], world: World) -> None:
    episode = shows["episodes"][0]
    give_images(world, episode["Id"], ImageType.PRIMARY)
    assert call("DELETE", f"/Items/{shows['series']['Id']}", headers=ADMIN).status == 204
    assert names("/Items?recursive=true") == ["Shows"]
    assert world.messages.messages == [f"originals/{tag(ImageType.PRIMARY, episode)}"]
    assert set(world.rows.rows) == {OwnerKey.item(shows["shelf"]["Id"])}
    assert call("DELETE", f"/Items/{shows['series']['Id']}", headers=ADMIN).status == 404


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("GET", "/Items"),
        ("GET", f"/Items/{UNKNOWN}"),
        ("GET", "/Items/Latest"),
        ("GET", "/UserItems/Resume"),
        ("GET", "/UserViews"),
        ("GET", "/Search/Hints"),
        ("GET", f"/Users/{UNKNOWN}/Items"),
        ("POST", "/Items"),
        ("PUT", f"/Items/{UNKNOWN}"),
        ("DELETE", f"/Items/{UNKNOWN}"),
    ],
)
@pytest.mark.usefixtures("world")
def test_nothing_of_the_library_is_for_strangers(method: str, url: str) -> None:
    assert call(method, url).status == 401


def ids(items: Iterable[Mapping[str, str]]) -> set[str]:
    return {item["Id"] for item in items}


def test_an_answer_stays_within_what_lambda_can_send(world: World) -> None:
    for number in range(45):
        create(Name=f"Film {number}", Type="Movie", Overview="x" * 140_000)
    answer: Answer = call("GET", "/Items?fields=Overview", headers=ADMIN)
    page = answer.json()
    assert len(answer.body) < world.settings.max_inline_bytes
    assert 20 < len(page["Items"]) < 45
    rest = get(f"/Items?startIndex={len(page['Items'])}")["Items"]
    assert len(ids(page["Items"]) | ids(rest)) == page["TotalRecordCount"] == 45


def test_several_items_are_deleted_at_once(world: World) -> None:
    ids = [
        call("POST", "/Items", body={"Name": name, "Type": "Movie"}, headers=ADMIN).json()["Id"]
        for name in ("Alien", "Brazil", "Contact")
    ]
    unknown = "0123456789abcdef0123456789abcdef"
    url = f"/Items?ids={ids[0]},{ids[1]},{ids[0]},{unknown}"
    assert call("DELETE", url, headers=ADMIN).status == 204
    left = call("GET", "/Items?recursive=true", headers=ADMIN).json()["Items"]
    assert [item["Name"] for item in left] == ["Contact"]
    wrong = call("DELETE", "/Items?ids=none", headers=ADMIN)
    assert (wrong.status, wrong.json()["errors"]) == (400, {"ids": ["The value 'none' is not valid."]})
    assert world.settings
