"""Metrics as CloudWatch reads them from log lines."""

import pytest

from chalicelib.telemetry.ledger import Ledger
from chalicelib.telemetry.metrics import Metric, embedded, of_event, of_request


def ledger(*, cache: str = "", ticket: str = "", render: float | None = None) -> Ledger:
    spent = Ledger()
    spent.notes.update({name: text for name, text in (("cache", cache), ("ticket", ticket)) if text})
    if render is not None:
        spent.add("render", render)
    return spent


@pytest.mark.parametrize(
    ("spent", "status", "expected"),
    [
        (ledger(cache="hit"), 200, {Metric.HITS: 1}),
        (ledger(cache="miss", render=0.0421), 200, {Metric.MISSES: 1, Metric.RENDER_TIME: 42.1}),
        (ledger(), 304, {}),
        (ledger(), 404, {}),
        (ledger(), 400, {Metric.REFUSALS: 1}),
        (ledger(), 429, {Metric.REFUSALS: 1}),
    ],
)
def test_a_request_counts_hits_misses_and_refusals(
    spent: Ledger, status: int, expected: dict[Metric, float]
) -> None:
    assert of_request(spent, status) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("spent", "age", "expected"),
    [
        (ledger(), 1500.0, {Metric.EVENT_AGE: 1500.0}),
        (ledger(ticket="Refused"), -3.0, {Metric.EVENT_AGE: 0.0, Metric.REFUSALS: 1}),
        (ledger(ticket="Done", render=0.5), 1.0, {Metric.EVENT_AGE: 1.0, Metric.RENDER_TIME: 500.0}),
    ],
)
def test_an_event_tells_how_long_it_waited(spent: Ledger, age: float, expected: dict[Metric, float]) -> None:
    assert of_event(spent, age) == pytest.approx(expected)


def test_a_line_describes_its_numbers_as_the_format_asks() -> None:
    fields = embedded(
        {Metric.HITS: 1, Metric.RENDER_TIME: 12.345}, "images-prod-APIHandler", 1_795_348_800_000
    )
    assert fields == {
        "_aws": {
            "Timestamp": 1_795_348_800_000,
            "CloudWatchMetrics": [
                {
                    "Namespace": "JellyfinImages",
                    "Dimensions": [["FunctionName"]],
                    "Metrics": [
                        {"Name": "Hits", "Unit": "Count"},
                        {"Name": "RenderTime", "Unit": "Milliseconds"},
                    ],
                }
            ],
        },
        "FunctionName": "images-prod-APIHandler",
        "Hits": 1,
        "RenderTime": 12.3,
    }


def test_a_line_without_numbers_stays_as_it_is() -> None:
    assert embedded({}, "function", 1) == {}
