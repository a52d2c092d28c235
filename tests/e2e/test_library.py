"""The library through the deployed stack: many writers at once, and names that are hard to put in a URL."""

import unicodedata
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from infra.local.service import Service
from tests.support import aws
from tests.support.deployed_service import Http, eventually, photo

AT_ONCE = 8


def create(admin: Http, **fields: object) -> str:
    answer = admin.call("POST", "/Items", json=fields)
    assert answer.ok, answer.text
    return str(answer.json()["Id"])


def at_once[T](work: Iterable[Callable[[], T]]) -> list[T]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [future.result() for future in [pool.submit(task) for task in work]]


def rows_about(service: Service, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Return the keys of all rows of the table that have one of the ids in them."""
    wanted, found = set(ids), []
    for page in aws.client("dynamodb").get_paginator("scan").paginate(TableName=service.table):
        for row in page["Items"]:
            key = (row["pk"]["S"], row["sk"]["S"])
            if any(item_id in part for part in key for item_id in wanted):
                found.append(key)
    return found


def test_writers_that_mention_the_same_new_names_agree(admin: Http) -> None:
    genre, person = f"Genre {uuid.uuid4().hex}", f"Person {uuid.uuid4().hex}"

    def write() -> tuple[str, str]:
        body = {"Name": "Film", "Type": "Movie", "Genres": [genre], "People": [{"Name": person}]}
        item = admin.call("POST", "/Items", json=body).json()
        return item["GenreItems"][0]["Id"], item["People"][0]["Id"]

    assert len(set(at_once([write] * AT_ONCE))) == 1
    for resource, name in (("Genres", genre), ("Persons", person)):
        assert admin.get(f"/{resource}?searchTerm={quote(name)}").json()["TotalRecordCount"] == 1


def test_a_removal_among_uploads_and_additions_leaves_nothing(admin: Http, service: Service) -> None:
    shelf = create(admin, Name="Films", Type="CollectionFolder")
    films = [create(admin, Name=f"Film {n}", Type="Movie", ParentId=shelf) for n in range(4)]
    late: list[str] = []

    def add() -> int:
        answer = admin.call("POST", "/Items", json={"Name": "Late", "Type": "Movie", "ParentId": shelf})
        late.extend([answer.json()["Id"]] if answer.ok else [])
        return answer.status_code

    def upload(film: str) -> Callable[[], int]:
        return lambda: admin.upload(f"/Items/{film}/Images/Backdrop", photo(60, 40)).status_code

    def remove() -> int:
        return admin.call("DELETE", f"/Items/{shelf}").status_code

    work = [upload(film) for film in films] + [remove, add] + [upload(film) for film in films] + [add]
    assert set(at_once(work)) <= {200, 204, 400, 404, 409}
    assert admin.get(f"/Items/{shelf}").status_code == 404
    ids = [shelf, *films, *late]
    assert eventually(lambda: not rows_about(service, ids)), rows_about(service, ids)


@pytest.mark.parametrize(
    "name", ["AC/DC", "Simon & Garfunkel", "Who?", "Florence + The Machine", "Sigur Rós 100%"]
)
def test_a_named_items_image_is_found_by_every_spelling(
    admin: Http, anyone: Http, gateway: Http, name: str
) -> None:
    unique = f"{name} {uuid.uuid4().hex}"
    data = photo(30, 40)
    item_id = create(admin, Name=unique, Type="MusicArtist")
    assert admin.upload(f"/Items/{item_id}/Images/Primary", data).status_code == 204
    dashed = unique.replace("/", "-").replace("&", "-").replace("?", "-")
    for spelling in (unique, unique.upper(), unicodedata.normalize("NFD", unique), dashed):
        for client in (anyone, gateway):
            answer = client.get(f"/Artists/{quote(spelling, safe='')}/Images/Primary")
            assert (answer.status_code, answer.content) == (200, data), spelling
