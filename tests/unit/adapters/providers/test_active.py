"""Which providers are asked under which settings, and how they introduce themselves."""

from dataclasses import replace

import pytest

from chalicelib.adapters.fetching.client import SafeClient
from chalicelib.adapters.fetching.clients import picture_client
from chalicelib.adapters.providers.active import active_providers
from chalicelib.adapters.providers.tmdb import TheMovieDb
from chalicelib.settings import RemoteSettings

ALL = RemoteSettings(tmdb_key="k", fanart_key="k", audiodb_key="k", provider_contact="https://example.org")


def names(settings: RemoteSettings) -> list[str]:
    return [provider.name for provider in active_providers(settings)]


def test_nobody_is_asked_unless_configured() -> None:
    assert names(RemoteSettings()) == []


@pytest.mark.parametrize(
    ("setting", "missing"),
    [
        ("tmdb_key", {"TheMovieDb"}),
        ("fanart_key", {"FanArt"}),
        ("audiodb_key", {"TheAudioDB"}),
        ("provider_contact", {"Cover Art Archive", "Wikimedia Commons"}),
    ],
)
def test_a_provider_without_its_setting_is_not_asked(setting: str, missing: set[str]) -> None:
    without = replace(ALL, **{setting: ""})  # type: ignore[arg-type]  # these settings are text
    assert set(names(ALL)) - set(names(without)) == missing


def test_the_user_agent_names_the_operator() -> None:
    assert picture_client(ALL).user_agent == "JellyfinImages/1.0 (https://example.org)"
    assert picture_client(RemoteSettings()).user_agent == "JellyfinImages/1.0"


def test_a_configured_api_is_open_to_its_provider_and_not_to_downloads() -> None:
    settings = replace(ALL, tmdb_url="http://127.0.0.1:9000/3")
    assert not picture_client(settings).allowed.names("127.0.0.1", 9000)
    opened = replace(settings, remote_allowed="127.0.0.1:9000")
    assert picture_client(opened).allowed.names("127.0.0.1", 9000)


def test_a_site_at_its_own_address_is_met_in_public_alone() -> None:
    [provider] = active_providers(RemoteSettings(tmdb_key="k", fanart_url="http://10.0.0.1/v3.2"))
    assert isinstance(provider, TheMovieDb)
    assert isinstance(provider.session.client, SafeClient)
    allowed = provider.session.client.allowed
    assert allowed.names("10.0.0.1", 80)
    assert not allowed.names("api.themoviedb.org", 443)
