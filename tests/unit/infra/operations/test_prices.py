"""What a month costs."""

import pytest

from infra.operations.prices import GIGABYTE, Prices, Use, cost, storage_cost

PRICES = Prices(
    s3_gigabyte_month=2,
    s3_million_gets=3,
    table_gigabyte_month=5,
    table_million_reads=7,
    lambda_million_calls=11,
    lambda_gigabyte_second=13,
    gateway_million_calls=17,
    traffic_gigabyte=19,
)


def test_storage_costs_by_the_gigabyte() -> None:
    assert storage_cost(GIGABYTE // 2, PRICES) == 1


def test_each_part_of_the_use_has_its_price() -> None:
    use = Use(pictures=2_000_000, milliseconds=1, memory_gigabytes=0.5, bytes_each=1_000)
    month = cost(3 * GIGABYTE, GIGABYTE, use, PRICES)
    assert month.storage == pytest.approx(6)
    assert month.table == pytest.approx(5 + 2 * 7)
    assert month.requests == pytest.approx(2 * (3 + 11 + 17) + 2_000_000 * 0.001 * 0.5 * 13)
    assert month.traffic == pytest.approx(2 * 19)
    assert month.total == pytest.approx(6 + 19 + 13_062 + 38)
