"""The clients of a deployment: how they introduce themselves, and what they may reach."""

from dataclasses import fields

from chalicelib.adapters.fetching.client import SafeClient
from chalicelib.domain.remote.egress import AllowList
from chalicelib.settings import RemoteSettings

PRODUCT = "JellyfinImages/1.0"


def picture_client(settings: RemoteSettings) -> SafeClient:
    """Build the client of downloads, to which the APIs of the providers are sites like any other."""
    return SafeClient(_user_agent(settings), _allowed(settings))


def provider_client(settings: RemoteSettings) -> SafeClient:
    """Build the client of providers, which also reaches the sites where the operator has put them."""
    return SafeClient(_user_agent(settings), _allowed(settings).with_urls(_changed_urls(settings)))


def _user_agent(settings: RemoteSettings) -> str:
    return f"{PRODUCT} ({settings.provider_contact})" if settings.provider_contact else PRODUCT


def _allowed(settings: RemoteSettings) -> AllowList:
    return AllowList.parse(settings.remote_allowed)


def _changed_urls(settings: RemoteSettings) -> list[str]:
    """Return the addresses of sites that are not the defaults."""
    own = [field for field in fields(settings) if field.name.endswith("_url")]
    chosen = ((getattr(settings, field.name), field.default) for field in own)
    return [url for url, default in chosen if url != default]
