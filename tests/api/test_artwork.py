"""The facts of a library's artwork, from which a page counts what is missing and what is small."""

from typing import Any

import pytest

from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call
from tests.support.pictures import encoded, quadrants

LIBRARY = "0" * 31 + "1"
FILM = "0" * 31 + "2"
BARE = "0" * 31 + "3"


@pytest.fixture(autouse=True)
def library(world: World) -> None:
    assert world
    create(Id=LIBRARY, Name="Films", Type="CollectionFolder", CollectionType="movies")
    create(Id=FILM, Name="Metropolis", Type="Movie", ParentId=LIBRARY, ProductionYear=1927)
    create(Id=BARE, Name="Nosferatu", Type="Movie", ParentId=LIBRARY)
    for image_type in ("Primary", "Backdrop", "Backdrop"):
        path = f"/Items/{FILM}/Images/{image_type}"
        data = encoded(quadrants(300, 450), "PNG")
        assert call("POST", path, body=data, headers=ADMIN | {"Content-Type": "image/png"}).status == 204


def test_each_item_comes_with_the_facts_of_its_images() -> None:
    answer = artwork(f"parentId={LIBRARY}&recursive=true&includeItemTypes=Movie")
    assert [item["Name"] for item in answer["Items"]] == ["Metropolis", "Nosferatu"]
    film, bare = answer["Items"]
    assert (film["Id"], film["Type"], film["ProductionYear"]) == (FILM, "Movie", 1927)
    assert [image["ImageType"] for image in film["Images"]] == ["Primary", "Backdrop", "Backdrop"]
    primary = film["Images"][0]
    assert (primary["Width"], primary["Height"], primary["ContentType"]) == (300, 450, "image/png")
    assert primary["Size"] > 0
    assert len(primary["ImageTag"]) == 32
    assert bare["Images"] == []


def test_a_part_of_a_library_says_how_much_there_is() -> None:
    answer = artwork(f"parentId={LIBRARY}&recursive=true&startIndex=1&limit=1")
    assert [item["Name"] for item in answer["Items"]] == ["Nosferatu"]
    assert (answer["TotalRecordCount"], answer["StartIndex"]) == (2, 1)


def test_an_episode_says_of_which_series() -> None:
    series = create(Name="The Long Watch", Type="Series", ParentId=LIBRARY)
    season = create(Name="Season 1", Type="Season", ParentId=series)
    create(Name="First Light", Type="Episode", ParentId=season)
    (episode,) = artwork("recursive=true&includeItemTypes=Episode")["Items"]
    assert episode["SeriesName"] == "The Long Watch"


@pytest.mark.parametrize(("query", "status"), [("parentId=nonsense", 400), (f"parentId={'9' * 32}", 404)])
def test_a_wrong_parent_is_named(query: str, status: int) -> None:
    assert call("GET", f"/Items/Artwork?{query}", headers=ADMIN).status == status


def artwork(query: str) -> Any:  # noqa: ANN401  # any JSON value
    answer = call("GET", f"/Items/Artwork?{query}", headers=ADMIN)
    assert answer.status == 200
    return answer.json()


def create(**body: object) -> str:
    answer = call("POST", "/Items", headers=ADMIN, body=body)
    assert answer.status == 200, answer.body
    return str(answer.json()["Id"])
