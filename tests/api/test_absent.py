"""What this service does not have: clients are told so in Jellyfin's shape, and nothing spins."""

from datetime import datetime, timedelta

import pytest

from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call

ITEM = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def headers(world: World) -> dict[str, str]:
    return world.token_of(world.add_user("Ann"))


@pytest.mark.parametrize(
    "path",
    [
        "/LiveTv/Channels?limit=0",
        "/LiveTv/Programs",
        "/LiveTv/Recordings",
        f"/Items/{ITEM}/Intros",
        "/Channels",
    ],
)
def test_a_page_of_what_is_not_here_is_empty(headers: dict[str, str], path: str) -> None:
    assert call("GET", path, headers=headers).json() == {"Items": [], "TotalRecordCount": 0, "StartIndex": 0}


@pytest.mark.parametrize(
    "path",
    ["/SyncPlay/List", "/web/ConfigurationPages?enableInMainMenu=true", f"/Items/{ITEM}/SpecialFeatures"],
)
def test_a_list_of_what_is_not_here_is_empty(headers: dict[str, str], path: str) -> None:
    assert call("GET", path, headers=headers).json() == []


def test_quick_connect_is_off_before_anybody_signs_in(world: World) -> None:
    assert world.settings
    assert call("GET", "/QuickConnect/Enabled").json() is False
    assert call("POST", "/QuickConnect/Initiate").status == 401


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_item_says_that_it_cannot_be_played(headers: dict[str, str], method: str) -> None:
    answer = call(
        method, f"/Items/{ITEM}/PlaybackInfo", headers=headers, body=b"{}" if method == "POST" else b""
    )
    assert answer.json() == {"MediaSources": [], "ErrorCode": "NotAllowed"}


@pytest.mark.parametrize(
    "path", [f"/Videos/{ITEM}/stream.mp4", f"/Audio/{ITEM}/universal", f"/videos/{ITEM}/a/b/c.m3u8"]
)
def test_no_media_is_sent_and_the_reason_is_said(headers: dict[str, str], path: str) -> None:
    answer = call("GET", path, headers=headers)
    assert answer.status == 404
    assert "no media files" in answer.json()["detail"]


@pytest.mark.parametrize(("query", "size"), [("", 102_400), ("?Size=500000", 500_000), ("?size=-1", 1)])
def test_a_connection_is_measured_by_bytes_that_do_not_compress(
    headers: dict[str, str], query: str, size: int
) -> None:
    answer = call("GET", f"/Playback/BitrateTest{query}", headers=headers)
    assert (answer.status, len(answer.body)) == (200, size)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == "no-store"


def test_more_bytes_than_one_answer_holds_are_a_400_that_says_how_many_do(headers: dict[str, str]) -> None:
    answer = call("GET", "/Playback/BitrateTest?size=100000000", headers=headers)
    assert (answer.status, list(answer.json()["errors"])) == (400, ["size"])


def test_a_capability_is_taken_note_of(headers: dict[str, str]) -> None:
    assert call("POST", "/Sessions/Capabilities/Full", headers=headers, body={"x": "y"}).status == 204


def test_the_time_is_told(world: World) -> None:
    assert world.settings
    assert call("GET", "/GetUtcTime").json()["RequestReceptionTime"].endswith("Z")


def test_settings_are_shown_and_not_taken(world: World) -> None:
    shown = call("GET", "/System/Configuration", headers=ADMIN).json()
    assert shown["ServerName"] == world.settings.server_name
    assert (shown["MinResumePct"], shown["MaxResumePct"], shown["MinResumeDurationSeconds"]) == (5, 90, 300)
    refused = call("POST", "/System/Configuration", headers=ADMIN, body={"ServerName": "x"})
    assert refused.status == 403
    assert "parameters of the deployment" in refused.json()["detail"]


@pytest.mark.parametrize("name", ["metadata", "XbmcMetadata", "livetv", "network", "encoding"])
def test_a_feature_that_is_not_here_is_switched_off(world: World, name: str) -> None:
    path = f"/System/Configuration/{name}"
    answer = call("GET", path, headers=ADMIN).json()
    assert answer
    assert name == "network" or not any(answer[key] is True for key in answer)
    assert call("GET", path, headers=world.token_of(world.add_user("Ann"))).status == 403


def test_settings_of_a_feature_are_those_of_branding(world: World) -> None:
    assert world.settings
    login = call("GET", "/Branding/Configuration").json()
    assert call("GET", "/System/Configuration/Branding", headers=ADMIN).json() == login
    unknown = call("GET", "/System/Configuration/plugins", headers=ADMIN)
    assert unknown.status == 404
    assert "plugins" in unknown.json()["detail"]


def test_a_guide_shows_a_week(headers: dict[str, str]) -> None:
    guide = call("GET", "/LiveTv/GuideInfo", headers=headers).json()
    start, end = (datetime.fromisoformat(guide[name]) for name in ("StartDate", "EndDate"))
    assert end - start == timedelta(days=7)


def test_there_is_no_source_of_programmes(headers: dict[str, str]) -> None:
    providers = "/LiveTv/ListingProviders"
    begun = call("GET", f"{providers}/Default", headers=headers).json()
    assert begun["EnableAllTuners"] is True
    assert begun["MovieCategories"] == ["movie"]
    assert call("GET", f"{providers}/Lineups?type=xmltv&country=us", headers=headers).json() == []
    assert call("GET", f"{providers}/SchedulesDirect/Countries", headers=headers).json() == {}
    assert call("DELETE", f"{providers}?id=x", headers=ADMIN).status == 204
    refused = call("POST", providers, headers=ADMIN, body={"Type": "xmltv"})
    assert (refused.status, refused.json()["detail"][:27]) == (403, "There is no television here")


def test_no_folder_of_a_disk_is_named(headers: dict[str, str]) -> None:
    assert call("GET", "/Environment/DefaultDirectoryBrowser", headers=ADMIN).json().get("Path") is None
    assert call("GET", "/Environment/DefaultDirectoryBrowser", headers=headers).status == 403
