"""Periods of allowances."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.variants.allowances import Allowance, Allowances, TrafficAllowances

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds have none
PERIODS = st.integers(1, 10**7).map(lambda seconds: Allowance("any", 1, timedelta(seconds=seconds)))


@given(MOMENTS, PERIODS)
def test_a_moment_lies_in_one_period(now: datetime, allowance: Allowance) -> None:
    end = allowance.end_at(now)
    assert end - allowance.period <= now < end
    assert allowance.number_at(end) == allowance.number_at(now) + 1


@given(MOMENTS, PERIODS)
def test_after_the_seconds_left_the_next_period_has_begun(now: datetime, allowance: Allowance) -> None:
    left = allowance.seconds_left(now)
    assert left >= 1
    assert allowance.number_at(now + timedelta(seconds=left)) > allowance.number_at(now)
    assert timedelta(seconds=left - 1) < allowance.end_at(now) - now


def test_an_image_has_three_and_all_images_one() -> None:
    of = Allowances.of(variants=5, variant_days=90, megapixels=7, all_megapixels=70)
    every = (of.stored, of.transient, of.work, of.all_work)
    assert [(one.name, one.most, one.period) for one in every] == [
        ("stored", 5, timedelta(days=90)),
        ("transient", 5, timedelta(days=1)),
        ("work", 7, timedelta(minutes=1)),
        ("all work", 70, timedelta(minutes=1)),
    ]


def test_an_image_has_an_eighth_of_the_traffic_of_all() -> None:
    of = TrafficAllowances.of(4_096)
    assert [(one.most, one.period) for one in (of.of_image, of.of_all)] == [
        (512, timedelta(minutes=1)),
        (4_096, timedelta(minutes=1)),
    ]
