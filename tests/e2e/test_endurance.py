"""The emulated cloud serves many requests without gathering threads, memory maps or memory.

`make test` sends 5,000, `make endure` a hundred thousand to a service that runs already.
"""

import os

import pytest

from infra.local.service import Service
from tests.support.instance import session_folder
from tests.tools.endurance.load import Load
from tests.tools.endurance.run import grown, watch
from tests.tools.endurance.vitals import emulator_of

REQUESTS = int(os.environ.get("ENDURANCE_REQUESTS", "5000"))
WARM = 1
"""Reports, each of a tenth of the requests, after which threads and memory are as they stay."""

# By itself: what other tests do meanwhile would be counted too.
pytestmark = [pytest.mark.disruptive, pytest.mark.timeout(max(600, REQUESTS))]


def test_mixed_requests_leave_nothing_behind(service: Service) -> None:
    with Load(service) as load:
        seen = list(watch(load, emulator_of(session_folder()), REQUESTS))
    assert load.faults() == 0, load.statuses
    assert load.statuses.keys() >= {200, 204, 304, 404}, load.statuses
    (begun, warm), (done, last) = seen[WARM], seen[-1]
    assert grown(warm, last, done - begun) == []
