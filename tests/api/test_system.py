"""What a client asks before anybody has logged in."""

import pytest

from tests.support.fakes.world import World
from tests.support.gateway import call

pytestmark = pytest.mark.usefixtures("world")


def test_the_server_says_who_it_is() -> None:
    info = call("GET", "/System/Info/Public").json()
    assert (info["ProductName"], info["ServerName"]) == ("Jellyfin Server", "Jellyfin Images")
    assert len(info["Id"]) == 32
    assert info["StartupWizardCompleted"] is True
    assert int(info["Version"].split(".")[0]) >= 10


def test_names_are_in_camel_case_where_the_client_asks() -> None:
    headers = {"Accept": 'application/json; profile="CamelCase"'}
    assert "serverName" in call("GET", "/system/info/public", headers=headers).json()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_server_answers_a_ping(method: str) -> None:
    answer = call(method, "/System/Ping")
    assert (answer.status, answer.json()) == (200, "Jellyfin Server")


def test_the_login_screen_is_plain() -> None:
    assert call("GET", "/Branding/Configuration").json()["SplashscreenEnabled"] is True


def test_whoever_is_signed_in_may_know_the_server_and_nobody_whose_token_was_revoked(world: World) -> None:
    token = world.token_of(world.add_user("Ann"))
    shown = call("GET", "/System/Info", headers=token).json()
    public = call("GET", "/System/Info/Public").json()
    assert shown.items() >= public.items()
    assert shown["HasPendingRestart"] is False
    assert call("POST", "/Sessions/Logout", headers=token).status == 204
    assert call("GET", "/System/Info", headers=token).status == 401
