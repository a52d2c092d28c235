"""The providers that a deployment asks."""

from collections.abc import Callable

from chalicelib.adapters.fetching.client import SafeClient
from chalicelib.adapters.fetching.clients import provider_client
from chalicelib.adapters.providers.audiodb import TheAudioDb
from chalicelib.adapters.providers.cover_art_archive import CoverArtArchive
from chalicelib.adapters.providers.fanart import FanArt
from chalicelib.adapters.providers.tmdb import TheMovieDb
from chalicelib.adapters.providers.wikimedia import WikimediaCommons
from chalicelib.services.remote.ports import RemoteImageProvider
from chalicelib.settings import RemoteSettings

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
    client = provider_client(settings)
    return tuple(build(settings, client) for build, switch in switches if switch)
