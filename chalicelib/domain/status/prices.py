"""What a deployment costs a month, by list prices: an estimate with every assumption in this one place.

US dollars, region us-east-1, on demand, without free tiers, discounts and taxes, as AWS published them for 2025:
look at https://aws.amazon.com/pricing/ before you rely on them.
"""

from dataclasses import dataclass

GIGABYTE = 1_000_000_000
MILLION = 1_000_000
FUNCTION_GIGABYTES = 1.769
"""Memory of the API's function: one vCPU."""
METRICS = 8
"""Custom metrics that a library of its own draws, each function's own counted: docs/operations.md lists them."""
UPSTREAM_METRICS = 4
"""Those that a service in front of a Jellyfin server draws besides."""


def metrics_drawn(*, is_in_front: bool) -> int:
    """Return how many custom metrics a service draws, which may stand in front of a Jellyfin server."""
    return METRICS + (UPSTREAM_METRICS if is_in_front else 0)


@dataclass(frozen=True, slots=True)
class Prices:
    """The list prices that matter here."""

    s3_gigabyte_month: float = 0.023
    s3_million_gets: float = 0.40
    s3_million_puts: float = 5.00
    table_gigabyte_month: float = 0.25
    table_recovery_gigabyte_month: float = 0.20
    """Of point-in-time recovery."""
    table_million_reads: float = 0.125
    """Of 4 KB each, consistent."""
    table_million_writes: float = 0.625
    """Of 1 KB each."""
    lambda_million_calls: float = 0.20
    lambda_gigabyte_second: float = 0.0000166667
    gateway_million_calls: float = 3.50
    logs_gigabyte: float = 0.50
    metric_month: float = 0.30
    """A custom metric; one in the embedded format counts like any other."""
    alarm_month: float = 0.10
    dashboard_month: float = 3.00
    traffic_gigabyte: float = 0.09
    cdn_million_calls: float = 1.00
    cdn_traffic_gigabyte: float = 0.085


@dataclass(frozen=True, slots=True)
class Use:
    """What is assumed of a month: `pictures` asked by clients, each of `bytes_each`.

    CloudFront answers the share `cdn_hits` of them (0 without one); of the rest, the share `renders` must be made.
    A stored picture costs one read of the table, one of S3 and `milliseconds` of the function; one that is made
    costs `render_milliseconds`, a read and a write of S3 more, and three writes of the table.
    """

    pictures: int = 1_000_000
    cdn_hits: float = 0.0
    renders: float = 0.02
    milliseconds: float = 20.0
    render_milliseconds: float = 150.0
    bytes_each: int = 40_000
    log_bytes: int = 1_200
    """Of the lines that one request writes, Lambda's own included."""
    metrics: int = METRICS
    alarms: int = 7
    dashboards: int = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """Dollars a month by what they are paid for."""

    storage: float
    requests: float
    compute: float
    table: float
    logs: float
    watching: float
    """Metrics, alarms and the dashboard: paid whether or not anybody asks for a picture."""
    cdn: float
    traffic: float

    @property
    def total(self) -> float:
        """Return all of it."""
        return self.fixed + self.serving + self.cdn + self.traffic

    @property
    def fixed(self) -> float:
        """Return what is paid without a single request; the table's share of it is its storage."""
        return self.storage + self.watching

    @property
    def serving(self) -> float:
        """Return what the answers cost, without their way to the client."""
        return self.requests + self.compute + self.table + self.logs


def storage_cost(size: int, prices: Prices) -> float:
    """Return what so many bytes cost in S3's standard class for a month."""
    return size / GIGABYTE * prices.s3_gigabyte_month


def cost(blob_bytes: int, table_bytes: int, use: Use, prices: Prices) -> Cost:
    """Return what a month costs."""
    asked = use.pictures / MILLION
    answered = asked * (1 - use.cdn_hits)
    made = answered * use.renders
    kept = table_bytes / GIGABYTE * (prices.table_gigabyte_month + prices.table_recovery_gigabyte_month)
    return Cost(
        storage=storage_cost(blob_bytes, prices) + kept,
        requests=answered
        * (prices.gateway_million_calls + prices.lambda_million_calls + prices.s3_million_gets)
        + made * (prices.s3_million_gets + prices.s3_million_puts),
        compute=_seconds(answered, made, use) * FUNCTION_GIGABYTES * prices.lambda_gigabyte_second,
        table=answered * prices.table_million_reads + 3 * made * prices.table_million_writes,
        logs=answered * MILLION * use.log_bytes / GIGABYTE * prices.logs_gigabyte,
        watching=use.metrics * prices.metric_month
        + use.alarms * prices.alarm_month
        + use.dashboards * prices.dashboard_month,
        cdn=asked * prices.cdn_million_calls if use.cdn_hits else 0.0,
        traffic=use.pictures * use.bytes_each / GIGABYTE * _traffic_price(use, prices),
    )


def _seconds(answered: float, made: float, use: Use) -> float:
    """Return seconds of the function, of so many million answers and millions made."""
    return ((answered - made) * use.milliseconds + made * use.render_milliseconds) * MILLION / 1000


def _traffic_price(use: Use, prices: Prices) -> float:
    return prices.cdn_traffic_gigabyte if use.cdn_hits else prices.traffic_gigabyte
