"""The stand-ins behind their one port, and the troubles that tests give them."""

from collections.abc import Iterator

import pytest
import requests

from chalicelib.settings import RemoteSettings, Settings
from infra.demo.providers.server import ProviderServer, environment, serving

MOVIE = "/tmdb/3/movie/19/images?api_key=x"


@pytest.fixture
def sites() -> Iterator[ProviderServer]:
    with serving() as server:
        yield server


def status(sites: ProviderServer, path: str) -> int:
    return requests.get(f"{sites.url}{path}", timeout=5).status_code


def put(sites: ProviderServer, key: str, trouble: str) -> int:
    return requests.put(f"{sites.url}/trouble/{key}", trouble, timeout=5).status_code


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (MOVIE, 200),
        ("/tmdb/3/movie/19/images", 401),
        ("/tmdb/3/movie/404/images?api_key=x", 404),
        ("/fanarttv/v3.2/movies/19", 401),
        ("/coverart/release/1", 403),
        ("/wikidata/w/api.php?action=query", 403),
        ("/nobody/", 404),
        ("/", 404),
    ],
)
def test_a_site_answers_as_it_is_documented(sites: ProviderServer, path: str, expected: int) -> None:
    assert status(sites, path) == expected


def test_a_trouble_comes_and_goes(sites: ProviderServer) -> None:
    assert put(sites, "tmdb", "down") == 204
    assert status(sites, MOVIE) == 500
    assert put(sites, "tmdb", "") == 204
    assert status(sites, MOVIE) == 200


def test_a_trouble_may_concern_some_requests_alone(sites: ProviderServer) -> None:
    put(sites, "tmdb?/19/", "busy")
    assert status(sites, MOVIE) == 429
    assert status(sites, MOVIE.replace("19", "20")) == 200


@pytest.mark.parametrize(("key", "trouble"), [("tmdb", "unheard-of"), ("nobody", "down"), ("", "down")])
def test_an_unknown_trouble_is_refused(sites: ProviderServer, key: str, trouble: str) -> None:
    assert put(sites, key, trouble) == 404


def test_the_settings_lead_every_provider_here(sites: ProviderServer) -> None:
    names = {"TABLE": "t", "ORIGINALS_BUCKET": "o", "VARIANTS_BUCKET": "v"}
    remote = Settings.from_environment(names | environment(sites.url)).remote
    urls = [getattr(remote, name) for name in RemoteSettings.__annotations__ if name.endswith("_url")]
    assert len(urls) == 7
    assert all(url.startswith(sites.url) for url in urls)
