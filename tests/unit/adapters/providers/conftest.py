"""The stand-ins of the providers, and the providers that ask them."""

from collections.abc import Iterator

import pytest

from chalicelib.adapters.providers.active import active_providers
from chalicelib.services.remote.ports import RemoteImageProvider
from chalicelib.settings import RemoteSettings, Settings
from infra.demo.providers.server import ProviderServer, environment, serving


@pytest.fixture
def sites() -> Iterator[ProviderServer]:
    with serving() as server:
        yield server


@pytest.fixture
def settings(sites: ProviderServer) -> RemoteSettings:
    names = {"TABLE": "t", "ORIGINALS_BUCKET": "o", "VARIANTS_BUCKET": "v"}
    return Settings.from_environment(names | environment(sites.url)).remote


@pytest.fixture
def providers(settings: RemoteSettings) -> dict[str, RemoteImageProvider]:
    return {provider.name: provider for provider in active_providers(settings)}
