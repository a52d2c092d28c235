"""Named items and their images over HTTP, by every spelling of a name."""

import unicodedata
from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image

from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call

RESOURCES = {
    "Artists": "MusicArtist",
    "Genres": "Genre",
    "MusicGenres": "MusicGenre",
    "Persons": "Person",
    "Studios": "Studio",
}
NAMES = [
    "Björk",
    "AC/DC",
    "Simon & Garfunkel",
    "Who?",
    "Florence + The Machine",
    "100%",
    "%2F",
    "a  b",
    "久石譲",
    "Ｐｅｒｆｕｍｅ",  # noqa: RUF001  # full-width letters, which NFKC makes plain ones
    "Σίσυφος",
    "🎵",
    "..",
    "AlbumArtists",
]


def create(name: str, item_type: str) -> str:
    answer = call("POST", "/Items", body={"Name": name, "Type": item_type}, headers=ADMIN)
    assert answer.status == 200, answer.body
    return str(answer.json()["Id"])


def with_picture(name: str, item_type: str) -> bytes:
    """Create a named item with a Primary image, and return the image's bytes."""
    stream = BytesIO()
    Image.new("RGB", (20, 30), "teal").save(stream, "PNG")
    url = f"/Items/{create(name, item_type)}/Images/Primary"
    assert call("POST", url, body=stream.getvalue(), headers=ADMIN).status == 204
    return stream.getvalue()


@pytest.mark.parametrize(("resource", "item_type"), RESOURCES.items())
@pytest.mark.usefixtures("world")
def test_each_resource_answers_the_image_of_its_type(resource: str, item_type: str) -> None:
    data = with_picture("Moby", item_type)
    for other in RESOURCES:
        expected = 200 if other == resource else 404
        assert call("GET", f"/{other}/Moby/Images/Primary").status == expected
    indexed = call("GET", f"/{resource}/Moby/Images/Primary/0")
    assert (indexed.status, indexed.body) == (200, data)
    head = call("HEAD", f"/{resource}/Moby/Images/Primary")
    assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("world")
def test_a_name_is_found_however_it_is_written(name: str) -> None:
    data = with_picture(name, "MusicArtist")
    spellings = {unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    spellings |= {name.upper(), name.lower(), name.title(), f" {name} "}
    for spelling in spellings:
        answer = call("GET", f"/Artists/{quote(spelling, safe='')}/Images/Primary")
        assert (answer.status, answer.body) == (200, data), spelling


@pytest.mark.parametrize("name", ["AC/DC", "Simon & Garfunkel", "Who?", "What? & Who/Where"])
@pytest.mark.usefixtures("world")
def test_the_older_clients_dashes_are_understood(name: str) -> None:
    data = with_picture(name, "MusicArtist")
    dashed = name.replace("/", "-").replace("&", "-").replace("?", "-")
    assert call("GET", f"/artists/{quote(dashed)}/images/primary/0").body == data


@pytest.mark.usefixtures("world")
def test_the_images_of_named_items_take_every_parameter() -> None:
    with_picture("Moby", "MusicArtist")
    answer = call("GET", "/Artists/Moby/Images/Primary?maxWidth=10&format=Jpg&tag=x")
    assert answer.headers["content-type"] == "image/jpeg"
    assert Image.open(BytesIO(answer.body)).size == (10, 15)
    assert answer.headers["cache-control"] == "public"


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("name", ["Nobody", "%00", "%FF", "x" * 3_000, "AC-DC"])
def test_an_unknown_name_is_not_found_and_creates_nothing(world: World, resource: str, name: str) -> None:
    for path in (f"/{resource}/{name}", f"/{resource}/{name}/Images/Primary"):
        answer = call("GET", path, headers=ADMIN)
        assert (answer.status, answer.json()["title"]) == (404, "Not Found")
        assert answer.headers["cache-control"] == "no-store"
    assert not world.shelves.items


@pytest.mark.usefixtures("world")
def test_a_named_item_without_that_image_says_so() -> None:
    create("Moby", "MusicArtist")
    answer = call("GET", "/Artists/moby/Images/Banner")
    assert answer.status == 404
    assert "Moby does not have an image of type Banner" in answer.body.decode()


@pytest.mark.usefixtures("world")
def test_a_bad_image_type_is_refused_before_the_name_is_looked_up() -> None:
    answer = call("GET", "/Artists/Nobody/Images/Poster")
    assert (answer.status, list(answer.json()["errors"])) == (400, ["imageType"])


@pytest.mark.usefixtures("world")
def test_a_named_item_is_answered_by_its_name() -> None:
    item_id = create("Björk", "MusicArtist")
    item = call("GET", "/Artists/BJO%CC%88RK", headers=ADMIN).json()
    assert (item["Id"], item["Name"], item["Type"]) == (item_id, "Björk", "MusicArtist")


@pytest.mark.usefixtures("world")
def test_lists_of_named_items_are_filtered_and_paged() -> None:
    for name in ("Moby", "Madonna", "Björk"):
        create(name, "MusicArtist")
    page = call("GET", "/Artists?nameStartsWith=m&limit=1&startIndex=1", headers=ADMIN).json()
    assert [item["Name"] for item in page["Items"]] == ["Moby"]
    assert (page["TotalRecordCount"], page["StartIndex"]) == (2, 1)


@pytest.mark.usefixtures("world")
def test_named_items_can_be_those_that_a_library_mentions() -> None:
    def shelf(name: str, genre: str, artist: str) -> str:
        body = {"Name": name, "Type": "CollectionFolder"}
        parent = str(call("POST", "/Items", body=body, headers=ADMIN).json()["Id"])
        album = {
            "Name": "A",
            "Type": "MusicAlbum",
            "ParentId": parent,
            "Genres": [genre],
            "Artists": [artist],
        }
        call("POST", "/Items", body=album, headers=ADMIN)
        return parent

    first, _ = shelf("Mine", "Jazz", "Nina"), shelf("Yours", "Rock", "Patti")
    for resource, name in (("MusicGenres", "Jazz"), ("Artists", "Nina")):
        page = call("GET", f"/{resource}?parentId={first}", headers=ADMIN).json()
        assert [item["Name"] for item in page["Items"]] == [name]
    assert call("GET", "/Artists/AlbumArtists", headers=ADMIN).json()["Items"] == []


@pytest.mark.parametrize("path", [f"/{resource}" for resource in RESOURCES] + ["/Artists/AlbumArtists"])
@pytest.mark.usefixtures("world")
def test_lists_are_for_those_who_are_signed_in(path: str) -> None:
    assert call("GET", path).status == 401
    assert call("GET", f"{path}?limit=x", headers=ADMIN).status == 400


@pytest.mark.usefixtures("world")
def test_a_name_costs_one_read_more_than_an_id(world: World) -> None:
    with_picture("Moby", "MusicArtist")
    world.shelves.calls.clear()
    world.rows.reads = 0
    call("HEAD", "/Artists/Moby/Images/Primary")
    assert (world.shelves.calls.total(), world.rows.reads) == (1, 1)


@pytest.mark.parametrize(("collection_type", "genre"), [("music", "Ambient"), ("movies", "Drama")])
def test_genres_below_a_library_of_music_are_those_of_music(
    world: World, collection_type: str, genre: str
) -> None:
    assert world.settings
    shelf = {"Name": "Shelf", "Type": "CollectionFolder", "CollectionType": collection_type}
    parent = call("POST", "/Items", body=shelf, headers=ADMIN).json()["Id"]
    for item_type, name in (("MusicAlbum", "Ambient"), ("Movie", "Drama")):
        body = {"Name": name, "Type": item_type, "ParentId": parent, "Genres": [name]}
        assert call("POST", "/Items", body=body, headers=ADMIN).status == 200
    listed = call("GET", f"/Genres?parentId={parent}", headers=ADMIN).json()["Items"]
    assert [item["Name"] for item in listed] == [genre]
