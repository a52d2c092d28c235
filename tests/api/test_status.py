"""The state of the service, as an administrator reads it."""

import pytest

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.status.figures import QueueDepth
from chalicelib.domain.sweep.report import Amount, Finding, Phase, Progress
from chalicelib.version import VERSION
from tests.support.fakes.accounts import NOON
from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call
from tests.support.pictures import encoded, quadrants

FILMS = "0" * 31 + "1"
FILM = "0" * 31 + "2"
PERSON = "0" * 31 + "3"


def test_what_waits_and_which_version_runs_are_told(world: World) -> None:
    world.depths.found = QueueDepth(waiting=3, handled=1, delayed=2, dead=4)
    answer = call("GET", "/System/Status", headers=ADMIN).json()
    assert answer["Queue"] == {"Waiting": 3, "Handled": 1, "Delayed": 2, "DeadLetters": 4}
    assert (answer["Version"], answer["JellyfinVersion"]) == (VERSION, "12.0.0")
    assert "LastSweep" not in answer
    assert answer["SweepIsUnderWay"] is False


@pytest.mark.usefixtures("world")
def test_a_service_with_a_library_of_its_own_stands_in_front_of_none() -> None:
    assert call("GET", "/System/Upstream", headers=ADMIN).json() == {"InFront": False}


def test_the_last_sweep_tells_what_is_stored_and_so_what_a_month_costs(world: World) -> None:
    free = call("GET", "/System/Status", headers=ADMIN).json()["MonthlyCost"]
    progress = Progress(
        stored={Phase.ORIGINALS: Amount(2, 60_000_000_000), Phase.STEPS: Amount(4, 40_000_000_000)}
    )
    progress.found(Finding.STALE_CLAIM, "item#1")
    progress.finished = NOON
    world.remembered.finish(progress.to_json())
    answer = call("GET", "/System/Status", headers=ADMIN).json()
    assert answer["LastSweep"]["Finished"].startswith(NOON.date().isoformat())
    assert answer["LastSweep"]["Stored"][0] == {"Name": "originals", "Count": 2, "Bytes": 60_000_000_000}
    assert answer["LastSweep"]["Findings"] == [{"Name": "claims without an image", "Count": 1, "Bytes": 0}]
    assert answer["MonthlyCost"]["Storage"] - free["Storage"] == pytest.approx(2.3)
    assert answer["MonthlyCost"]["AssumedPictures"] == 1_000_000


def test_each_library_tells_what_it_stores(world: World) -> None:
    assert world
    create(Id=FILMS, Name="Films", Type="CollectionFolder")
    create(Id=FILM, Name="Metropolis", Type="Movie", ParentId=FILMS)
    create(Id=PERSON, Name="Brigitte Helm", Type="Person")
    poster, portrait = (encoded(quadrants(width, 90), "PNG") for width in (60, 90))
    for path, data in (
        (f"/{FILM}/Images/Primary", poster),
        (f"/{FILM}/Images/Thumb", poster),
        (f"/{PERSON}/Images/Primary", portrait),
    ):
        sent = call("POST", f"/Items{path}", body=data, headers=ADMIN | {"Content-Type": "image/png"})
        assert sent.status == 204
    answer = call("GET", "/System/Storage", headers=ADMIN).json()
    assert answer["IsComplete"] is True
    films, people = answer["Libraries"]
    assert (films["Name"], films["Items"], films["Images"]) == ("Films", 2, 2)
    assert films["Originals"] == {"Count": 1, "Bytes": len(poster)}
    assert (people["Name"], people["Originals"]["Bytes"]) == ("Person", len(portrait))


def test_without_time_it_says_that_more_was_to_be_read(world: World) -> None:
    create(Id=FILMS, Name="Films", Type="CollectionFolder")
    assert not world.container.status.storage(Deadline.after(0.5)).is_complete


def create(**body: object) -> None:
    assert call("POST", "/Items", headers=ADMIN, body=body).status == 200
