"""What names mean, told before anything is sent."""

import pytest

from tests.support.fakes.world import ADMIN
from tests.support.gateway import call

pytestmark = pytest.mark.usefixtures("world")


def test_each_picture_is_an_image_or_left_out_with_a_reason() -> None:
    names = [
        "Dune (2021) [tmdbid-438631]/Dune.mkv",
        "Dune (2021) [tmdbid-438631]/poster.jpg",
        "Dune (2021) [tmdbid-438631]/notes.jpg",
    ]
    answer = call("POST", "/Library/Names", headers=ADMIN, body={"Names": "\n".join(names), "Root": "Movies"})
    assert answer.status == 200, answer.body
    library, film = answer.json()["Items"]
    assert (library["Type"], library["CollectionType"]) == ("CollectionFolder", "movies")
    assert (film["Name"], film["ProductionYear"], film["Parent"]) == ("Dune", 2021, 0)
    assert film["ProviderIds"] == {"Tmdb": "438631"}
    assert film["Images"] == [{"ImageType": "Primary", "ImageIndex": 0, "Name": names[1]}]
    (left_out,) = answer.json()["LeftOut"]
    assert left_out["Name"] == names[2]
    assert left_out["Reason"]


def test_no_names_mean_nothing() -> None:
    answer = call("POST", "/Library/Names", headers=ADMIN, body={"Names": ""})
    assert answer.json()["LeftOut"] == []


@pytest.mark.parametrize(("body", "status"), [({"Names": 7}, 400), ({"Names": "x" * 4_000_001}, 413)])
def test_what_is_no_list_of_names_or_too_long_is_refused(body: dict[str, object], status: int) -> None:
    assert call("POST", "/Library/Names", headers=ADMIN, body=body).status == status
