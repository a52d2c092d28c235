"""A sweep by hand, as the service's page tells of it afterwards."""

import pytest

from infra.operations.commands import swept
from tests.support.fakes.world import ADMIN, World
from tests.support.gateway import call


def test_its_result_is_the_last_sweep_that_the_page_shows(world: World) -> None:
    progress = swept(world.container, is_dry=False)
    last = call("GET", "/System/Status", headers=ADMIN).json()["LastSweep"]
    assert last["Finished"].startswith(f"{world.clock.now():%Y-%m-%dT%H:%M:%S}")
    assert last["Checked"] == progress.report()["checked"]


@pytest.mark.usefixtures("world")
def test_a_dry_one_leaves_no_word(world: World) -> None:
    swept(world.container, is_dry=True)
    assert "LastSweep" not in call("GET", "/System/Status", headers=ADMIN).json()
