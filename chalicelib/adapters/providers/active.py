"""Which providers a deployment asks, and as whom."""

from collections.abc import Callable
from dataclasses import fields

from chalicelib.adapters.fetching.client import SafeClient
from chalicelib.adapters.providers.audiodb import TheAudioDb
from chalicelib.adapters.providers.cover_art_archive import CoverArtArchive
from chalicelib.adapters.providers.fanart import FanArt
from chalicelib.adapters.providers.tmdb import TheMovieDb
from chalicelib.adapters.providers.wikimedia import WikimediaCommons
from chalicelib.domain.remote.egress import AllowList
from chalicelib.services.remote.ports import RemoteImageProvider
from chalicelib.settings import RemoteSettings

PRODUCT = "JellyfinImages/1.0"

type Build = Callable[[RemoteSettings, SafeClient], RemoteImageProvider]


def active_providers(settings: RemoteSettings) -> tuple[RemoteImageProvider, ...]:
    """Build the providers that have what they need, in the order of their answers."""
    switches: tuple[tuple[Build, str], ...] = (
        (TheMovieDb.configured, settings.tmdb_key),
        (FanArt.configured, settings.fanart_key),
        (CoverArtArchive.configured, settings.provider_contact),
        (TheAudioDb.configured, settings.audiodb_key),
        (WikimediaCommons.configured, settings.provider_contact),
    )
    client = SafeClient(_user_agent(settings), _allowed(settings).with_urls(_urls(settings)))
    return tuple(build(settings, client) for build, switch in switches if switch)


def picture_client(settings: RemoteSettings) -> SafeClient:
    """Build the client of downloads, to which the APIs of the providers are sites like any other."""
    return SafeClient(_user_agent(settings), _allowed(settings))


def _user_agent(settings: RemoteSettings) -> str:
    return f"{PRODUCT} ({settings.provider_contact})" if settings.provider_contact else PRODUCT


def _allowed(settings: RemoteSettings) -> AllowList:
    return AllowList.parse(settings.remote_allowed)


def _urls(settings: RemoteSettings) -> list[str]:
    """Return where the operator has put the sites, if that is not where they are by themselves."""
    own = [field for field in fields(settings) if field.name.endswith("_url")]
    chosen = ((getattr(settings, field.name), field.default) for field in own)
    return [url for url, default in chosen if url != default]
