"""Display preferences over HTTP: kept per user, client and id."""

import pytest

from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call

URL = "/DisplayPreferences/usersettings?client=emby"
USER_SETTINGS = "3ce5b65de116d73165d1efc4a30ec35c"


@pytest.fixture
def headers(world: World) -> dict[str, str]:
    return world.token_of(world.add_user("Ann"))


def test_an_unknown_id_has_jellyfins_defaults(headers: dict[str, str]) -> None:
    answer = call("GET", URL, headers=headers)
    assert answer.status == 200
    shown = answer.json()
    assert (shown["Id"], shown["Client"]) == (USER_SETTINGS, "emby")
    assert (shown["SortBy"], shown["SortOrder"], shown["ShowBackdrop"]) == ("SortName", "Ascending", True)
    assert shown["CustomPrefs"]["skipForwardLength"] == "30000"
    assert shown["CustomPrefs"]["tvhome"] is None


def test_what_is_posted_comes_back(headers: dict[str, str]) -> None:
    body = {
        "Id": "usersettings",
        "SortBy": "DateCreated",
        "SortOrder": "descending",
        "ShowBackdrop": False,
        "PrimaryImageWidth": 300,
        "CustomPrefs": {"homesection0": "resume", "TvHome": None, "json": "{" * 1_000},
    }
    assert call("POST", URL, body=body, headers=headers).status == 204
    shown = call("GET", URL, headers=headers).json()
    assert shown["CustomPrefs"] == body["CustomPrefs"]
    assert (shown["SortBy"], shown["SortOrder"]) == ("DateCreated", "Descending")
    assert (shown["ShowBackdrop"], shown["PrimaryImageWidth"], shown["PrimaryImageHeight"]) == (
        False,
        300,
        250,
    )


def test_each_user_client_and_id_has_its_own(world: World, headers: dict[str, str]) -> None:
    assert call("POST", URL, body={"SortBy": "Random"}, headers=headers).status == 204
    others = [
        ("/DisplayPreferences/usersettings?client=other", headers),
        ("/DisplayPreferences/something?client=emby", headers),
        (URL, world.token_of(world.add_user("Bob"))),
    ]
    assert {call("GET", url, headers=who).json()["SortBy"] for url, who in others} == {"SortName"}
    same = f"/displaypreferences/{USER_SETTINGS}?CLIENT=emby"
    assert call("GET", same, headers=headers).json()["SortBy"] == "Random"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"SortOrder": "Sideways"}, 400, "SortOrder"),
        ({"ScrollDirection": "Up"}, 400, "ScrollDirection"),
        ({"CustomPrefs": ["x"]}, 400, "CustomPrefs"),
        ({"CustomPrefs": {"x": 7}}, 400, "CustomPrefs"),
        ({"CustomPrefs": {"x": "\ud800"}}, 400, "CustomPrefs"),
        ({"CustomPrefs": {"x": "y" * 70_000}}, 413, "body"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(
    headers: dict[str, str], body: dict[str, object], status: int, field: str
) -> None:
    before = call("GET", URL, headers=headers).json()
    answer = call("POST", URL, body=body, headers=headers)
    assert (answer.status, list(answer.json()["errors"])) == (status, [field])
    assert call("GET", URL, headers=headers).json() == before


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_client_must_say_which_it_is(headers: dict[str, str], method: str) -> None:
    answer = call(method, "/DisplayPreferences/usersettings", body={}, headers=headers)
    assert (answer.status, list(answer.json()["errors"])) == (400, ["client"])


def test_preferences_are_kept_for_users_alone_and_go_with_them(world: World) -> None:
    url = f"{URL}&userId={'0' * 32}"
    assert call("POST", url, body={}, headers=ADMIN).status == 404
    user = world.add_user("Ann")
    assert call("POST", f"{URL}&userId={user.id}", body={}, headers=ADMIN).status == 204
    world.add_user("Root")
    assert call("DELETE", f"/Users/{user.id}", headers=ADMIN).status == 204
    assert not world.kept_preferences.kept
