"""What users do with items over HTTP: kept per user, shown beside items, asked for in lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.fakes.world import ADMIN, ADMINISTRATOR, World
from tests.support.gateway import Answer, call

UNKNOWN = "0123456789abcdef0123456789abcdef"
HOUR = 36_000_000_000


@dataclass
class Client:
    """Calls as one user."""

    user_id: str
    headers: dict[str, str]

    def call(self, method: str, url: str, body: dict[str, Any] | None = None) -> Answer:
        return call(method, url, headers=self.headers, body=body if body is not None else b"")

    def json(self, url: str, method: str = "GET", body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401  # any JSON value
        answer = self.call(method, url, body)
        assert answer.status == 200, answer.body
        return answer.json()

    def names(self, url: str) -> list[str]:
        return [item["Name"] for item in self.json(url)["Items"]]


def client_of(world: World, name: str) -> Client:
    user = world.add_user(name)
    return Client(user.id, world.token_of(user))


@pytest.fixture
def ann(world: World) -> Client:
    return client_of(world, "Ann")


@pytest.fixture
def bob(world: World) -> Client:
    return client_of(world, "Bob")


def create(**fields: object) -> str:
    item_id: str = call("POST", "/Items", body=fields, headers=ADMIN).json()["Id"]
    return item_id


@pytest.fixture
def films(world: World) -> dict[str, str]:
    assert world.settings
    shelf = create(Name="Films", Type="CollectionFolder", CollectionType="movies")
    return {
        name: create(Name=name, Type="Movie", ParentId=shelf, RunTimeTicks=HOUR)
        for name in ("Alien", "Brazil", "Contact")
    } | {"shelf": shelf}


@pytest.fixture(params=["few episodes", "many"])
def reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, world: World) -> Iterator[None]:
    """Ask of a library with few episodes, of which all are read, and of one with more."""
    is_many = request.param == "many"
    if is_many:
        monkeypatch.setattr("chalicelib.services.library.entries.FEW_MENTIONS", 2)
    yield
    assert bool(world.shelves.calls["of_type"]) is not is_many


@pytest.fixture
def show(world: World) -> dict[str, str]:
    """Make a series of two seasons with two episodes each, and a special."""
    assert world.settings
    shelf = create(Name="Shows", Type="CollectionFolder", CollectionType="tvshows")
    ids = {"shelf": shelf, "series": create(Name="Show", Type="Series", ParentId=shelf)}
    for season, episodes in ((0, 1), (1, 2), (2, 2)):
        ids[f"s{season}"] = create(
            Name=f"Season {season}", Type="Season", ParentId=ids["series"], IndexNumber=season
        )
        for number in range(1, episodes + 1):
            ids[f"s{season}e{number}"] = create(
                Name=f"S{season}E{number}",
                Type="Episode",
                ParentId=ids[f"s{season}"],
                IndexNumber=number,
                ParentIndexNumber=season,
                RunTimeTicks=HOUR,
            )
    return ids


def test_an_untouched_item_says_so(ann: Client, films: dict[str, str]) -> None:
    data = ann.json(f"/Items/{films['Alien']}")["UserData"]
    assert data == {
        "PlaybackPositionTicks": 0,
        "PlayCount": 0,
        "IsFavorite": False,
        "Played": False,
        "Key": films["Alien"],
        "ItemId": films["Alien"],
    }


@pytest.mark.parametrize("path", ["/UserFavoriteItems/{}", "/Users/{user}/FavoriteItems/{}"])
def test_a_favourite_is_one_users_alone(ann: Client, bob: Client, films: dict[str, str], path: str) -> None:
    url = path.format(films["Alien"], user=ann.user_id)
    assert ann.json(url, "POST")["IsFavorite"] is True
    assert ann.json(url, "POST")["IsFavorite"] is True
    assert ann.json(f"/Items/{films['Alien']}")["UserData"]["IsFavorite"] is True
    assert bob.json(f"/Items/{films['Alien']}")["UserData"]["IsFavorite"] is False
    for query in ("isFavorite=true", "filters=IsFavorite"):
        assert ann.names(f"/Items?recursive=true&{query}") == ["Alien"]
        assert bob.names(f"/Items?recursive=true&{query}") == []
    assert ann.names(f"/Items?parentId={films['shelf']}&isFavorite=false") == ["Brazil", "Contact"]
    assert ann.json(url, "DELETE")["IsFavorite"] is False
    assert ann.names("/Items?recursive=true&isFavorite=true") == []


def test_a_favourite_is_found_below_its_parents_alone(ann: Client, films: dict[str, str]) -> None:
    other = create(Name="Other", Type="CollectionFolder")
    ann.json(f"/UserFavoriteItems/{films['Alien']}", "POST")
    assert ann.names(f"/Items?parentId={films['shelf']}&isFavorite=true") == ["Alien"]
    assert ann.names(f"/Items?parentId={films['shelf']}&recursive=true&isFavorite=true") == ["Alien"]
    assert ann.names(f"/Items?parentId={other}&recursive=true&isFavorite=true") == []
    assert ann.names("/Items?isFavorite=true") == []


@pytest.mark.parametrize("path", ["/UserPlayedItems/{}", "/Users/{user}/PlayedItems/{}"])
def test_what_was_played_is_counted_and_can_be_taken_back(
    ann: Client, films: dict[str, str], path: str
) -> None:
    url = path.format(films["Alien"], user=ann.user_id)
    data = ann.json(f"{url}?datePlayed=2026-11-25T16:28:46.286Z", "POST")
    assert (data["Played"], data["PlayCount"]) == (True, 1)
    assert data["LastPlayedDate"] == "2026-11-25T16:28:46.2860000Z"
    assert ann.json(f"{url}?datePlayed=20261126120000", "POST")["PlayCount"] == 2
    assert ann.names("/Items?recursive=true&includeItemTypes=Movie&filters=IsPlayed") == ["Alien"]
    assert ann.names("/Items?recursive=true&includeItemTypes=Movie&isPlayed=false") == ["Brazil", "Contact"]
    by_date = "/Items?recursive=true&includeItemTypes=Movie&sortBy=DatePlayed,SortName&sortOrder=Descending"
    assert ann.names(by_date)[0] == "Alien"
    data = ann.json(url, "DELETE")
    assert (data["Played"], data["PlayCount"], "LastPlayedDate" in data) == (False, 0, False)


def test_a_client_tells_how_far_its_user_came(ann: Client, bob: Client, films: dict[str, str]) -> None:
    report = {"ItemId": films["Alien"]}
    assert ann.call("POST", "/Sessions/Playing", report).status == 204
    progress = report | {"PositionTicks": HOUR // 2}
    assert ann.call("POST", "/Sessions/Playing/Progress", progress).status == 204
    data = ann.json(f"/Items/{films['Alien']}")["UserData"]
    assert (data["PlaybackPositionTicks"], data["PlayedPercentage"]) == (HOUR // 2, 50)
    assert (data["PlayCount"], data["Played"]) == (1, False)
    assert ann.names("/UserItems/Resume") == ["Alien"]
    assert ann.names("/UserItems/Resume?mediaTypes=Audio") == []
    assert ann.names(f"/Users/{ann.user_id}/Items/Resume?parentId={films['shelf']}") == ["Alien"]
    assert bob.names("/UserItems/Resume") == []
    stop = report | {"PositionTicks": HOUR - 1}
    assert ann.call("POST", "/Sessions/Playing/Stopped", stop).status == 204
    data = ann.json(f"/UserItems/{films['Alien']}/UserData")
    assert (data["PlaybackPositionTicks"], data["Played"]) == (0, True)
    assert ann.names("/UserItems/Resume") == []


def test_the_latest_begun_comes_first(ann: Client, world: World, films: dict[str, str]) -> None:
    for name in ("Brazil", "Alien", "Contact"):
        world.time.advance(minutes=1)
        url = f"/PlayingItems/{films[name]}"
        assert ann.call("POST", url).status == 204
        assert ann.call("POST", f"{url}/Progress?positionTicks={HOUR // 2}").status == 204
    assert ann.names("/UserItems/Resume") == ["Contact", "Alien", "Brazil"]
    assert ann.call("DELETE", f"/Users/{ann.user_id}/PlayingItems/{films['Alien']}").status == 204
    assert ann.names("/UserItems/Resume") == ["Contact", "Brazil"]


def test_a_failed_playback_changes_nothing(ann: Client, films: dict[str, str]) -> None:
    report = {"ItemId": films["Alien"], "Failed": True}
    assert ann.call("POST", "/Sessions/Playing/Stopped", report).status == 204
    assert ann.json(f"/Items/{films['Alien']}")["UserData"]["Played"] is False


def test_a_folder_says_what_is_left(ann: Client, show: dict[str, str]) -> None:
    series, season = f"/Items/{show['series']}", f"/Items/{show['s1']}"
    assert ann.json(series)["UserData"]["UnplayedItemCount"] == 5
    ann.json(f"/UserPlayedItems/{show['s1e1']}", "POST")
    data = ann.json(season)["UserData"]
    assert (data["UnplayedItemCount"], data["PlayedPercentage"], data["Played"]) == (1, 50, False)
    ann.json(f"/UserPlayedItems/{show['s1e2']}", "POST")
    assert ann.json(season)["UserData"]["Played"] is True
    assert ann.json(series)["UserData"]["UnplayedItemCount"] == 3
    assert "UnplayedItemCount" not in ann.json(f"/Items/{show['s1e1']}")["UserData"]


def test_a_folder_is_played_as_a_whole(ann: Client, show: dict[str, str]) -> None:
    data = ann.json(f"/UserPlayedItems/{show['series']}", "POST")
    assert (data["Played"], data["UnplayedItemCount"]) == (True, 0)
    assert ann.json(f"/Items/{show['s2e2']}")["UserData"]["Played"] is True
    assert ann.names("/Items?recursive=true&includeItemTypes=Series&isPlayed=true") == ["Show"]
    data = ann.json(f"/UserPlayedItems/{show['s1']}", "DELETE")
    assert (data["Played"], data["UnplayedItemCount"]) == (False, 2)
    assert ann.json(f"/Items/{show['series']}")["UserData"]["UnplayedItemCount"] == 2
    assert ann.names("/Items?recursive=true&includeItemTypes=Series&filters=IsUnplayed") == ["Show"]


@pytest.mark.usefixtures("reading")
def test_a_page_of_many_series_counts_what_is_left(ann: Client, show: dict[str, str]) -> None:
    others = [create(Name=f"Other {n}", Type="Series", ParentId=show["shelf"]) for n in range(4)]
    create(Name="Pilot", Type="Episode", ParentId=others[0], IndexNumber=1)
    ann.json(f"/UserPlayedItems/{show['s1e1']}", "POST")
    items = ann.json("/Items?recursive=true&includeItemTypes=Series")["Items"]
    left = {item["Name"]: item["UserData"]["UnplayedItemCount"] for item in items}
    assert left == {"Show": 4, "Other 0": 1, "Other 1": 0, "Other 2": 0, "Other 3": 0}


def test_user_data_is_left_out_where_it_is_not_wanted(ann: Client, films: dict[str, str]) -> None:
    assert films
    (shelf,) = ann.json("/Items?enableUserData=false")["Items"]
    assert "UserData" not in shelf
    (shelf,) = call("GET", "/Items", headers=ADMIN).json()["Items"]
    assert "UserData" not in shelf


def test_single_facts_can_be_set(ann: Client, films: dict[str, str]) -> None:
    url = f"/UserItems/{films['Alien']}/UserData"
    body = {"PlaybackPositionTicks": 7, "Played": True, "PlayCount": 3, "Rating": "8.5", "Likes": True}
    data = ann.json(url, "POST", body)
    assert (data["PlaybackPositionTicks"], data["PlayCount"], data["Rating"]) == (7, 3, 8.5)
    assert ann.json(url, "POST", {"IsFavorite": True})["PlayCount"] == 3
    rating = f"/UserItems/{films['Alien']}/Rating"
    assert ann.json(f"{rating}?likes=false", "POST")["Likes"] is False
    assert "Likes" not in ann.json(rating, "DELETE")


@pytest.mark.parametrize(
    ("method", "url", "body", "field"),
    [
        ("POST", "/UserFavoriteItems/x", None, "itemId"),
        ("POST", "/UserPlayedItems/{}?datePlayed=soon", None, "datePlayed"),
        ("POST", "/PlayingItems/{}/Progress?positionTicks=-1", None, "positionTicks"),
        ("POST", "/UserItems/{}/UserData", {"PlayCount": "many"}, "PlayCount"),
        ("POST", "/UserItems/{}/UserData", {"Rating": 1e9}, "Rating"),
        ("POST", "/Sessions/Playing", {"ItemId": "x"}, "ItemId"),
        ("POST", "/Sessions/Playing/Progress", {"ItemId": UNKNOWN, "PositionTicks": -1}, "PositionTicks"),
    ],
)
def test_what_cannot_be_read_is_named(
    ann: Client, films: dict[str, str], method: str, url: str, body: dict[str, Any] | None, field: str
) -> None:
    answer = ann.call(method, url.format(films["Alien"]), body)
    assert (answer.status, list(answer.json()["errors"])) == (400, [field])


def test_nobody_writes_for_somebody_else_and_nothing_of_what_is_not_there(
    ann: Client, bob: Client, world: World, films: dict[str, str]
) -> None:
    other = f"/UserFavoriteItems/{films['Alien']}?userId={bob.user_id}"
    assert ann.call("POST", other).status == 403
    assert ann.call("POST", f"/UserFavoriteItems/{UNKNOWN}").status == 404
    assert call("POST", f"/UserFavoriteItems/{films['Alien']}", headers=ADMIN).status == 400
    nobody = f"/UserFavoriteItems/{films['Alien']}?userId={UNKNOWN}"
    assert call("POST", nobody, headers=ADMIN).status == 404
    assert call("POST", other, headers=ADMIN).status == 200
    assert {owner for owner, _ in world.books.kept} == {bob.user_id}


def test_what_a_user_did_goes_with_it(ann: Client, world: World, films: dict[str, str]) -> None:
    world.add_user("Root", ADMINISTRATOR)
    ann.json(f"/UserFavoriteItems/{films['Alien']}", "POST")
    assert call("DELETE", f"/Users/{ann.user_id}", headers=ADMIN).status == 204
    assert not world.books.kept


def test_seasons_are_listed_by_number(ann: Client, show: dict[str, str]) -> None:
    url = f"/Shows/{show['series']}/Seasons"
    assert ann.names(url) == ["Season 0", "Season 1", "Season 2"]
    assert ann.names(f"{url}?isSpecialSeason=true") == ["Season 0"]
    assert ann.names(f"{url}?isSpecialSeason=false") == ["Season 1", "Season 2"]
    assert ann.names(f"{url}?isMissing=true") == []
    assert ann.call("GET", f"/Shows/{show['s1']}/Seasons").status == 404


def test_episodes_are_listed_as_they_were_aired(ann: Client, show: dict[str, str]) -> None:
    url = f"/Shows/{show['series']}/Episodes"
    assert ann.names(url) == ["S1E1", "S1E2", "S2E1", "S2E2", "S0E1"]
    assert ann.names(f"{url}?seasonId={show['s2']}") == ["S2E1", "S2E2"]
    assert ann.names(f"{url}?season=1") == ["S1E1", "S1E2"]
    assert ann.names(f"{url}?season=0") == ["S0E1"]
    assert ann.names(f"{url}?adjacentTo={show['s1e2']}") == ["S1E1", "S1E2", "S2E1"]
    assert ann.names(f"{url}?adjacentTo={UNKNOWN}") == []
    assert ann.names(f"{url}?startItemId={show['s2e1']}&limit=1") == ["S2E1"]
    assert sorted(ann.names(f"{url}?sortBy=Random")) == ["S0E1", "S1E1", "S1E2", "S2E1", "S2E2"]
    assert ann.call("GET", f"/Shows/{UNKNOWN}/Episodes").status == 404
    assert ann.call("GET", f"{url}?seasonId=x").status == 400


@pytest.mark.usefixtures("reading")
def test_the_next_episode_follows_the_last_one_watched(
    ann: Client, bob: Client, world: World, show: dict[str, str]
) -> None:
    assert ann.names("/Shows/NextUp") == []
    assert ann.names(f"/Shows/NextUp?seriesId={show['series']}") == ["S1E1"]
    assert ann.names(f"/Shows/NextUp?seriesId={show['series']}&disableFirstEpisode=true") == []
    ann.json(f"/UserPlayedItems/{show['s1e2']}", "POST")
    assert ann.names("/Shows/NextUp") == ["S2E1"]
    assert ann.names(f"/Shows/NextUp?parentId={show['shelf']}") == ["S2E1"]
    assert bob.names("/Shows/NextUp") == []
    day = world.time.now().date()
    assert ann.names(f"/Shows/NextUp?nextUpDateCutoff={day}") == ["S2E1"]
    assert ann.names("/Shows/NextUp?nextUpDateCutoff=2999-01-01") == []
    ann.call("POST", "/Sessions/Playing/Progress", {"ItemId": show["s2e1"], "PositionTicks": HOUR // 2})
    assert ann.names("/Shows/NextUp?enableResumable=false") == []
    ann.json(f"/UserPlayedItems/{show['s2e2']}", "POST")
    assert ann.names("/Shows/NextUp") == []


@pytest.mark.usefixtures("reading")
def test_the_latest_watched_series_comes_first(ann: Client, world: World, show: dict[str, str]) -> None:
    other = create(Name="Other", Type="Series", ParentId=show["shelf"])
    first, second = (
        create(Name=f"Other {n}", Type="Episode", ParentId=other, IndexNumber=n, ParentIndexNumber=1)
        for n in (1, 2)
    )
    ann.json(f"/UserPlayedItems/{show['s1e1']}", "POST")
    world.time.advance(minutes=1)
    ann.json(f"/UserPlayedItems/{first}", "POST")
    assert second
    assert ann.names("/Shows/NextUp") == ["Other 2", "S1E2"]
    assert ann.names("/Shows/NextUp?limit=1&startIndex=1") == ["S1E2"]


def test_what_is_still_to_be_shown_is_listed_by_day(ann: Client, show: dict[str, str]) -> None:
    for name, day in (("Old", "2026-11-01"), ("Later", "2026-12-02"), ("Soon", "2026-12-01")):
        create(Name=name, Type="Episode", ParentId=show["s2"], PremiereDate=f"{day}T00:00:00Z")
    assert ann.names("/Shows/Upcoming") == ["Soon", "Later"]
    assert ann.names(f"/Shows/Upcoming?parentId={show['shelf']}&limit=1") == ["Soon"]
