"""Asking several providers: in parallel, within the deadline, none spoiling the others' answers."""

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Barrier, Event

import pytest

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.library.items import ItemType
from chalicelib.domain.remote.artwork import RemoteImage, Subject
from chalicelib.errors import UpstreamError
from chalicelib.services.remote.offers import OfferCollector
from chalicelib.services.remote.ports import Offer
from chalicelib.telemetry.json_logs import JsonFormatter
from chalicelib.telemetry.ledger import ledger
from tests.support.fakes.accounts import FakeClock
from tests.support.fakes.remote import FakeOfferCache, FakeProvider, failing, hanging

SUBJECT = Subject(ItemType.MOVIE, "Metropolis", frozenset({("Tmdb", "19")}))
POSTER = RemoteImage("good", ImageType.PRIMARY, "https://image.example/1.jpg")


@dataclass
class Desk:
    """A collector and what it works with."""

    cache: FakeOfferCache = field(default_factory=FakeOfferCache)
    clock: FakeClock = field(default_factory=FakeClock)

    def ask(self, *providers: FakeProvider, seconds: float = 30.0) -> dict[str, tuple[RemoteImage, ...]]:
        collector = OfferCollector(self.cache, self.clock, timedelta(hours=6))
        return dict(collector.collect(providers, SUBJECT, Deadline.after(seconds)))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def good() -> FakeProvider:
    return FakeProvider("good", (POSTER,))


@pytest.fixture
def over() -> Iterator[Event]:
    over = Event()
    yield over
    over.set()


def test_every_provider_is_asked(desk: Desk, good: FakeProvider) -> None:
    other = FakeProvider("other", (replace(POSTER, provider="other"),))
    assert desk.ask(good, other) == {"good": good.offer, "other": other.offer}
    assert good.asked == other.asked == [SUBJECT]


def test_nobody_to_ask_is_no_error(desk: Desk) -> None:
    assert desk.ask() == {}


def test_providers_are_asked_at_the_same_time(desk: Desk) -> None:
    together = Barrier(3)
    providers = [FakeProvider(str(n), (POSTER,), trouble=lambda: together.wait(30)) for n in range(3)]
    assert len(desk.ask(*providers)) == 3


@pytest.mark.parametrize(
    "error",
    [
        UpstreamError("It answered with 500."),
        KeyError("posters"),
        RecursionError(),
        ValueError("x"),
        OSError(),
    ],
)
def test_a_provider_that_fails_contributes_nothing(desk: Desk, good: FakeProvider, error: Exception) -> None:
    assert desk.ask(FakeProvider("bad", trouble=failing(error)), good) == {"good": good.offer}


def test_two_are_down_and_one_is_slow_and_the_answer_comes_in_time(
    desk: Desk, good: FakeProvider, over: Event
) -> None:
    started = time.monotonic()
    answer = desk.ask(
        FakeProvider("down", trouble=failing(UpstreamError("down"))),
        FakeProvider("nonsense", trouble=failing(TypeError("nonsense"))),
        FakeProvider("slow", (POSTER,), trouble=hanging(over)),
        good,
        seconds=2.0,
    )
    assert answer == {"good": good.offer}
    assert time.monotonic() - started < 10


def test_a_provider_that_gives_nothing_is_named_in_a_log_and_a_metric(
    desk: Desk, over: Event, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("chalicelib")
    logger.addHandler(caplog.handler)
    desk.ask(
        FakeProvider("down", trouble=failing(UpstreamError("It answered with 500."))),
        FakeProvider("odd", trouble=failing(KeyError("a secret"))),
        FakeProvider("slow", trouble=hanging(over)),
        seconds=1.0,
    )
    logger.removeHandler(caplog.handler)
    lines = {
        line["Provider"]: line for line in (json.loads(JsonFormatter().format(r)) for r in caplog.records)
    }
    assert {name: line["reason"] for name, line in lines.items()} == {
        "down": "It answered with 500.",
        "odd": "Its answer made no sense: KeyError.",
        "slow": "It did not answer in time.",
    }
    assert lines["slow"]["RemoteImageProviderFailures"] == 1
    metrics = lines["slow"]["_aws"]["CloudWatchMetrics"][0]
    assert metrics["Dimensions"] == [["Provider"]]


def test_a_fresh_offer_is_not_asked_for_again(desk: Desk, good: FakeProvider) -> None:
    desk.ask(good)
    desk.clock.advance(hours=5)
    assert desk.ask(good) == {"good": good.offer}
    assert len(good.asked) == 1


def test_an_old_offer_is_asked_for_again(desk: Desk, good: FakeProvider) -> None:
    desk.ask(good)
    desk.clock.advance(hours=6)
    good.offer = ()
    assert desk.ask(good) == {"good": ()}
    assert len(good.asked) == 2


def test_an_old_offer_serves_while_its_provider_is_dead(desk: Desk, good: FakeProvider) -> None:
    desk.ask(good)
    desk.clock.advance(days=3)
    good.trouble = failing(UpstreamError("down"))
    assert desk.ask(good) == {"good": good.offer}
    assert desk.cache.find(SUBJECT)["good"].asked < desk.clock.now() - timedelta(days=2)


def test_a_failure_is_not_remembered_as_an_offer(desk: Desk) -> None:
    desk.ask(FakeProvider("bad", trouble=failing(UpstreamError("down"))))
    assert desk.cache.find(SUBJECT) == {}


def test_an_offer_of_nothing_is_remembered(desk: Desk) -> None:
    desk.ask(FakeProvider("empty"))
    assert desk.cache.find(SUBJECT) == {"empty": Offer((), desk.clock.now())}


def test_the_time_of_each_provider_enters_the_log_line(desk: Desk, good: FakeProvider) -> None:
    with ledger() as open_ledger:
        desk.ask(good)
    assert open_ledger.calls == {"provider.good": 1}
