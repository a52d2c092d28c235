"""What a month costs."""

import pytest

from chalicelib.domain.status.prices import (
    FUNCTION_GIGABYTES,
    GIGABYTE,
    METRICS,
    UPSTREAM_METRICS,
    Prices,
    Use,
    cost,
    storage_cost,
)
from chalicelib.telemetry.ledger import Ledger
from chalicelib.telemetry.metrics import Metric, of_event, of_request
from infra.places import PROJECT

PRICES = Prices(
    s3_gigabyte_month=2,
    s3_million_gets=3,
    s3_million_puts=29,
    table_gigabyte_month=5,
    table_recovery_gigabyte_month=1,
    table_million_reads=7,
    table_million_writes=23,
    lambda_million_calls=11,
    lambda_gigabyte_second=13,
    gateway_million_calls=17,
    logs_gigabyte=31,
    metric_month=37,
    alarm_month=41,
    dashboard_month=43,
    traffic_gigabyte=19,
    cdn_million_calls=47,
    cdn_traffic_gigabyte=53,
)


def test_storage_costs_by_the_gigabyte() -> None:
    assert storage_cost(GIGABYTE // 2, PRICES) == 1


def test_each_part_of_the_use_has_its_price() -> None:
    use = Use(
        pictures=2_000_000,
        renders=0.25,
        milliseconds=1,
        render_milliseconds=3,
        bytes_each=1_000,
        log_bytes=500,
        metrics=2,
        alarms=3,
        dashboards=1,
    )
    month = cost(3 * GIGABYTE, GIGABYTE, use, PRICES)
    assert month.storage == pytest.approx(3 * 2 + 5 + 1)
    assert month.requests == pytest.approx(2 * (3 + 11 + 17) + 0.5 * (3 + 29))
    assert month.compute == pytest.approx((1_500 + 1_500) * FUNCTION_GIGABYTES * 13)
    assert month.table == pytest.approx(2 * 7 + 3 * 0.5 * 23)
    assert month.logs == pytest.approx(31)
    assert month.watching == pytest.approx(2 * 37 + 3 * 41 + 43)
    assert (month.cdn, month.traffic) == pytest.approx((0, 2 * 19))
    parts = (
        month.storage,
        month.requests,
        month.compute,
        month.table,
        month.logs,
        month.watching,
        month.traffic,
    )
    assert month.total == pytest.approx(sum(parts))


def test_what_a_cdn_answers_costs_the_cdn_alone() -> None:
    all_of_it = cost(0, 0, Use(cdn_hits=1.0, bytes_each=1_000), PRICES)
    assert all_of_it.serving == 0
    assert (all_of_it.cdn, all_of_it.traffic) == pytest.approx((47, 53))


def test_the_readme_states_what_the_prices_say() -> None:
    readme = " ".join((PROJECT / "README.md").read_text().split())
    small = cost(10 * GIGABYTE, GIGABYTE // 10, Use(pictures=100_000), Prices())
    million = cost(0, 0, Use(pictures=1_000_000, cdn_hits=0.9), Prices())
    assert f"${small.total:.2f} a month" in readme
    assert f"${million.serving:.2f} a million" in readme


def test_every_metric_of_every_function_is_counted() -> None:
    """CloudWatch bills each name and dimension; one provider is taken to fail in a month."""
    notes: list[dict[str, str | int]] = [
        {
            "cache": "hit",
            "upstream_asked": "yes",
            "upstream_error": "timeout",
            "upstream": "stale",
            "saved": 1,
        },
        {"cache": "miss"},
    ]
    rendered = {"render": 0.1}
    of_api = {metric for each in notes for metric in of_request(Ledger(rendered, {}, each), 400)}
    of_worker = set(of_event(Ledger(rendered, {}, {"ticket": "Refused"}), 1.0))
    of_upstream = {metric for metric in of_api if metric.startswith(("Upstream", "Stale"))}
    assert of_api | of_worker | {Metric.PROVIDER_FAILURES} == set(Metric)
    assert len(of_upstream) == UPSTREAM_METRICS
    assert len(of_api - of_upstream) + len(of_worker) + 1 == METRICS


def test_every_alarm_is_counted() -> None:
    lines = (PROJECT / "infra" / "resources.yaml").read_text().splitlines()
    assert sum("Type: AWS::CloudWatch::Alarm" in line for line in lines) == Use().alarms


def test_the_worst_hour_of_the_decision_is_what_the_prices_say() -> None:
    """ADR 13, line by line, at so many requests a second."""
    decision = " ".join((PROJECT / "docs" / "adr" / "0013-a-bound-on-the-bill.md").read_text().split())
    prices = Prices()
    environment = 3600 * FUNCTION_GIGABYTES * prices.lambda_gigabyte_second
    rendering, large = 10 * environment, 4096 * 60 / 1000 * prices.traffic_gigabyte

    def hour(rate: int) -> tuple[float, float]:
        requests = rate * 3600
        use = Use(pictures=requests, renders=0.0, milliseconds=50)
        asked = cost(0, 0, use, prices)
        # A token or a counter is one row more than a picture.
        rows = requests / 1_000_000 * prices.table_million_reads
        return asked.serving + rows, requests * 0.001 * prices.traffic_gigabyte

    for rate, name in ((200, "**${:.0f}**"), (20, "${:.0f} in all")):
        requests, small = hour(rate)
        assert name.format(requests + rendering + large + small) in decision
    requests, small = hour(200)
    assert f"| ${requests:.2f} | ${requests:.2f} |" in decision
    assert f"| $106 | ${rendering:.2f};" in decision
    assert f"| $285 | ${large:.0f} (" in decision
    assert f"| ${small:.0f} | ${small:.0f} |" in decision
