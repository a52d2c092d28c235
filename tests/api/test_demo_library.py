"""The demo library is one that the service accepts, and shows what a library can hold."""

import pytest

from infra.demo.library import demo_items
from tests.support.fakes.world import ADMIN
from tests.support.gateway import call


@pytest.fixture(autouse=True)
def _library(world: object) -> None:  # noqa: ARG001  # the application that the calls go to
    for item in demo_items():
        answer = call("POST", "/Items", body=item.body, headers=ADMIN)
        assert answer.status == 200, answer.body
        assert answer.json()["Id"] == item.id


def test_names_and_ids_are_unlike() -> None:
    items = demo_items()
    assert len({item.name for item in items}) == len({item.id for item in items}) == len(items)


def test_the_ids_are_the_same_wherever_the_library_is_made() -> None:
    ids = {item.name: item.id for item in demo_items()}
    assert ids["Deep Field"] == "2fb8dddd1ebccbf789eefae478d48872"


@pytest.mark.parametrize("item_type", ["Movie", "Series", "Season", "Episode", "MusicAlbum", "Audio"])
def test_every_type_that_clients_show_is_there(item_type: str) -> None:
    url = f"/Items?recursive=true&includeItemTypes={item_type}"
    assert call("GET", url, headers=ADMIN).json()["TotalRecordCount"]


@pytest.mark.parametrize("resource", ["Artists", "Genres", "MusicGenres", "Persons", "Studios"])
def test_what_is_mentioned_has_a_picture_of_its_own(resource: str) -> None:
    listed = {item["Id"] for item in call("GET", f"/{resource}", headers=ADMIN).json()["Items"]}
    assert any(item.artwork for item in demo_items() if item.id in listed)
