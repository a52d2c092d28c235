"""Remote images over HTTP, from the proxy event to the answer, with the providers' stand-ins on loopback."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.container import override_container
from chalicelib.domain.accounts.accounts import ApiKey, token_digest
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.library.items import Item, ItemType
from chalicelib.settings import Settings
from infra.demo.providers.server import SITES, ProviderServer, Trouble, environment, serving
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import ADMIN, SETTINGS, World
from tests.support.gateway import Answer, call

MOVIE, SHOW, ALBUM, ARTIST, PERSON = (digit * 32 for digit in "12345")
GROUP = "c31a5e2b-0bf8-32e0-8aeb-ef4ba9973932"
IDS = {
    MOVIE: (ItemType.MOVIE, {"Tmdb": "550"}),
    SHOW: (ItemType.SERIES, {"Tmdb": "1396", "Tvdb": "81189"}),
    ALBUM: (ItemType.MUSIC_ALBUM, {"MusicBrainzReleaseGroup": GROUP}),
    ARTIST: (ItemType.MUSIC_ARTIST, {"MusicBrainzArtist": "5b11f4ce-a62d-471e-81fc-a69a8278c7da"}),
    PERSON: (ItemType.PERSON, {"Tmdb": "287"}),
}


@pytest.fixture
def sites() -> Iterator[ProviderServer]:
    with serving() as server:
        yield server


@pytest.fixture
def world(sites: ProviderServer) -> Iterator[World]:
    """Put an application in force that has real providers, and fetches for real."""
    names = {"TABLE": "t", "ORIGINALS_BUCKET": "o", "VARIANTS_BUCKET": "v", "REMOTE_LIST_SECONDS": "4"}
    made = World(replace(SETTINGS, remote=Settings.from_environment(names | environment(sites.url)).remote))
    del made.image_fetcher
    for item_id, (item_type, ids) in IDS.items():
        made.shelves.add(Item(item_id, item_type, item_type.value, "", NOON, provider_ids=ids, language="de"))
    with override_container(made.container):
        yield made


def listed(item: str, query: str = "") -> Answer:
    return call("GET", f"/Items/{item}/RemoteImages{query}", headers=ADMIN)


def download(item: str, query: str) -> Answer:
    return call("POST", f"/Items/{item}/RemoteImages/Download?{query}", headers=ADMIN)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("item", "providers"),
    [
        (MOVIE, ["TheMovieDb", "FanArt"]),
        (SHOW, ["TheMovieDb", "FanArt"]),
        (ALBUM, ["FanArt", "Cover Art Archive", "TheAudioDB"]),
        (ARTIST, ["FanArt", "TheAudioDB", "Wikimedia Commons"]),
        (PERSON, ["TheMovieDb", "Wikimedia Commons"]),
    ],
)
def test_every_kind_of_item_has_offers_of_its_providers(item: str, providers: list[str]) -> None:
    result = listed(item).json()
    assert result["Providers"] == providers
    assert list(dict.fromkeys(image["ProviderName"] for image in result["Images"])) == providers
    assert result["TotalRecordCount"] == len(result["Images"])
    assert [p["Name"] for p in listed(item, "/Providers").json()] == providers


@pytest.mark.usefixtures("world")
def test_an_image_has_the_shape_that_clients_read() -> None:
    image = listed(MOVIE, "?type=primary&ProviderName=themoviedb&LIMIT=1").json()["Images"][0]
    assert image.pop("Url").endswith(".jpg")
    assert image.pop("ThumbnailUrl").endswith(".jpg")
    assert image == {
        "ProviderName": "TheMovieDb",
        "Height": 1500,
        "Width": 1000,
        "CommunityRating": 5.264,
        "VoteCount": 30,
        "Language": "de",
        "Type": "Primary",
        "RatingType": "Score",
    }


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("languages", ["", "&includeAllLanguages=false", "&IncludeAllLanguages=0"])
def test_other_languages_are_left_out_unless_wanted(languages: str) -> None:
    narrow = listed(MOVIE, f"?type=Primary&providerName=TheMovieDb{languages}").json()
    assert [image.get("Language") for image in narrow["Images"]] == ["de", "en", "en", None]
    wide = listed(MOVIE, "?type=Primary&providerName=TheMovieDb&includeAllLanguages=1").json()
    assert wide["TotalRecordCount"] == 6


@pytest.mark.usefixtures("world")
def test_pages_are_cut_from_the_whole() -> None:
    whole = listed(MOVIE).json()
    second = listed(MOVIE, "?startIndex=2&limit=2").json()
    assert second["Images"] == whole["Images"][2:4]
    assert second["TotalRecordCount"] == whole["TotalRecordCount"]


@pytest.mark.usefixtures("world")
def test_an_unknown_type_narrows_nothing_as_in_jellyfin() -> None:
    assert listed(MOVIE, "?type=Nope").json() == listed(MOVIE).json()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("query", ["?startIndex=x", "?limit=x", "?includeAllLanguages=maybe"])
def test_a_bad_parameter_is_named(query: str) -> None:
    answer = listed(MOVIE, query)
    assert answer.status == 400
    assert query[1:].partition("=")[0] in answer.json()["errors"]


@pytest.mark.usefixtures("world")
def test_two_providers_down_and_one_slow_still_give_the_others_in_time(sites: ProviderServer) -> None:
    sites.trouble = {"audiodb": Trouble.SLOW, "fanarttv": Trouble.DOWN, "wikidata": Trouble.NONSENSE}
    result = listed(ALBUM).json()
    assert {image["ProviderName"] for image in result["Images"]} == {"Cover Art Archive"}
    assert result["Providers"] == ["FanArt", "Cover Art Archive", "TheAudioDB"]


@pytest.mark.usefixtures("world")
def test_no_provider_at_all_is_an_empty_list(sites: ProviderServer) -> None:
    sites.trouble = dict.fromkeys(SITES, Trouble.DOWN)
    assert (listed(MOVIE).status, listed(MOVIE).json()["Images"]) == (200, [])


@pytest.mark.parametrize("item", IDS)
def test_what_is_listed_can_be_applied(world: World, item: str) -> None:
    for image_type in ("Primary", "Logo"):
        offered = listed(item, f"?type={image_type}").json()["Images"]
        if offered:
            query = f"Type={image_type}&ImageUrl={offered[0]['Url']}&ProviderName=x"
            assert download(item, query).status == 204
    stored = world.rows.rows[OwnerKey.item(item)].find(ImageType.PRIMARY)
    assert stored is not None
    shown = call("GET", f"/Items/{item}/Images/Primary")
    assert (shown.status, len(shown.body)) == (200, stored.size)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("imageUrl=https://a.example/1.jpg", 400, "type"),
        ("type=Nope&imageUrl=https://a.example/1.jpg", 400, "type"),
        ("type=Primary", 400, "imageUrl"),
        ("type=Primary&imageUrl=", 400, "imageUrl"),
        ("type=Primary&imageUrl=file:///etc/passwd", 400, "imageUrl"),
        ("type=Primary&imageUrl=http://127.0.0.1/", 400, "imageUrl"),
        ("type=Primary&imageUrl=http://169.254.169.254/latest/meta-data/", 400, "imageUrl"),
        ("type=Primary&imageUrl=relative.jpg", 400, "imageUrl"),
    ],
)
def test_a_download_that_may_not_be_names_its_field(query: str, status: int, field: str) -> None:
    answer = download(MOVIE, query)
    assert (answer.status, list(answer.json()["errors"])) == (status, [field])
    assert "127.0.0.1" not in answer.body.decode()


@pytest.mark.parametrize(
    ("path", "trouble", "status"),
    [
        ("/tmdb/t/p/original/none.jpg", Trouble.NONE, 404),
        ("/tmdb/t/p/original/1x1-abcdef.jpg", Trouble.NONSENSE, 404),
        ("/tmdb/t/p/original/1x1-abcdef.jpg", Trouble.DOWN, 502),
        ("/tmdb/t/p/original/1x1-abcdef.jpg", Trouble.BUSY, 502),
    ],
)
def test_the_fault_of_another_site_is_told_apart(
    world: World, sites: ProviderServer, path: str, trouble: Trouble, status: int
) -> None:
    sites.trouble["tmdb"] = trouble
    assert download(MOVIE, f"type=Primary&imageUrl={sites.url}{path}").status == status
    assert world.rows.rows[OwnerKey.item(MOVIE)].images == ()


def test_who_may_do_what(world: World) -> None:
    url = f"/Items/{MOVIE}/RemoteImages"
    for method, path in (("GET", url), ("GET", f"{url}/Providers"), ("POST", f"{url}/Download")):
        assert call(method, path).status == 401
    world.tokens.add_key(ApiKey(token_digest("another"), "tests", NOON))
    assert call("GET", f"{url}/Providers", headers={"X-Emby-Token": "another"}).status == 200


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("item", "status"), [("9" * 32, 404), ("nonsense", 400)])
def test_an_item_that_is_none_is_refused_everywhere(item: str, status: int) -> None:
    assert listed(item).status == status
    assert listed(item, "/Providers").status == status
    assert download(item, "type=Primary&imageUrl=https://a.example/1.jpg").status == status
