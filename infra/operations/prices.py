"""What a deployment costs a month, by list prices: an estimate with every assumption in this one place.

US dollars, region us-east-1, on demand, without free tiers, discounts and taxes, as AWS published them for 2025:
look at https://aws.amazon.com/pricing/ before you rely on them.
"""

from dataclasses import dataclass

GIGABYTE = 1_000_000_000
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """The list prices that matter here."""

    s3_gigabyte_month: float = 0.023
    s3_million_gets: float = 0.40
    table_gigabyte_month: float = 0.25
    table_million_reads: float = 0.125
    """Of 4 KB each, consistent."""
    lambda_million_calls: float = 0.20
    lambda_gigabyte_second: float = 0.0000166667
    gateway_million_calls: float = 3.50
    traffic_gigabyte: float = 0.09


@dataclass(frozen=True, slots=True)
class Use:
    """What is assumed of the use: pictures answered in a month, all of them by the function, without a CDN.

    Each costs one read of the table, one read of S3, `milliseconds` of a function of `memory_gigabytes`, and
    `bytes_each` of traffic. Making a variant is counted as none: each is made once.
    """

    pictures: int = 1_000_000
    milliseconds: float = 40.0
    memory_gigabytes: float = 1.769
    bytes_each: int = 40_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Dollars a month by what they are paid for."""

    storage: float
    table: float
    requests: float
    traffic: float

    @property
    def total(self) -> float:
        """Return all of it."""
        return self.storage + self.table + self.requests + self.traffic


def storage_cost(size: int, prices: Prices) -> float:
    """Return what so many bytes cost in S3's standard class for a month."""
    return size / GIGABYTE * prices.s3_gigabyte_month


def cost(blob_bytes: int, table_bytes: int, use: Use, prices: Prices) -> Cost:
    """Return what a month costs."""
    millions = use.pictures / MILLION
    compute = use.pictures * use.milliseconds / 1000 * use.memory_gigabytes * prices.lambda_gigabyte_second
    each = prices.gateway_million_calls + prices.lambda_million_calls + prices.s3_million_gets
    return Cost(
        storage=storage_cost(blob_bytes, prices),
        table=table_bytes / GIGABYTE * prices.table_gigabyte_month + millions * prices.table_million_reads,
        requests=millions * each + compute,
        traffic=use.pictures * use.bytes_each / GIGABYTE * prices.traffic_gigabyte,
    )
