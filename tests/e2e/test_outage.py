"""Minutes without the Jellyfin server, under load: every stored picture is answered, and none is wrong."""

import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, count
from statistics import quantiles

import pytest
import requests

from infra.demo.jellyfin.server import Trouble
from infra.demo.jellyfin.shelf import ShelfItem
from tests.support.deployed_service import photo
from tests.support.upstream_stack import FRESH_SECONDS, Setting

SECONDS = int(os.environ.get("OUTAGE_SECONDS", "300"))
USUAL_SECONDS = 30
CALLERS = 4
RATE = 12
"""Requests in a second, of all callers together."""
PICTURES = 20
OPENING_SECONDS = 15
"""In which the server's three failures are had, by requests that wait for it."""
BACK_SECONDS = 30 + FRESH_SECONDS + 3
"""The rest that a server is given, then what is fresh for so long, and a little for a slow machine."""
P99 = 0.3

pytestmark = [pytest.mark.long, pytest.mark.timeout(SECONDS + 400)]


@dataclass(frozen=True)
class Seen:
    """One answer: since when in the outage, after how long, and what it was."""

    at: float
    seconds: float
    status: int
    freshness: str
    is_right: bool


def test_an_outage_is_not_seen(setting: Setting, capsys: pytest.CaptureFixture[str]) -> None:
    films = [setting.film(f"Lasting {number}") for number in range(PICTURES)]
    first = {film.id: setting.door.get(_path(film)).content for film in films}
    assert all(first[film.id] == film.images["Primary"][0].data for film in films)
    usual = _p99(_load(setting, films, first, USUAL_SECONDS))
    before = setting.fetches
    setting.server.trouble = Trouble.SILENT
    try:
        seen = _load(setting, films, first, SECONDS)
        unknown = setting.door.get(f"/Items/{films[0].id}/Images/Logo")
    finally:
        setting.server.trouble = Trouble.NONE
    p99, asked = _p99([one for one in seen if one.at > OPENING_SECONDS]), setting.fetches - before
    returned = _seconds_until_fresh(setting, films[0])
    kinds = Counter((one.status, one.freshness) for one in seen)
    with capsys.disabled():
        sys.stdout.write(f"""
{len(seen)} answers in {SECONDS} s without the server: {dict(kinds)}; it was asked {asked} times
p99 {1000 * p99:.0f} ms after the breaker opened, {1000 * usual:.0f} ms before the outage
a replaced picture is shown {returned:.1f} s after the server is back
""")
    assert {one.status for one in seen} == {200}
    assert all(one.is_right for one in seen)
    # Where the machine is busy with other things, nothing is faster than it is without an outage.
    assert p99 < max(P99, 1.5 * usual)
    assert (unknown.status_code, int(unknown.headers["Retry-After"]) > 0) == (502, True)
    # Three failures, some at once, and a probe each half minute.
    assert asked <= 3 + CALLERS + SECONDS / 30 + 1
    assert returned < BACK_SECONDS


def _p99(seen: list[Seen]) -> float:
    return quantiles([one.seconds for one in seen], n=100)[-1]


def _path(film: ShelfItem) -> str:
    return f"/Items/{film.id}/Images/Primary"


def _load(setting: Setting, films: list[ShelfItem], first: dict[str, bytes], seconds: int) -> list[Seen]:
    """Ask for pictures at a steady rate, whatever each takes; half of them by a tag, half of those unknown."""
    begun, turns = time.monotonic(), count()

    def caller(_: int) -> list[Seen]:
        seen = []
        with requests.Session() as session:
            while (turn := next(turns)) / RATE < seconds:
                time.sleep(max(0.0, begun + turn / RATE - time.monotonic()))
                film = films[turn % PICTURES]
                tags = ("", f"?tag={film.images['Primary'][0].tag}", "", f"?tag=new{turn}")
                asked = time.monotonic()
                answer = session.get(setting.door.base_url + _path(film) + tags[turn % 4], timeout=60)
                took, fresh = time.monotonic() - asked, answer.headers.get("X-Image-Upstream", "")
                is_right = answer.content == first[film.id]
                seen.append(Seen(asked - begun, took, answer.status_code, fresh, is_right))
        return seen

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(chain.from_iterable(pool.map(caller, range(CALLERS))))


def _seconds_until_fresh(setting: Setting, film: ShelfItem) -> float:
    """Replace a picture, and wait until it is shown without a tag."""
    setting.server.shelf.put(film, "Primary", photo())
    setting.server.shelf.date(film, "Primary", 5)
    begun = time.monotonic()
    while setting.door.get(_path(film)).content != film.images["Primary"][0].data:
        time.sleep(0.2)
        assert time.monotonic() - begun < 3 * BACK_SECONDS
    return time.monotonic() - begun
