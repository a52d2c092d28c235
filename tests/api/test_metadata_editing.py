"""Metadata over HTTP, as Jellyfin's editor reads and writes it."""

from typing import Any

import pytest

from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call

EDITED = {
    "OriginalTitle": "Le Voyage",
    "ForcedSortName": "voyage",
    "CommunityRating": "7.5",
    "CriticRating": 91,
    "Overview": "To the moon.",
    "Tags": ["silent", "", "space"],
    "Taglines": ["Up!"],
    "Genres": ["Science Fiction"],
    "Studios": [{"Name": "Star Film"}],
    "PremiereDate": "1902-09-01T00:00:00.0000000Z",
    "EndDate": None,
    "ProductionYear": "1902",
    "OfficialRating": "G",
    "CustomRating": "",
    "ProductionLocations": ["France"],
    "RunTimeTicks": 8_400_000_000,
    "LockData": True,
    "LockedFields": ["overview", "Name"],
    "PreferredMetadataLanguage": "fr",
    "PreferredMetadataCountryCode": "FR",
    "ProviderIds": {"Tmdb": "775"},
}


@pytest.fixture
def item(world: World) -> dict[str, Any]:
    assert world.settings
    body = {"Name": "A Trip", "Type": "Movie", "People": [{"Name": "Méliès", "Type": "Director"}]}
    made: dict[str, Any] = call("POST", "/Items", body=body, headers=ADMIN).json()
    return made


def shown(item: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = call("GET", f"/Items/{item['Id']}", headers=ADMIN).json()
    return answer


def edit(item: dict[str, Any], body: dict[str, Any]) -> int:
    return call("POST", f"/Items/{item['Id']}", body=body, headers=ADMIN).status


def test_what_an_editor_sends_is_shown(item: dict[str, Any]) -> None:
    assert edit(item, item | EDITED) == 204
    after = shown(item)
    assert (after["OriginalTitle"], after["SortName"], after["ForcedSortName"]) == (
        "Le Voyage",
        "voyage",
        "voyage",
    )
    assert (after["CommunityRating"], after["CriticRating"], after["ProductionYear"]) == (7.5, 91, 1902)
    assert (after["Tags"], after["Taglines"], after["Genres"]) == (
        ["silent", "space"],
        ["Up!"],
        ["Science Fiction"],
    )
    assert (after["PremiereDate"], after["RunTimeTicks"]) == (EDITED["PremiereDate"], 8_400_000_000)
    assert (after["LockData"], after["LockedFields"]) == (True, ["Overview", "Name"])
    assert (after["PreferredMetadataCountryCode"], after["ProductionLocations"]) == ("FR", ["France"])
    assert not {"EndDate", "CustomRating"} & after.keys()
    assert [person["Name"] for person in after["People"]] == ["Méliès"]


def test_what_is_left_out_stays_and_what_is_null_goes(item: dict[str, Any]) -> None:
    assert edit(item, EDITED) == 204
    assert edit(item, {"Overview": None, "Tags": [], "Name": "Voyage"}) == 204
    after = shown(item)
    assert "Overview" not in after
    assert (after["Tags"], after["Name"], after["OriginalTitle"]) == ([], "Voyage", "Le Voyage")


def test_an_answer_can_be_sent_back_as_it_is(item: dict[str, Any]) -> None:
    assert edit(item, EDITED) == 204
    before = shown(item)
    assert edit(item, before) == 204
    assert call("PUT", f"/Items/{item['Id']}", body=before, headers=ADMIN).json() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"Name": ""}, "Name"),
        ({"CommunityRating": "much"}, "CommunityRating"),
        ({"CommunityRating": 101}, "CommunityRating"),
        ({"CriticRating": float("nan")}, "CriticRating"),
        ({"PremiereDate": "soon"}, "PremiereDate"),
        ({"Status": "Cancelled"}, "Status"),
        ({"AirDays": ["Someday"]}, "AirDays"),
        ({"LockedFields": ["Everything"]}, "LockedFields"),
        ({"LockData": "yes"}, "LockData"),
        ({"Tags": "space"}, "Tags"),
        ({"Tags": [7]}, "Tags"),
        ({"RunTimeTicks": -1}, "RunTimeTicks"),
    ],
)
def test_a_bad_field_is_named_and_nothing_changes(
    item: dict[str, Any], body: dict[str, Any], field: str
) -> None:
    before = shown(item)
    answer = call("POST", f"/Items/{item['Id']}", body=body, headers=ADMIN)
    assert (answer.status, list(answer.json()["errors"])) == (400, [field])
    assert shown(item) == before


def test_an_unknown_item_cannot_be_edited(world: World) -> None:
    assert world.settings
    assert call("POST", f"/Items/{'0' * 32}", body={"Name": "x"}, headers=ADMIN).status == 404


def test_an_editor_is_offered_languages_countries_ratings_and_identifiers(item: dict[str, Any]) -> None:
    info = call("GET", f"/Items/{item['Id']}/MetadataEditor", headers=ADMIN).json()
    assert {"Name": "IMDb", "Key": "Imdb"} in info["ExternalIdInfos"]
    assert "fr" in {culture["TwoLetterISOLanguageName"] for culture in info["Cultures"]}
    assert "Norwegian Bokmål" in {culture["DisplayName"] for culture in info["Cultures"]}
    assert {country["TwoLetterISORegionName"] for country in info["Countries"]} >= {"FR", "US", "GB"}
    assert {"Name": "PG-13", "Value": 13, "RatingScore": {"score": 13}} in info["ParentalRatingOptions"]


def test_an_administrator_sees_the_folders_at_the_top(world: World, item: dict[str, Any]) -> None:
    assert world.settings
    assert item
    body = {"Name": "Films", "Type": "CollectionFolder", "CollectionType": "movies"}
    folder = call("POST", "/Items", body=body, headers=ADMIN).json()
    (shown_folder,) = call("GET", "/Library/VirtualFolders", headers=ADMIN).json()
    assert (shown_folder["Name"], shown_folder["ItemId"]) == ("Films", folder["Id"])
    assert (shown_folder["CollectionType"], shown_folder["Locations"]) == ("movies", [])
    options = call("GET", "/UserViews/GroupingOptions", headers=ADMIN).json()
    assert options == [{"Name": "Films", "Id": folder["Id"]}]


@pytest.mark.parametrize(("sent", "kept"), [("movies", "movies"), ("TVShows", "tvshows"), ("", None)])
def test_a_folder_says_what_it_holds(world: World, sent: str, kept: str | None) -> None:
    assert world.settings
    body = {"Name": "Films", "Type": "CollectionFolder", "CollectionType": "music"}
    folder = call("POST", "/Items", body=body, headers=ADMIN).json()
    answer = call("POST", f"/Items/{folder['Id']}/ContentType?contentType={sent}", headers=ADMIN)
    assert answer.status == 204
    assert shown(folder).get("CollectionType") == kept


def test_what_a_folder_cannot_hold_and_what_holds_nothing_is_named(item: dict[str, Any]) -> None:
    wrong = call("POST", f"/Items/{item['Id']}/ContentType?contentType=films", headers=ADMIN)
    assert (wrong.status, list(wrong.json()["errors"])) == (400, ["contentType"])
    film = call("POST", f"/Items/{item['Id']}/ContentType?contentType=movies", headers=ADMIN)
    assert (film.status, list(film.json()["errors"])) == (400, ["itemId"])
    assert call("POST", f"/Items/{'0' * 32}/ContentType?contentType=movies", headers=ADMIN).status == 404
    assert call("POST", "/Items/x/ContentType?contentType=movies", headers=ADMIN).status == 400
