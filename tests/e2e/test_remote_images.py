"""Remote images through the deployed stack, its providers being the stand-ins that were started with it."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests

from infra.local.service import Service
from tests.support.deployed_service import Http

FILM = ("Movie", {"Tmdb": "19"})
SERIES = ("Series", {"Tmdb": "1396", "Tvdb": "81189"})
ALBUM = ("MusicAlbum", {"MusicBrainzReleaseGroup": "c31a5e2b-0bf8-32e0-8aeb-ef4ba9973932"})
ARTIST = ("MusicArtist", {"MusicBrainzArtist": "5b11f4ce-a62d-471e-81fc-a69a8278c7da"})
PERSON = ("Person", {"Tmdb": "287"})
EXPECTED = [
    (FILM, ["TheMovieDb", "FanArt"]),
    (SERIES, ["TheMovieDb", "FanArt"]),
    (ALBUM, ["FanArt", "Cover Art Archive", "TheAudioDB"]),
    (ARTIST, ["FanArt", "TheAudioDB", "Wikimedia Commons"]),
    (PERSON, ["TheMovieDb", "Wikimedia Commons"]),
]
LIST_SECONDS = 8

type Known = tuple[str, dict[str, str]]


class Shelf:
    """Items of a test's own, and what is offered for them."""

    def __init__(self, http: Http) -> None:
        self.http = http

    def add(self, known: Known) -> str:
        """Create an item that other sites know; a named item needs a name of its own."""
        item_type, ids = known
        body = {"Name": f"A {item_type} {uuid.uuid4().hex[:8]}", "Type": item_type, "ProviderIds": ids}
        answer = self.http.call("POST", "/Items", json=body)
        assert answer.status_code == 200, answer.text
        item: str = answer.json()["Id"]
        return item

    def offers(self, item: str, query: str = "") -> dict[str, Any]:
        answer = self.http.get(f"/Items/{item}/RemoteImages{query}")
        assert answer.status_code == 200, answer.text
        offers: dict[str, Any] = answer.json()
        return offers

    def download(self, item: str, image_type: str, url: str) -> requests.Response:
        parameters = {"type": image_type, "imageUrl": url}
        return self.http.call("POST", f"/Items/{item}/RemoteImages/Download", params=parameters)

    def images(self, item: str) -> list[dict[str, Any]]:
        images: list[dict[str, Any]] = self.http.get(f"/Items/{item}/Images").json()
        return images


@pytest.fixture
def shelf(admin: Http) -> Shelf:
    return Shelf(admin)


@contextmanager
def trouble(service: Service, about: str, **sites: str) -> Iterator[None]:
    """Let stand-ins be in trouble for a block, when they are asked about this test's own things."""
    control = f"{service.providers_url}/trouble"
    try:
        for site, kind in sites.items():
            requests.put(f"{control}/{site}?{about}", kind, timeout=5).raise_for_status()
        yield
    finally:
        for site in sites:
            requests.put(f"{control}/{site}?{about}", "", timeout=5).raise_for_status()


@pytest.mark.parametrize(("known", "providers"), EXPECTED, ids=[known[0] for known, _ in EXPECTED])
def test_artwork_is_listed_filtered_paged_and_applied(
    shelf: Shelf, known: Known, providers: list[str]
) -> None:
    item = shelf.add(known)
    whole = shelf.offers(item)
    assert whole["Providers"] == providers
    assert {image["ProviderName"] for image in whole["Images"]} == set(providers)
    listed = shelf.http.get(f"/Items/{item}/RemoteImages/Providers").json()
    assert [provider["Name"] for provider in listed] == providers

    of_one = shelf.offers(item, f"?ProviderName={providers[0].lower()}&type=Primary")
    assert {(i["ProviderName"], i["Type"]) for i in of_one["Images"]} == {(providers[0], "Primary")}
    second = shelf.offers(item, "?startIndex=1&limit=1")
    assert second["Images"] == whole["Images"][1:2]
    assert second["TotalRecordCount"] == whole["TotalRecordCount"]

    chosen = of_one["Images"][0]
    assert shelf.download(item, "Primary", chosen["Url"]).status_code == 204
    [stored] = shelf.images(item)
    assert stored["ImageType"] == "Primary"
    assert (
        shelf.http.get(f"/Items/{item}/Images/Primary").content
        == requests.get(chosen["Url"], timeout=10).content
    )


def test_backdrops_are_appended(shelf: Shelf) -> None:
    item = shelf.add(FILM)
    for offer in shelf.offers(item, "?type=Backdrop&limit=2")["Images"]:
        assert shelf.download(item, "Backdrop", offer["Url"]).status_code == 204
    assert [image["ImageIndex"] for image in shelf.images(item)] == [0, 1]


def test_a_named_item_shows_what_it_was_given(shelf: Shelf, anyone: Http) -> None:
    item = shelf.add(PERSON)
    name = shelf.http.get(f"/Items/{item}").json()["Name"]
    url = shelf.offers(item, "?type=Primary")["Images"][0]["Url"]
    assert shelf.download(item, "Primary", url).status_code == 204
    assert anyone.get(f"/Persons/{name}/Images/Primary").status_code == 200


def test_two_providers_down_and_one_slow_still_give_the_others_in_time(
    service: Service, shelf: Shelf
) -> None:
    known = str(uuid.uuid4())
    item = shelf.add((ARTIST[0], {"MusicBrainzArtist": known}))
    with trouble(service, known, fanarttv="down", wikidata="slow"):
        started = time.monotonic()
        offers = shelf.offers(item)
        assert time.monotonic() - started < LIST_SECONDS + 4
    assert {image["ProviderName"] for image in offers["Images"]} == {"TheAudioDB"}
    with trouble(service, known, fanarttv="down", wikidata="nonsense", audiodb="down"):
        assert {image["ProviderName"] for image in shelf.offers(item)["Images"]} == {"TheAudioDB"}


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://127.0.0.1/", 400),
        ("http://127.0.0.1:4566/_localstack/health", 400),
        ("http://169.254.169.254/latest/meta-data/iam/security-credentials/", 400),
        ("http://[::ffff:127.0.0.1]/", 400),
        ("http://0x7f000001/", 400),
        ("http://localhost/", 400),
        ("file:///etc/passwd", 400),
        ("http://user:secret@image.example/1.jpg", 400),
        ("{providers}/tmdb/t/p/original/none.jpg", 404),
        ("{providers}/commons/upload/none.jpg", 404),
        ("{providers}/trouble/", 404),
    ],
)
def test_a_download_that_may_not_be_changes_nothing(
    service: Service, shelf: Shelf, url: str, status: int
) -> None:
    item = shelf.add(FILM)
    answer = shelf.download(item, "Primary", url.format(providers=service.providers_url))
    assert answer.status_code == status, answer.text
    assert shelf.images(item) == []


def test_a_provider_that_fails_a_download_is_told_apart(service: Service, shelf: Shelf) -> None:
    item = shelf.add(("Movie", {"Tmdb": str(uuid.uuid4().int % 10**9)}))
    url = shelf.offers(item, "?type=Primary&providerName=TheMovieDb")["Images"][0]["Url"]
    for kind, status in (("down", 502), ("nonsense", 404)):
        with trouble(service, url.rpartition("/")[2], tmdb=kind):
            assert shelf.download(item, "Primary", url).status_code == status
    assert shelf.images(item) == []
