"""A playlist is an item that holds others; clients ask for them at addresses of its own."""

import pytest

from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call

NOBODY = "0" * 32


@pytest.fixture
def playlist(world: World) -> str:
    """Make a playlist of two songs, of which the later sorts first."""
    assert world.settings
    made: str = _made(Name="Evenings", Type="Playlist")
    for name in ("Tock", "Tick"):
        _made(Name=name, Type="Audio", ParentId=made)
    return made


def _made(**fields: str) -> str:
    item_id: str = call("POST", "/Items", headers=ADMIN, body=fields).json()["Id"]
    return item_id


def test_a_playlist_lists_what_is_in_it(world: World, playlist: str) -> None:
    ann = world.token_of(world.add_user("Ann"))
    page = call("GET", f"/Playlists/{playlist}/Items?startIndex=1&limit=5", headers=ann).json()
    assert ([item["Name"] for item in page["Items"]], page["TotalRecordCount"]) == (["Tock"], 2)
    whole = call("GET", f"/Playlists/{playlist}/Items", headers=ann).json()["Items"]
    told = call("GET", f"/Playlists/{playlist}", headers=ann).json()
    assert told == {"OpenAccess": True, "Shares": [], "ItemIds": [item["Id"] for item in whole]}


def test_nobody_may_change_a_playlist_by_these_addresses(playlist: str) -> None:
    assert call("GET", f"/Playlists/{playlist}/Users", headers=ADMIN).json() == []
    permissions = call("GET", f"/Playlists/{playlist}/Users/{NOBODY}", headers=ADMIN).json()
    assert permissions == {"UserId": NOBODY, "CanEdit": False}


@pytest.mark.parametrize("path", ["", "/Items", "/Users", f"/Users/{NOBODY}"])
def test_what_is_no_playlist_is_a_404_and_what_is_no_id_a_400(world: World, path: str) -> None:
    assert world.settings
    film = _made(Name="Heat", Type="Movie")
    assert call("GET", f"/Playlists/{film}{path}", headers=ADMIN).status == 404
    assert call("GET", f"/Playlists/{NOBODY}{path}", headers=ADMIN).status == 404
    wrong = call("GET", f"/Playlists/x{path}", headers=ADMIN)
    assert (wrong.status, list(wrong.json()["errors"])) == (400, ["itemId"])
